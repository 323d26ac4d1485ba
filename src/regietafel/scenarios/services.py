"""Writes of scenarios. None yet: there are no tables to write to."""
