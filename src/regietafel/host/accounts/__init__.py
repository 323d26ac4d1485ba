"""Logging in and out, passwords, the second factor and the page of one's own account."""
