"""A question that was read, and the hints that go with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from regietafel.monitor.engine.query.dialects import DEFAULT, DIALECTS
from regietafel.monitor.engine.query.explaining import Reading, explain, legend, reading
from regietafel.monitor.engine.query.filling import Values, filled_tree
from regietafel.monitor.engine.query.reading import read_tree
from regietafel.monitor.engine.query.remarks import Hint
from regietafel.monitor.engine.query.telling import canonical, data
from regietafel.monitor.engine.query.tree import Node, Term, all_terms, blanks


@dataclass(frozen=True)
class Query:
    """A question that was read; ``hints`` are friendly remarks in Dutch, not errors."""

    text: str
    tree: Node
    hints: tuple[Hint, ...] = ()
    dialect: str = DEFAULT.name

    def canonical(self) -> str:
        """Give the question in its fixed form, in our own way of writing."""
        return canonical(self.tree)

    def explain(self) -> str:
        """Say in plain Dutch how we read the question."""
        return explain(self.tree)

    def reading(self) -> tuple[Reading, ...]:
        """Say the same as ``explain``, as a nested list."""
        return reading(self.tree)

    def legend(self) -> tuple[str, ...]:
        """Say what the signs in the reading mean, one sentence per sign that occurs."""
        return tuple(legend(self.tree))

    def terms(self) -> tuple[Term, ...]:
        """Give the words and phrases of the question, each once, in order."""
        return tuple(dict.fromkeys(all_terms(self.tree)))

    def blanks(self) -> tuple[str, ...]:
        """Give the names of the places to fill in, each once, in order."""
        return blanks(self.tree)

    def filled(self, values: Values) -> Query:
        """Give the question with its blanks filled in (filled question).

        Args:
            values: per blank one value or more; more values mean one of them.

        Returns:
            The question without blanks. A blank without value drops out.

        Raises:
            QueryError: a value cannot be read, or a part that must hold would have nothing left to seek.

        Source: bron-004, §8.2 (places to fill in per municipality); what an empty one means is our reading.

        >>> parse("azc (<plaats> OF <bijnaam>)").filled({"plaats": ["Hengelo", "Den Haag"]}).canonical()
        'azc AND (Hengelo OR "Den Haag")'
        """
        return replace(self, tree=filled_tree(self.tree, values, text=self.text))

    def data(self) -> dict[str, Any]:
        """Give the question as nested dictionaries that can be written as JSON, with Dutch keys."""
        return data(self.tree)


def parse(text: str, *, dialect: str = DEFAULT.name) -> Query:
    """Read a question (query).

    Args:
        text: words, "phrases", stars (``asielzoek*``), AND/EN, OR/OF, NOT/NIET and NEAR/NABIJ in capitals,
            fields, blanks and brackets, over one or more lines; words side by side must all occur.
        dialect: how it is written, a name of ``dialects.DIALECTS``.

    Returns:
        The question, ready to judge messages and to be said back.

    Raises:
        QueryError: it cannot be read, has no word that must occur, or is too large; with line, column
            and suggestion, and the other mistakes in ``others``.
        KeyError: there is no such dialect.

    Source: bron-004, §8.2 (a Boolean question with groups, OR, AND, NOT, phrases, endings and tags);
        precedence, nearness and the meaning of hyphens and tags are our reading.

    >>> parse("azc OF asielzoek* NIET kinderopvang").canonical()
    'azc OR (asielzoek* AND NOT kinderopvang)'
    >>> parse("+azc hengelo -kinderopvang", dialect="lucene").canonical()
    'azc AND NOT kinderopvang'
    """
    tree, hints = read_tree(text, dialect=DIALECTS[dialect])
    return Query(text, tree, hints, dialect)
