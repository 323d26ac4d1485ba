"""The outside of reception: files that come in."""
