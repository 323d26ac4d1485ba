"""Reads of deliberation. None yet: there are no tables to read."""
