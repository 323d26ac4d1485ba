"""Joining what was read: two stacks per bracket, NEAR before NOT before AND before OR."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from regietafel.monitor.engine.query.documents import TEXT, TITLE
from regietafel.monitor.engine.query.limits import MAX_NEAR_DEPTH
from regietafel.monitor.engine.query.reading.lexing import Sign
from regietafel.monitor.engine.query.remarks import Remarks
from regietafel.monitor.engine.query.tree import (
    And,
    Blank,
    Near,
    Node,
    Or,
    Term,
    opposite,
    together,
    walk,
)

_RANK = {"EXCEPT": 0, "OR": 1, "AND": 2, "NOT": 3, "+": 3, "-": 3, "NEAR": 4}
_IN_ROWS: dict[str, type[And] | type[Or]] = {"AND": And, "OR": Or}


@dataclass(slots=True)
class Group:
    """What stands between two brackets: what was read, and what still waits for its right side.

    ``required`` and ``excluded`` hold the clauses that speak about the whole group (``+`` and ``-``);
    ``last`` is the operator read last.
    """

    opened: Sign | None = None
    zone: str = ""
    read: list[Node] = field(default_factory=list)
    waiting: list[Sign] = field(default_factory=list)
    required: list[Node] = field(default_factory=list)
    excluded: list[Node] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    last: Sign | None = None
    needs_operand: bool = True

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all was read yet."""
        return not (self.read or self.waiting or self.required or self.excluded)

    def add(self, node: Node) -> None:
        """Take an operand."""
        self.read.append(node)
        self.needs_operand = False

    def prefix(self, sign: Sign) -> None:
        """Take a NOT, plus or minus; the operand must follow."""
        self.waiting.append(sign)
        self.last = sign
        self.needs_operand = True

    def except_rest(self, sign: Sign, remarks: Remarks) -> None:
        """Take a greedy NOT: what follows in this group is excluded."""
        if self.needs_operand and self.waiting:  # a AND NOT b says what a NOT b says
            self.waiting.pop()
        self.join(replace(sign, kind="EXCEPT"), remarks)

    def join(self, sign: Sign, remarks: Remarks) -> None:
        """Take an operator between two operands; a row of ANDs or ORs waits to be joined at once."""
        self.reduce(_RANK[sign.kind] + (sign.kind in _IN_ROWS), remarks)
        if self.read or sign.kind == "EXCEPT":
            self.waiting.append(sign)
            self.kinds.add(sign.kind)
        elif sign.kind == "AND":  # behind a clause: what follows is required too
            self.waiting.append(replace(sign, kind="+"))
        self.last = sign
        self.needs_operand = True

    def reduce(self, rank: int, remarks: Remarks) -> None:
        """Join what waits, as long as it binds at least this strongly."""
        while self.waiting and _RANK[self.waiting[-1].kind] >= rank:
            sign = self.waiting.pop()
            if sign.kind in _IN_ROWS:
                self._join_row(sign.kind)
            else:
                self._apply(sign, remarks)

    def _join_row(self, kind: str) -> None:
        first = len(self.read) - 2
        while self.waiting and self.waiting[-1].kind == kind:
            self.waiting.pop()
            first -= 1
        self.read[first:] = [together(_IN_ROWS[kind], self.read[first:])]

    def _apply(self, sign: Sign, remarks: Remarks) -> None:
        right = self.read.pop()
        if sign.kind == "+":
            self.required.append(right)
        elif sign.kind == "-":
            self.excluded.append(right)
        elif sign.kind == "NOT":
            self.read.append(opposite(right))
        elif sign.kind == "EXCEPT":
            self.read.append(together(And, [*self.read[-1:], opposite(right)]))
            del self.read[:-1]
        else:
            near = Near(self.read.pop(), right, sign.distance or 0, sign.is_ordered)
            check_near(near, sign, remarks=remarks)
            self.read.append(near)

    def whole(self, remarks: Remarks) -> tuple[Node, Node | None]:
        """Close the group: what it asks, and what it turned out not to ask."""
        self.reduce(0, remarks)
        asked, optional = self.read, None
        if self.required and asked and "AND" not in self.kinds:
            asked, optional = [], asked[0]
        parts = [*self.required, *asked, *map(opposite, self.excluded)]
        return together(And, parts), optional


def near_depth(node: Node) -> int:
    """Count how many NEARs stand inside each other at most."""
    depths: list[tuple[Node, int]] = [(node, 0)]
    deepest = 0
    while depths:
        current, depth = depths.pop()
        deepest = max(deepest, depth)
        if isinstance(current, Near):
            depths += [(current.left, depth + 1), (current.right, depth + 1)]
            deepest = max(deepest, depth + 1)
        elif isinstance(current, Or):
            depths += [(part, depth) for part in current.parts]
    return deepest


def check_near(near: Node, sign: Sign, *, remarks: Remarks) -> None:
    """Note what cannot stand at a side of NEAR."""
    inside = list(walk(near))
    if not all(isinstance(node, Near | Or | Term | Blank) for node in inside):
        message = "Bij NEAR kunnen alleen woorden, woordgroepen en OR-groepen staan."
        remedy = "Zet AND, NOT en dagen buiten het deel met NEAR."
    elif (zones := {node.zone for node in inside if isinstance(node, Term | Blank)}) and (
        zones - {"", TITLE, TEXT} or zones >= {TITLE, TEXT}
    ):
        message = "Aan beide kanten van NEAR moet hetzelfde staan: de titel of de tekst."
        remedy = "Laat de velden weg, of schrijf titel:(… NEAR/3 …)."
    elif near_depth(near) > MAX_NEAR_DEPTH:
        message = f"Meer dan {MAX_NEAR_DEPTH} keer NEAR achter elkaar of in elkaar is te veel."
        remedy = "Splits het deel met AND."
    else:
        return
    remarks.error(message, sign.at, suggestion=remedy)
