"""Sentences that people labelled, and how often the word lists agree with them."""
