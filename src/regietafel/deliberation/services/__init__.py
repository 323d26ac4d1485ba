"""Writes of deliberation: each checks a right, is atomic and leaves one line in the log."""
