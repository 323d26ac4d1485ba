"""Writes of figures. None yet: there are no tables to write to."""
