"""Reading a question: from signs to a tree, without recursion, NOT before AND before OR."""

from __future__ import annotations

from regietafel.monitor.engine.query.lexing import Lexer, QueryError, Sign
from regietafel.monitor.engine.query.tree import And, Node, Not, Or, anchors

MAX_LENGTH = 20_000
MAX_TERMS = 1_000
MAX_NESTING = 50
_RANK = {"(": 0, "OR": 1, "AND": 2}
_LOWER_CASE_OPERATORS = frozenset({"and", "or", "not", "en", "of", "niet"})


class _Reader:
    """Two stacks: what was read, and what still waits for its right side."""

    def __init__(self, text: str) -> None:
        self.lexer = Lexer(text)
        self.hints: list[str] = []
        self._read: list[Node] = []
        self._waiting: list[Sign] = []
        self._term_count = 0
        self._needs_operand = True

    def read(self) -> Node:
        """Read the whole question."""
        sign = None
        for sign in self.lexer.signs():
            if self._needs_operand:
                self._take_operand(sign)
            else:
                self._take_operator(sign)
        if sign is None:
            raise self.lexer.error(
                "De zoekvraag is leeg.", 0, suggestion="Schrijf minstens één woord, bijvoorbeeld asielzoek*."
            )
        if self._needs_operand:
            raise self._missing_operand(self._waiting[-1])
        self._reduce(rank=1)
        if self._waiting:
            raise self.lexer.error(
                "Dit haakje wordt niet gesloten.", self._waiting[-1].at, suggestion="Zet er een ) bij."
            )
        return self._read.pop()

    def _missing_operand(self, operator: Sign) -> QueryError:
        word = {"(": "dit haakje"}.get(operator.kind, operator.kind)
        return self.lexer.error(
            f"Na {word} ontbreekt een zoekwoord.", operator.at, suggestion=f"Vul aan, of haal {word} weg."
        )

    def _take_operand(self, sign: Sign) -> None:
        if sign.kind == "term":
            self._take_term(sign)
        elif sign.kind == "NOT":
            self._waiting.append(sign)
        elif sign.kind == "(":
            self._open(sign)
        elif sign.kind == ")" or self._waiting:
            raise self._misplaced(sign)
        else:
            raise self.lexer.error(
                f"Voor {sign.kind} ontbreekt een zoekwoord.", sign.at, suggestion=f"Haal {sign.kind} weg."
            )

    def _misplaced(self, sign: Sign) -> QueryError:
        if sign.kind == ")" and (not self._waiting or self._waiting[-1].kind == "("):
            return self.lexer.error(
                "Voor dit haakje staat niets om te zoeken.", sign.at, suggestion="Haal de haakjes weg."
            )
        return self._missing_operand(self._waiting[-1])

    def _take_term(self, sign: Sign) -> None:
        assert sign.term is not None  # a term sign always carries its term
        self._term_count += 1
        if self._term_count > MAX_TERMS:
            raise self.lexer.error(
                f"Meer dan {MAX_TERMS} zoekwoorden is te veel.", sign.at, suggestion="Splits de zoekvraag."
            )
        if sign.term.written in _LOWER_CASE_OPERATORS:
            word = sign.term.written
            self.hints.append(
                f"“{word}” zoeken wij als gewoon woord. Bedoelt u het verband, schrijf dan {word.upper()}."
            )
        self._read.append(sign.term)
        self._operand_is_complete()

    def _open(self, sign: Sign) -> None:
        if sum(waiting.kind == "(" for waiting in self._waiting) >= MAX_NESTING:
            raise self.lexer.error(
                f"Meer dan {MAX_NESTING} haakjes in elkaar is te diep.",
                sign.at,
                suggestion="Haal haakjes weg.",
            )
        self._waiting.append(sign)

    def _take_operator(self, sign: Sign) -> None:
        if sign.kind in ("AND", "OR"):
            self._reduce(rank=_RANK[sign.kind])
            self._waiting.append(sign)
            self._needs_operand = True
        elif sign.kind == ")":
            self._close(sign)
        else:  # two things side by side: both must hold
            self._reduce(rank=_RANK["AND"])
            self._waiting.append(Sign("AND", sign.at))
            self._take_operand_after_and(sign)

    def _take_operand_after_and(self, sign: Sign) -> None:
        self._needs_operand = True
        self._take_operand(sign)

    def _close(self, sign: Sign) -> None:
        self._reduce(rank=1)
        if not self._waiting:
            raise self.lexer.error(
                "Dit haakje hoort nergens bij.", sign.at, suggestion="Haal het weg, of zet er een ( bij."
            )
        self._waiting.pop()
        self._operand_is_complete()

    def _operand_is_complete(self) -> None:
        while self._waiting and self._waiting[-1].kind == "NOT":
            self._waiting.pop()
            part = self._read.pop()
            self._read.append(part.part if isinstance(part, Not) else Not(part))
        self._needs_operand = False

    def _reduce(self, *, rank: int) -> None:
        """Join what waits, as long as it binds at least this strongly."""
        while self._waiting and _RANK[self._waiting[-1].kind] >= rank:
            joined = And if self._waiting.pop().kind == "AND" else Or
            right, left = self._read.pop(), self._read.pop()
            parts = tuple(
                part
                for side in (left, right)
                for part in (side.parts if isinstance(side, joined) else (side,))
            )
            self._read.append(joined(parts))


def read_tree(text: str) -> tuple[Node, tuple[str, ...]]:
    """Read a question into a tree and hints; raise ``QueryError`` where it cannot be read."""
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"De zoekvraag is langer dan {MAX_LENGTH} tekens.",
            suggestion="Splits de vraag over meer monitors.",
        )
    reader = _Reader(text)
    tree = reader.read()
    if anchors(tree) is None:
        raise reader.lexer.error(
            "Deze vraag sluit (in een van haar delen) alleen uit; dan hoort bijna elk bericht erbij.",
            0,
            suggestion="Noem ook een woord dat wél moet voorkomen.",
        )
    return tree, tuple(dict.fromkeys(reader.hints))
