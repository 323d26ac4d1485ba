"""Reads of reception. None yet: there are no tables to read."""
