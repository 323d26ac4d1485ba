"""Reading a question: from text to tree, with an error that points at the place."""

from __future__ import annotations


class QueryError(ValueError):
    """A question that cannot be read: what is wrong, where, and what to write instead (Dutch)."""

    def __init__(self, message: str, *, line: int, column: int, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.suggestion = suggestion

    def caret(self, text: str) -> str:
        """Give the line of the question with a caret under the place."""
        lines = text.splitlines() or [""]
        return f"{lines[self.line - 1]}\n{' ' * (self.column - 1)}^"
