"""Reads of dialogue. None yet: there are no tables to read."""
