"""Reads of policy. None yet: there are no tables to read."""
