"""`regietafel omgevingsbeeld`: the picture of a file or of a stored monitor."""

from typing import Any


def add_command(words: Any) -> None:
    """Add the word."""
