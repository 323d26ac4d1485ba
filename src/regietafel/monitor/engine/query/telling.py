"""Saying a question back: in its fixed form, and in plain Dutch."""

from __future__ import annotations

from regietafel.monitor.engine.query.tree import And, Node, Not, Or, Term


def canonical(node: Node) -> str:
    """Write a question with AND, OR and NOT and every bracket that matters."""
    assert isinstance(node, Term | And | Or | Not)  # the reader makes nothing else yet
    if isinstance(node, Term):
        return node.written
    if isinstance(node, Not):
        return f"NOT {_grouped(node.part)}"
    return (" AND " if isinstance(node, And) else " OR ").join(map(_grouped, node.parts))


def _grouped(node: Node) -> str:
    return f"({canonical(node)})" if isinstance(node, And | Or) else canonical(node)


def explain(node: Node) -> str:
    """Say in Dutch which messages answer the question."""
    return f"Wij zoeken berichten {_told(node)}."


def _told(node: Node) -> str:
    if isinstance(node, Not):
        return f"zonder {_named(node.part)}"
    if isinstance(node, And):
        wanted = [_told(part) for part in node.parts if not isinstance(part, Not)]
        excluded = [_named(part.part) for part in node.parts if isinstance(part, Not)]
        told = ", en ook ".join(wanted)
        return ", maar ".join(filter(None, [told, " en ".join(f"niet met {name}" for name in excluded)]))
    return f"met {_named(node)}"


def _named(node: Node) -> str:
    if isinstance(node, Term):
        return _term(node)
    if isinstance(node, Or):
        names = [_named(part) for part in node.parts]
        return f"{', '.join(names[:-1])} of {names[-1]}"
    return f"[berichten {_told(node)}]"


def _term(term: Term) -> str:
    written = term.written.strip('"').removesuffix("*")
    beginning = term.forms[0][-1].open_end
    if " " in written:
        return f"de woordgroep “{written}{'…' if beginning else ''}”"
    sort = {"#": "de hashtag ", "@": "de vermelding "}.get(written[:1], "")
    return f"{sort}{written}… (begin van een woord)" if beginning else f"{sort}{written}"
