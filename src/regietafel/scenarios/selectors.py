"""Reads of scenarios. None yet: there are no tables to read."""
