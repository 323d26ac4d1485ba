"""What a service says when a rule forbids what was asked."""


class Refused(Exception):
    """A rule forbids what was asked; the message says in Dutch what is wrong and how to go on.

    ``field`` is what the rule is about, under the name a service and its form give it; empty is the whole.
    """

    field: str = ""

    def __init__(self, message: str = "", *, field: str = "") -> None:
        super().__init__(message)
        self.field = field
