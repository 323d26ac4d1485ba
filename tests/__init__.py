"""The tests: what a user or the law cares about, and what keeps the house standing."""
