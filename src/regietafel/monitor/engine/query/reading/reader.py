"""Reading a question: from signs to a tree, without recursion."""

from __future__ import annotations

from dataclasses import replace

from regietafel.monitor.engine.query.dialects import Dialect
from regietafel.monitor.engine.query.documents import TEXT, TITLE
from regietafel.monitor.engine.query.limits import MAX_LENGTH, MAX_NESTING, MAX_TERMS
from regietafel.monitor.engine.query.reading.hinting import hint_about, hint_about_comma
from regietafel.monitor.engine.query.reading.joining import Group, check_near
from regietafel.monitor.engine.query.reading.lexing import Lexer, Sign
from regietafel.monitor.engine.query.reading.terms import phrase_term, word_term
from regietafel.monitor.engine.query.remarks import CannotBeRead, Hint, Remarks
from regietafel.monitor.engine.query.telling import canonical
from regietafel.monitor.engine.query.tree import And, Blank, Days, Near, Node, Not, Or, Term, anchors, walk
from regietafel.monitor.engine.query.words import normalise

_UNREAD = Term("?", ())  # stands for what could not be read; a question with one is refused
_OPERANDS = frozenset({"word", "phrase", "blank", "days", "broken"})
_OPERATORS = frozenset({"AND", "OR", "NEAR"})


