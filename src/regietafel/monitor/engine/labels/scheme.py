"""The labels of the IBS method: three main labels that are fixed, and sub-labels that are data.

A label says what a message does, never who wrote it or whom it is about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from regietafel.monitor.engine.privacy import NameLists, persons_in_query
from regietafel.monitor.engine.query import parse

INFORMATION, MEANING, HARM = "I", "B", "S"
NONE, SKIP = "geen", "overslaan"
KEYS_OF_ANSWERS = {NONE: "0", SKIP: "."}
FIELDS = ("code", "hoofdlabel", "naam", "toets", "uitleg", "volgorde")
_CODE = re.compile(r"[a-z][a-z-]{1,29}")
_KEY = re.compile(r"[a-z0-9]")
_LONGEST_NAME = 40
_ABOUT_PEOPLE = "“{}” gaat over mensen. Een label zegt wat een bericht doet, niet wie het schrijft."
_PEOPLE = re.compile(
    r"\b(?:persoon|personen|mens|mensen|inwoners?|bewoners?|afzenders?|schrijvers?|auteurs?|accounts?|daders?"
    r"|verdachten?|activist\w*|extremist\w*|raddraaiers?|relschoppers?|trol\w*|racist(?:en)?|fascist\w*|hooligans?"
    r"|crimine(?:el|len)|vreemdelingen|vluchtelingen?|asielzoekers?|statushouders?|migrant\w*|moslims?|christen(?:en)?"
    r"|jood|joden|marokkan\w*|turken|syri[eë]r\w*|eritre[eë]r\w*|oekra[iï]ners?|mannen|vrouwen|jongeren|ouderen)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label: its code, name, key on the keyboard, and what belongs under it; a sub-label names its main."""

    code: str
    name: str
    key: str
    explanation: str
    main: str = ""
    order: int = 0


MAIN_LABELS = (
    Label(code=INFORMATION, name="Informatiebehoefte", key="i",
          explanation="Iemand vraagt iets, mist informatie of heeft het verkeerd begrepen."),
    Label(code=MEANING, name="Betekenisgeving", key="b",
          explanation="Iemand zegt wat dit betekent: een gevoel, een oordeel of een vergelijking."),
    Label(code=HARM, name="Schadebeperking", key="s",
          explanation="Iemand doet of wil iets dat schade geeft of juist voorkomt."),
)  # fmt: skip
MAIN_CODES = tuple(label.code for label in MAIN_LABELS)


