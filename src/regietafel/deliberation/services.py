"""Writes of deliberation. None yet: there are no tables to write to."""