class _Reader:
    """Reads the signs of one question into a group per bracket."""

    def __init__(self, text: str, *, dialect: Dialect) -> None:
        self.remarks = Remarks(text)
        self._text = normalise(text)
        self._dialect = dialect
        self._groups = [Group()]
        self._field: Sign | None = None
        self._before: Sign | None = None
        self._term_count = 0
        self._is_too_large = False

    @property
    def _group(self) -> Group:
        return self._groups[-1]

    def read(self) -> Node:
        """Read the whole question."""
        lexer = Lexer(self._text, dialect=self._dialect, remarks=self.remarks)
        for sign in lexer.signs():
            self._take(sign)
            if self._is_too_large:
                self.remarks.raise_errors()
        self._end(unread=lexer.unread)
        self.remarks.raise_errors()
        tree = self._closed(self._groups.pop())
        self._require_anchor(tree)
        self.remarks.raise_errors()
        return tree

    def _end(self, *, unread: str) -> None:
        if self._field:
            self._miss_value(self._field)
        if len(self._groups) == 1 and self._group.is_empty and not self.remarks.has_errors:
            self.remarks.error(
                "De zoekvraag is leeg.", 0, suggestion="Schrijf minstens één woord, bijvoorbeeld asielzoek*."
            )
        elif self._group.needs_operand and self._group.last:
            self._miss_operand()
        for group in self._groups[1 : max(1, len(self._groups) - unread.count(")"))]:
            assert group.opened is not None  # only the outermost group has no bracket
            self.remarks.error(
                "Dit haakje wordt niet gesloten.", group.opened.at, suggestion="Zet er een ) bij."
            )

    def _require_anchor(self, tree: Node) -> None:
        """Refuse a question that nearly every message answers, and name the part that makes it so."""
        if anchors(tree) is not None:
            return
        part = tree
        while isinstance(part, Or):
            part = next(choice for choice in part.parts if anchors(choice) is None)
        named = "Deze vraag" if part is tree else f"Het deel {_shortened(canonical(part))}"
        excludes = any(isinstance(node, Not) for node in walk(part))
        message = "sluit alleen uit" if excludes else "noemt alleen dagen"
        self.remarks.error(
            f"{named} {message}; dan hoort bijna elk bericht erbij.",
            0,
            suggestion="Noem ook een woord dat wél moet voorkomen.",
        )

    def _take(self, sign: Sign) -> None:
        if self._field and sign.kind not in _OPERANDS and sign.kind != "(":
            self._miss_value(self._field)
        if sign.kind in _OPERANDS:
            self._take_operand(sign)
        elif sign.kind == "field":
            self._take_field(sign)
        elif sign.kind == "(":
            self._open(sign)
        elif sign.kind == ")":
            self._close(sign)
        elif sign.kind in _OPERATORS:
            self._take_operator(sign)
        else:
            self._take_prefix(sign)

    def _written(self, sign: Sign) -> str:
        return self._text[sign.at : sign.end]

    # Operands

    def _take_operand(self, sign: Sign) -> None:
        self._join_beside(sign)
        self._count(1, sign)
        self._group.add(self._node(sign, self._field.written if self._field else self._group.zone))
        self._field = None
        self._before = sign

    def _count(self, words: int, sign: Sign) -> None:
        self._term_count += words
        if self._term_count > MAX_TERMS and not self._is_too_large:
            self._is_too_large = True
            self.remarks.error(
                f"Meer dan {MAX_TERMS} zoekwoorden is te veel.",
                sign.at,
                suggestion="Splits de zoekvraag over meer monitors.",
            )

    def _join_beside(self, sign: Sign) -> None:
        """Join with what stands right before, when no operator stands between."""
        if not self._group.needs_operand:
            if self._before and self._dialect.joins_with == "AND":
                hint_about_comma(self._before, remarks=self.remarks)
            self._group.join(Sign(self._dialect.joins_with, sign.at, sign.at), self.remarks)

    def _node(self, sign: Sign, zone: str) -> Node:
        if sign.kind == "blank":
            return Blank(sign.written, zone)
        if sign.kind == "days":
            return _all_days(sign.days)
        if sign.kind == "broken":
            return _UNREAD
        try:
            if sign.distance is not None:
                return self._near_words(sign, zone)
            return self._term(sign, zone)
        except CannotBeRead as refusal:
            self.remarks.error(refusal.message, sign.at, suggestion=refusal.suggestion)
            return _UNREAD

    def _term(self, sign: Sign, zone: str) -> Term:
        read = phrase_term if sign.kind == "phrase" else word_term
        term = read(sign.written, zone=zone, is_exact=sign.is_exact)
        if zone in ("", TITLE, TEXT):
            hint_about(sign, dialect=self._dialect, remarks=self.remarks)
        return term

    def _near_words(self, sign: Sign, zone: str) -> Node:
        """Read a phrase of which the words need only be near each other."""
        self._count(len(sign.written.split()) - 1, sign)
        words = [word_term(word, zone=zone, is_exact=sign.is_exact) for word in sign.written.split()]
        near: Node = words[0]
        for word in words[1:]:
            near = Near(near, word, sign.distance or 0)
        check_near(near, sign, remarks=self.remarks)
        return near

    # Fields and brackets

    def _take_field(self, sign: Sign) -> None:
        if self._group.zone:
            self.remarks.error(
                "Een veld binnen een veld kan niet.",
                sign.at,
                suggestion=f"Haal {self._written(sign)} weg, of zet het buiten de haakjes.",
            )
        self._field = sign

    def _miss_value(self, sign: Sign) -> None:
        self._field = None
        self.remarks.error(
            f"Achter {self._written(sign)} ontbreekt wat u zoekt.",
            sign.at,
            suggestion="Vul een woord, een woordgroep of een groep tussen haakjes in.",
        )

    def _open(self, sign: Sign) -> None:
        self._join_beside(sign)
        if len(self._groups) > MAX_NESTING:
            self._is_too_large = True
            self.remarks.error(
                f"Meer dan {MAX_NESTING} haakjes in elkaar is te diep.",
                sign.at,
                suggestion="Haal haakjes weg.",
            )
        self._groups.append(Group(sign, self._field.written if self._field else self._group.zone))
        self._field = None

    def _close(self, sign: Sign) -> None:
        if len(self._groups) == 1:
            self.remarks.error(
                "Dit haakje hoort nergens bij.",
                sign.at,
                suggestion="Haal het weg, of zet er een ( bij.",
            )
            return
        if self._group.is_empty:
            self.remarks.error(
                "Voor dit haakje staat niets om te zoeken.", sign.at, suggestion="Haal de haakjes weg."
            )
            self._group.add(_UNREAD)
        elif self._group.needs_operand and self._group.last:
            self._miss_operand()
        node = self._closed(self._groups.pop())
        self._group.add(node)

    def _closed(self, group: Group) -> Node:
        asked, optional = group.whole(self.remarks)
        at = group.opened.at if group.opened else 0
        if optional and not self.remarks.has_errors:
            self.remarks.hint(
                f"Naast een deel met een plus telt een deel zonder plus niet mee: {canonical(optional)} "
                "vervalt. Moet het wel voorkomen, zet er dan ook een plus voor.",
                start=at,
                end=at + 1,
            )
        if self._dialect.has_clauses and group.kinds >= {"AND", "OR"}:
            self.remarks.hint(
                "AND en OR staan hier zonder haakjes door elkaar. Wij lezen AND eerst; Lucene weegt ze "
                "anders. Zet haakjes om zeker te zijn.",
                start=at,
                end=at + 1,
            )
        return asked

    # Operators

    def _miss_operand(self) -> None:
        sign = self._group.last
        assert sign is not None  # an operand is missed after an operator only
        word = self._written(sign)
        self.remarks.error(
            f"Na {word} ontbreekt een zoekwoord.", sign.at, suggestion=f"Vul aan, of haal {word} weg."
        )
        self._group.add(_UNREAD)

    def _take_operator(self, sign: Sign) -> None:
        if self._group.needs_operand:
            if not self._group.waiting:
                word = self._written(sign)
                self.remarks.error(
                    f"Voor {word} ontbreekt een zoekwoord.", sign.at, suggestion=f"Haal {word} weg."
                )
                self._group.add(_UNREAD)
                return
            self._miss_operand()
        if sign.kind == "OR" and "EXCEPT" in self._group.kinds:
            self.remarks.hint(
                "Alles wat in een groep na NOT staat, is uitgesloten, ook wat na OR komt.",
                start=sign.at,
                end=sign.end,
            )
        self._group.join(sign, self.remarks)

    def _take_prefix(self, sign: Sign) -> None:
        last = self._group.last if self._group.needs_operand else None
        before = last.kind if last else ""
        if last and (before == "NEAR" or (sign.kind == "+" and before != "AND")):
            self.remarks.error(
                f"Na {self._written(last)} kan geen {self._written(sign)} staan.",
                sign.at,
                suggestion="Zet er een woord, een woordgroep of een groep tussen haakjes.",
            )
        elif self._dialect.has_clauses and not before:
            self._group.reduce(0, self.remarks)
            self._group.prefix(replace(sign, kind="+" if sign.kind == "+" else "-"))
        elif self._dialect.is_not_greedy and before in ("", "AND"):
            self._group.except_rest(sign, self.remarks)
        elif sign.kind != "+":
            self._join_beside(sign)
            self._group.prefix(replace(sign, kind="NOT"))


def _shortened(text: str, *, characters: int = 60) -> str:
    return text if len(text) <= characters else f"{text[:characters]}…"


def _all_days(limits: tuple[Days, ...]) -> Node:
    return limits[0] if len(limits) == 1 else And(limits)


def read_tree(text: str, *, dialect: Dialect) -> tuple[Node, tuple[Hint, ...]]:
    """Read a question into a tree and hints; raise ``QueryError`` where it cannot be read."""
    if len(text) > MAX_LENGTH:
        remarks = Remarks(text)
        remarks.error(
            f"De zoekvraag is langer dan {MAX_LENGTH} tekens.",
            MAX_LENGTH,
            suggestion="Splits de vraag over meer monitors.",
        )
        remarks.raise_errors()
    reader = _Reader(text, dialect=dialect)
    tree = reader.read()
    return tree, reader.remarks.hints()