@dataclass(frozen=True)
class Scheme:
    """All labels an organisation uses, in the order in which people see them."""

    subs: tuple[Label, ...]

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """Each main label, followed by its own sub-labels."""
        return tuple(
            label
            for main in MAIN_LABELS
            for label in (main, *(sub for sub in self.subs if sub.main == main.code))
        )

    @cached_property
    def main_of(self) -> Mapping[str, str]:
        """The main label that each label belongs to; a main label belongs to itself."""
        return {label.code: label.main or label.code for label in self.labels}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of each label."""
        return {label.code: label.name for label in self.labels}


@dataclass(frozen=True, slots=True)
class SchemeFault:
    """What is wrong with one row of a list of sub-labels, in Dutch."""

    row: int
    column: str
    message: str


class SchemeRejected(ValueError):
    """A list of sub-labels cannot be used; every fault is named."""

    def __init__(self, faults: tuple[SchemeFault, ...]) -> None:
        super().__init__("; ".join(f"rij {fault.row}, {fault.column}: {fault.message}" for fault in faults))
        self.faults = faults


def make_scheme(rows: Iterable[Mapping[str, str]], *, names: NameLists | None = None) -> Scheme:
    """Make a scheme of the rows of a list of sub-labels (scheme).

    Args:
        rows: per sub-label code, hoofdlabel (I, B or S), naam, toets (one letter or digit), uitleg and
            volgorde; the first row counts as row 2, below the header.
        names: facts about names of people; without them only general words for people are refused.

    Returns:
        The scheme, sub-labels in the order of volgorde.

    Raises:
        SchemeRejected: a row is incomplete or wrong, a code or key is used twice, or a label names people.

    Source: bron-004, §8.1 and §8.2 (labels of the IBS method on messages); codes, keys and the refusal of
        labels about people are our reading.

    >>> row = {"code": "vraag", "hoofdlabel": "I", "naam": "Vraag", "toets": "v", "uitleg": "Vraagt iets."}
    >>> scheme = make_scheme([{**row, "volgorde": "1"}])
    >>> [label.code for label in scheme.labels], scheme.main_of["vraag"]
    (['I', 'vraag', 'B', 'S'], 'I')
    """
    read = [(number, {name: (row.get(name) or "").strip() for name in FIELDS})
            for number, row in enumerate(rows, start=2)]  # fmt: skip
    faults = [fault for number, row in read for fault in _faults(number, row)]
    faults += _repeated(read)
    if names:
        faults += [SchemeFault(number, "naam", _ABOUT_PEOPLE.format(row["naam"]))
                   for number, row in read if _names_a_person(row["naam"], names)]  # fmt: skip
    if faults:
        raise SchemeRejected(tuple(sorted(faults, key=lambda fault: (fault.row, fault.column))))
    subs = (
        Label(code=row["code"], name=row["naam"], key=row["toets"], explanation=row["uitleg"],
              main=row["hoofdlabel"], order=int(row["volgorde"]))
        for _number, row in read
    )  # fmt: skip
    return Scheme(tuple(sorted(subs, key=lambda sub: (sub.order, sub.code))))


def _faults(number: int, row: Mapping[str, str]) -> Iterator[SchemeFault]:
    """Say what is wrong with a row by itself."""
    if not _CODE.fullmatch(row["code"]) or row["code"] in (NONE, SKIP):
        yield SchemeFault(
            number, "code", "Gebruik kleine letters en streepjes, en niet “geen” of “overslaan”."
        )
    if row["hoofdlabel"] not in MAIN_CODES:
        yield SchemeFault(number, "hoofdlabel", "Kies I, B of S.")
    if not 0 < len(row["naam"]) <= _LONGEST_NAME:
        yield SchemeFault(number, "naam", f"Geef een naam van hoogstens {_LONGEST_NAME} tekens.")
    if found := _PEOPLE.search(row["naam"]) or _PEOPLE.search(row["code"]):
        yield SchemeFault(number, "naam", _ABOUT_PEOPLE.format(found[0]))
    if not _KEY.fullmatch(row["toets"]):
        yield SchemeFault(number, "toets", "Kies één kleine letter of één cijfer.")
    if not row["uitleg"]:
        yield SchemeFault(number, "uitleg", "Leg uit wat onder dit label valt.")
    if not row["volgorde"].isascii() or not row["volgorde"].isdigit():
        yield SchemeFault(number, "volgorde", "Geef een heel getal.")


def _names_a_person(name: str, names: NameLists) -> bool:
    words = " ".join(re.findall(r"[\w'’-]+", name))
    return bool(words) and bool(persons_in_query(parse(f'"{words}"'), names=names))


def _repeated(rows: list[tuple[int, dict[str, str]]]) -> list[SchemeFault]:
    """Say which codes and keys are used twice, also by a main label or an answer."""
    taken = Counter(
        [
            *(("toets", label.key) for label in MAIN_LABELS),
            *(("toets", key) for key in KEYS_OF_ANSWERS.values()),
        ]
    )
    faults = []
    for number, row in rows:
        for column in ("code", "toets"):
            if row[column] and taken[column, row[column]]:
                faults.append(
                    SchemeFault(number, column, f"“{row[column]}” is al in gebruik. Kies iets anders.")
                )
            taken[column, row[column]] += 1
    return faults
