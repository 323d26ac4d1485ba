"""Writes of reception. None yet: there are no tables to write to."""
