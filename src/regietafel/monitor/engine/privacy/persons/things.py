"""Things that bear a surname in public: firms of more owners, laws, motions and committees."""

from __future__ import annotations

import re
from collections.abc import Sequence

from regietafel.monitor.engine.privacy.names import NameLists, Token
from regietafel.monitor.engine.privacy.runs import STRICT_ADDRESS, Run

_OF_DECISION = frozenset("wet initiatiefwet motie amendement commissie kabinet lex".split())
_LEGAL_FORMS = frozenset({"bv", "nv", "vof", "cv"})
_FIRM_WORDS = frozenset(
    "advocaten accountants makelaars notarissen architecten juristen adviseurs installaties techniek "
    "bouwbedrijf "
    "aannemers transport logistiek verhuizingen reizen tours touringcars schoenen mode wonen meubelen "
    "keukens "
    "catering bakkerijen slagerijen beheer vastgoed makelaardij advies holding zonen".split()
)
_JOINED = re.compile(r"[^&+]*\w{3,} ?& ?(?:\w+ )*\w{3,}[^&+]*")


def names_thing(run: Run, names: NameLists) -> bool:
    """Tell whether a phrase names a firm or a decision, which may bear a surname and no more of a name."""
    if not run.is_phrase or len(run.tokens) < 2 or _has_more_of_name(run.tokens, names):
        return False
    return _is_firm(run) or _is_decision(run.tokens)


def _has_more_of_name(tokens: Sequence[Token], names: NameLists) -> bool:
    """Whether a given name, a form of address or a sign stands in it."""
    return any(
        token.sign or token.is_pattern or token.folded in STRICT_ADDRESS or names.is_given(token)
        for token in tokens
    )


def _is_firm(run: Run) -> bool:
    form = _letters_at_end(run.tokens)
    if form and form not in _LEGAL_FORMS:
        return False
    before = run.tokens[: -len(form)] if form else run.tokens
    if any(token.is_initial for token in before):
        return False
    is_joined = _JOINED.fullmatch(run.written.strip('"“”')) is not None
    return is_joined or bool(form) or run.tokens[-1].folded in _FIRM_WORDS


def _letters_at_end(tokens: Sequence[Token]) -> str:
    letters = ""
    for token in reversed(tokens):
        if not token.is_initial:
            break
        letters = token.folded + letters
    return letters


def _is_decision(tokens: Sequence[Token]) -> bool:
    """Whether it is a law, a motion or a committee, with one surname behind it and nothing else."""
    *between, name = tokens[1:]
    is_one_name = all(token.is_particle for token in between) and not (name.is_initial or name.is_particle)
    return tokens[0].folded in _OF_DECISION and is_one_name
