"""Pages for who manages people: accounts, roles, and the keys of programs."""
