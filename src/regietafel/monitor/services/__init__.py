"""Writes of the monitor: keyword-only, `by=` the acting user, atomic, one audit event each."""
