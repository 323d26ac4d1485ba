"""Writes of reception: each checks the right, locks what it changes, and adds one line to the log."""
