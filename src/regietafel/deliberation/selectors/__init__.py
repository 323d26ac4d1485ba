"""Reads of deliberation: every list begins with what a person may see."""
