"""Writes of policy. None yet: there are no tables to write to."""
