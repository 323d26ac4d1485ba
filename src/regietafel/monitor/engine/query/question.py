"""A question that was read, and the hints that go with it."""

from __future__ import annotations

from dataclasses import dataclass

from regietafel.monitor.engine.query.reading import read_tree
from regietafel.monitor.engine.query.telling import canonical, explain
from regietafel.monitor.engine.query.tree import Node, Term, all_terms, blanks


@dataclass(frozen=True)
class Query:
    """A question that was read; ``hints`` are friendly remarks in Dutch, not errors."""

    text: str
    tree: Node
    hints: tuple[str, ...] = ()

    def canonical(self) -> str:
        """Give the question in its fixed form: AND, OR, NOT and every bracket that matters."""
        return canonical(self.tree)

    def explain(self) -> str:
        """Say in plain Dutch how we read the question."""
        return explain(self.tree)

    def terms(self) -> tuple[Term, ...]:
        """Give the words and phrases of the question, each once, in order."""
        return tuple(dict.fromkeys(all_terms(self.tree)))

    def blanks(self) -> tuple[str, ...]:
        """Give the names of the places to fill in, each once, in order."""
        return blanks(self.tree)


def parse(text: str) -> Query:
    """Read a question (query).

    Args:
        text: words, "phrases", beginnings (``asielzoek*``), AND/EN, OR/OF, NOT/NIET in capitals and
            brackets, over one or more lines; words side by side must all occur.

    Returns:
        The question, ready to judge messages and to be said back.

    Raises:
        QueryError: it cannot be read, has no word that must occur, or is too large; with line, column
            and suggestion.

    Source: bron-004, §8.2 (a Boolean question with groups, OR, AND, NOT, phrases, endings and tags);
        precedence and the meaning of hyphens and tags are our reading.

    >>> parse("azc OF asielzoek* NIET kinderopvang").canonical()
    'azc OR (asielzoek* AND NOT kinderopvang)'
    """
    tree, hints = read_tree(text)
    return Query(text, tree, hints)
