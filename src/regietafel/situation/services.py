"""Writes of situation. None yet: there are no tables to write to."""
