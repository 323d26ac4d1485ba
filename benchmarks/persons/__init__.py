"""Measuring how well private persons are kept out: questions that ask for them, and names in running text."""
