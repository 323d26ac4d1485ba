"""Markdown that shows any text as it is, whatever signs it holds."""

import re
from collections.abc import Iterable, Sequence

GENERATED = "<!-- Gemaakt met `python -m scripts.reference`. Wijzig deze bladzijde niet met de hand. -->"
_SIGNS = re.compile(r"([\\`*_\[\]<>|#])")
_INVISIBLE = {"\r": "", "\n": "⏎", "\u200d": "‹onzichtbaar teken›", "\u200b": "‹onzichtbaar teken›"}


def plain(text: str) -> str:
    """Write a text in a table so that no sign of it means anything to markdown."""
    return _SIGNS.sub(r"\\\1", _visible(text))


def exact(text: str) -> str:
    """Write what somebody types, letter by letter."""
    if not text:
        return "(leeg)"
    shown = _visible(text) if text.strip() else "␣" * len(text)
    return f"`{shown}`".replace("|", r"\|")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; its cells are markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _visible(text: str) -> str:
    for sign, shown in _INVISIBLE.items():
        text = text.replace(sign, shown)
    return text
