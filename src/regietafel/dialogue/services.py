"""Writes of dialogue. None yet: there are no tables to write to."""
