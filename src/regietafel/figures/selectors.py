"""Reads of figures. None yet: there are no tables to read."""
