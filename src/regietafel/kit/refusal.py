"""What a service says when a rule forbids what was asked."""


class Refused(Exception):
    """A rule forbids what was asked; the message says in Dutch what is wrong and how to go on."""
