"""A question with a part left out or changed, and how to write that in the words the writer chose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from regietafel.monitor.engine.query import Query, QueryError, parse
from regietafel.monitor.engine.query.telling import canonical
from regietafel.monitor.engine.query.tree import And, Near, Node, Not, Or, Term

_OR = r"(?:OR|OF)"


def without(node: Node, dropped: Node) -> Node | None:
    """Give a question as it would be if a part of it never held; None when no question is left.

    A part that is a NOT is left out instead: it excludes nothing any more.
    """
    left = _left(node, dropped)
    return None if isinstance(left, bool) else left


def _left(node: Node, dropped: Node) -> Node | bool:
    """Give what is left of a question, or what it always is."""
    if node == dropped:
        return False
    if isinstance(node, Not):
        part = _left(node.part, dropped)
        return not part if isinstance(part, bool) else Not(part)
    if isinstance(node, Near):
        left, right = _left(node.left, dropped), _left(node.right, dropped)
        if isinstance(left, bool) or isinstance(right, bool):
            return False
        return Near(left, right, node.distance, node.is_ordered)
    return _left_of_parts(node, dropped) if isinstance(node, And | Or) else node


def _left_of_parts(node: And | Or, dropped: Node) -> Node | bool:
    is_exclusion = isinstance(dropped, Not)
    left = [_left(part, dropped) for part in node.parts if not (is_exclusion and part == dropped)]
    decides = isinstance(node, Or)  # one that always holds decides a choice, one that never holds an AND
    if decides in left:
        return decides
    parts = tuple(part for part in left if not isinstance(part, bool))
    if len(parts) > 1:
        return And(parts) if isinstance(node, And) else Or(parts)
    return parts[0] if parts else not decides


def replaced(node: Node, old: Node, *, new: Node) -> Node:
    """Give a question with one of its parts changed, wherever it stands."""
    if node == old:
        return new
    if isinstance(node, Not):
        return Not(replaced(node.part, old, new=new))
    if isinstance(node, Near):
        left, right = replaced(node.left, old, new=new), replaced(node.right, old, new=new)
        return Near(left, right, node.distance, node.is_ordered)
    if isinstance(node, And | Or):
        parts = [replaced(part, old, new=new) for part in node.parts]
        kind = type(node)
        flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
        return kind(tuple(flat))
    return node


def text_without(query: Query, term: Term) -> str:
    """Write a question without one of its terms, in the writer's layout where that can be done safely.

    Empty when the term does not stand in the question as written, or nothing would be left.
    """
    tree = without(query.tree, term)
    if tree is None or tree == query.tree:
        return ""
    word = _standing(canonical(term))
    patterns = (
        rf"\s*\b{_OR}\s+{word}",
        rf"{word}\s+{_OR}\s+",
        rf"\s*(?:\b(?:AND|EN)\s+)?\b(?:NOT|NIET)\s+{word}",
        rf"\s*\b(?:AND|EN)\s+{word}",
        rf"{word}\s+(?:(?:AND|EN)\s+)?",
    )
    return _safely(tree, (re.sub(pattern, "", query.text) for pattern in patterns))


def text_with(query: Query, term: Term, *, instead: str) -> str:
    """Write a question with something else in the place of one of its terms; empty when it cannot be."""
    try:
        new = parse(instead).tree
    except QueryError:
        return ""
    tree = replaced(query.tree, term, new=new)
    if tree == query.tree:
        return ""
    word = _standing(canonical(term))
    escaped = instead.replace("\\", r"\\")
    return _safely(tree, (re.sub(word, shape.format(escaped), query.text) for shape in ("{}", "({})")))


def _standing(written: str) -> str:
    """Give a pattern for a term that stands on its own."""
    return rf"(?<![^\s(]){re.escape(written)}(?![^\s)])"


def _safely(tree: Node, candidates: Iterator[str]) -> str:
    """Give the first text that reads as meant, or else the fixed form."""
    return next((text for text in candidates if _reads_as(text, tree)), canonical(tree))


def _reads_as(text: str, tree: Node) -> bool:
    try:
        return parse(text).tree == tree
    except QueryError:
        return False
