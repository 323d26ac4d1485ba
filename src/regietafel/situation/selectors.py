"""Reads of situation. None yet: there are no tables to read."""
