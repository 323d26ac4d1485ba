"""When a monitor may run and what it needs; the roads between states, each with its ground."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from regietafel.kernel.dutch import date as dutch_date

MAX_DAYS_AHEAD = 90
RETENTION_DEFAULT_DAYS = 14
RETENTION_FREE_DAYS = 30
RETENTION_MAX_DAYS = 90
PURPOSES = frozenset({"communicatie", "openbare-orde"})

MONITOR_STATES: Mapping[str, Mapping[str, str]] = {
    "concept": {
        "actief": "De opsteller vulde doel, grondslag, aanleiding, DPIA, eigenaar, termijn en bronnen in.",
        "gestopt": "De monitor is niet nodig gebleken.",
    },
    "actief": {
        "gepauzeerd": "Er is nu geen aanleiding, of de vraag wordt bijgesteld.",
        "gestopt": "De einddatum is bereikt, of het doel is vervallen.",
    },
    "gepauzeerd": {
        "actief": "De aanleiding is er weer en alle voorwaarden kloppen nog.",
        "gestopt": "De einddatum is bereikt, of het doel is vervallen.",
    },
    "gestopt": {},
}
PICTURE_STATES: Mapping[str, Mapping[str, str]] = {
    "concept": {
        "gepubliceerd": "De opsteller stelde kernbeeld en cijfers vast; daarna verandert er niets meer."
    },
    "gepubliceerd": {},
}

DATA_REQUEST_STATES: Mapping[str, Mapping[str, str]] = {
    "open": {
        "gezocht": "Er is gezocht in alles wat nog tekst heeft.",
        "beantwoord": "Het antwoord kon zonder zoeken worden gegeven, bijvoorbeeld omdat het is ingetrokken.",
        "afgewezen": "De aanvrager is niet bekend, of de wet staat het verzoek niet toe.",
    },
    "gezocht": {
        "beantwoord": "De betrokkene kreeg antwoord.",
        "afgewezen": "De wet staat het verzoek niet toe; de reden staat in het antwoord.",
    },
    "beantwoord": {},
    "afgewezen": {},
}
ANSWER_MONTHS, EXTENSION_MONTHS = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorTerms:
    """What is known of a monitor at the moment someone wants it to run.

    ``counted_from``: the start, or the day of the last extension that a second person allowed.
    ``persons``: parts of the question that ask for a person (see ``privacy.persons_in_query``).
    ``unfilled``: why the question cannot be asked while one of its blanks has no value; empty when it can.
    ``retention_approved``: a second person allowed keeping raw text this long.
    """

    question: str
    purpose: str
    legal_basis: str
    reason: str
    dpia_reference: str
    owner: str
    starts_on: date | None
    ends_on: date | None
    counted_from: date | None = None
    source_count: int = 0
    retention_days: int = RETENTION_DEFAULT_DAYS
    retention_approved: bool = False
    persons: tuple[str, ...] = ()
    unfilled: str = ""
    state: str = "actief"


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason why something may not happen: the field it is about and a Dutch sentence."""

    field: str
    message: str


_REQUIRED = (
    ("question", "De zoekvraag ontbreekt."),
    ("purpose", "Het doel ontbreekt: communicatie of openbare orde."),
    ("legal_basis", "De grondslag ontbreekt: op welke wettelijke taak berust deze monitor?"),
    ("reason", "De aanleiding ontbreekt: waarom is deze monitor nu nodig?"),
    ("dpia_reference", "De verwijzing naar de DPIA of het advies van de FG ontbreekt."),
    ("owner", "De eigenaar ontbreekt: wie is verantwoordelijk?"),
    ("starts_on", "De begindatum ontbreekt."),
    ("ends_on", "De einddatum ontbreekt; een monitor loopt nooit zonder einde."),
    ("source_count", "Kies minstens één bron."),
)


def objections(terms: MonitorTerms, *, on: date) -> tuple[Objection, ...]:
    """List every reason why the monitor may not run on a day; empty means it may (objections).

    Args:
        terms: what is known of the monitor.
        on: the day it should run, in the Netherlands.

    Returns:
        One objection per reason, in the order of the form.

    Source: bron-000, interventies 2 en 3, and bron-004, hfd. 8; the terms (90 days, 14, 30 and 90 days of
        raw text, a second person) are our reading of the AVG, art. 5 and 6, and of Gemeentewet art. 172.

    >>> start, end = date(2022, 4, 1), date(2022, 5, 1)
    >>> terms = MonitorTerms(question="azc", purpose="communicatie", legal_basis="Gemeentewet art. 172",
    ...                      reason="besluit", dpia_reference="", owner="Team OOV", starts_on=start,
    ...                      ends_on=end, source_count=1)
    >>> [objection.field for objection in objections(terms, on=date(2022, 4, 7))]
    ['dpia_reference']
    """
    missing = [Objection(field, message) for field, message in _REQUIRED if not getattr(terms, field)]
    return (*missing, *_wrong_purpose(terms), *_term_objections(terms), *_day_objections(terms, on),
            *_retention_objections(terms), *_person_objections(terms), *_blank_objections(terms))  # fmt: skip


def _wrong_purpose(terms: MonitorTerms) -> list[Objection]:
    if terms.purpose and terms.purpose not in PURPOSES:
        return [Objection("purpose", "Het doel is communicatie of openbare orde; een ander doel kan niet.")]
    return []


def _term_objections(terms: MonitorTerms) -> list[Objection]:
    if terms.starts_on is None or terms.ends_on is None:
        return []
    if terms.ends_on < terms.starts_on:
        return [Objection("ends_on", "De einddatum ligt voor de begindatum.")]
    latest = latest_end(terms.counted_from or terms.starts_on)
    if terms.ends_on > latest:
        return [
            Objection(
                "ends_on",
                f"De einddatum ligt meer dan {MAX_DAYS_AHEAD} dagen vooruit; uiterlijk {dutch_date(latest)}.",
            )
        ]
    return []


def _day_objections(terms: MonitorTerms, on: date) -> list[Objection]:
    found = []
    if terms.state != "actief":
        found.append(Objection("state", f"De monitor staat op “{terms.state}”."))
    if terms.starts_on and on < terms.starts_on:
        found.append(Objection("starts_on", f"De monitor begint pas op {dutch_date(terms.starts_on)}."))
    if terms.ends_on and on > terms.ends_on:
        found.append(
            Objection(
                "ends_on", f"De monitor is afgelopen op {dutch_date(terms.ends_on)}; vraag verlenging aan."
            )
        )
    return found


def _retention_objections(terms: MonitorTerms) -> list[Objection]:
    days = terms.retention_days
    if not 1 <= days <= RETENTION_MAX_DAYS:
        return [
            Objection(
                "retention_days",
                f"Ruwe tekst bewaren wij 1 tot en met {RETENTION_MAX_DAYS} dagen, nooit langer.",
            )
        ]
    if days > RETENTION_FREE_DAYS and not terms.retention_approved:
        return [
            Objection(
                "retention_days",
                f"Ruwe tekst langer dan {RETENTION_FREE_DAYS} dagen bewaren kan pas als een tweede persoon "
                "dat goedkeurt.",
            )
        ]
    return []


def _person_objections(terms: MonitorTerms) -> list[Objection]:
    return [
        Objection(
            "question",
            f"De zoekvraag vraagt naar een persoon ({person}). De monitor volgt onderwerpen, geen mensen.",
        )
        for person in terms.persons
    ]


def _blank_objections(terms: MonitorTerms) -> list[Objection]:
    if not terms.unfilled:
        return []
    return [Objection("question", f"{terms.unfilled} Kies een plaatsprofiel of vul het aan.")]


def latest_end(counted_from: date) -> date:
    """Give the last day a monitor may run without a new extension (date).

    Args:
        counted_from: its start, or the day of the last extension.

    Returns:
        The day 90 days later.

    Source: bron-004, hfd. 8 (an analysis belongs to one decision); the number of days is our reading.

    >>> latest_end(date(2022, 4, 7)).isoformat()
    '2022-07-06'
    """
    return counted_from + timedelta(days=MAX_DAYS_AHEAD)


def extension_objections(
    terms: MonitorTerms, *, new_end_on: date, asked_by: str, decided_by: str, on: date
) -> tuple[Objection, ...]:
    """List every reason why this extension may not be granted (objections).

    Args:
        terms: the monitor as it stands.
        new_end_on: the end that is asked for.
        asked_by: who asks, in any form that tells people apart.
        decided_by: who decides; must be someone else.
        on: the day of the decision.

    Returns:
        One objection per reason; empty means it may be granted.

    Source: bron-000, interventies 2 en 3; the second person and 90 days are our reading of the AVG, art. 5.

    >>> terms = MonitorTerms(question="azc", purpose="communicatie", legal_basis="", reason="",
    ...                      dpia_reference="", owner="", starts_on=None, ends_on=date(2022, 5, 1))
    >>> found = extension_objections(terms, new_end_on=date(2022, 9, 1), asked_by="a", decided_by="b",
    ...                              on=date(2022, 4, 20))
    >>> [objection.field for objection in found]
    ['new_end_on']
    """
    found = list(second_person_objections(asked_by=asked_by, decided_by=decided_by))
    if terms.state == "gestopt":
        found.append(Objection("state", "Een gestopte monitor wordt niet verlengd; begin een nieuwe."))
    if terms.ends_on and new_end_on <= terms.ends_on:
        found.append(Objection("new_end_on", "De nieuwe einddatum ligt niet na de huidige."))
    if new_end_on > latest_end(on):
        found.append(
            Objection(
                "new_end_on",
                f"Verlengen kan met hoogstens {MAX_DAYS_AHEAD} dagen vanaf vandaag; uiterlijk "
                f"{dutch_date(latest_end(on))}.",
            )
        )
    return tuple(found)


def retention_objections(*, days: int, asked_by: str, decided_by: str) -> tuple[Objection, ...]:
    """List every reason why raw text may not be kept this long (objections).

    Args:
        days: number of days asked for.
        asked_by: who asks.
        decided_by: who decides; must be someone else.

    Returns:
        One objection per reason; empty means it may be granted.

    Source: bron-004, hfd. 8; 30 and 90 days are our reading of the AVG, art. 5 lid 1 onder e.

    >>> [objection.field for objection in retention_objections(days=91, asked_by="a", decided_by="a")]
    ['decided_by', 'retention_days']
    """
    found = list(second_person_objections(asked_by=asked_by, decided_by=decided_by))
    if not 1 <= days <= RETENTION_MAX_DAYS:
        found.append(Objection("retention_days", f"Langer dan {RETENTION_MAX_DAYS} dagen kan niet."))
    return tuple(found)


def second_person_objections(*, asked_by: str, decided_by: str) -> tuple[Objection, ...]:
    """Object when one person both asks and decides (objections).

    Args:
        asked_by: who asks.
        decided_by: who decides; empty when nobody did.

    Returns:
        One objection, or none.

    Source: bron-000, interventies 2 en 3; four eyes are our reading.

    >>> second_person_objections(asked_by="a", decided_by="b")
    ()
    """
    if not decided_by or asked_by == decided_by:
        return (
            Objection(
                "decided_by", "Een tweede persoon moet beslissen; uw eigen aanvraag kan dat niet zijn."
            ),
        )
    return ()


def may_change(states: Mapping[str, Mapping[str, str]], *, current: str, to: str) -> bool:
    """Tell whether a state may follow another one (verdict).

    Args:
        states: ``MONITOR_STATES`` or ``PICTURE_STATES``.
        current: the state now.
        to: the state wanted.

    Returns:
        True when the table has that road.

    Method: table of states; every road carries its ground.

    >>> may_change(PICTURE_STATES, current="gepubliceerd", to="concept")
    False
    """
    return to in states.get(current, {})


def answer_before(received_on: date, *, extended: bool = False) -> date:
    """Give the last day on which a request of a data subject may be answered (date).

    Args:
        received_on: the day it was received.
        extended: whether the term was extended, once.

    Returns:
        The same day one month later, or three when extended; the last of a month that is shorter.

    Source: avg, art. 12 lid 3.

    >>> answer_before(date(2026, 1, 31)).isoformat()
    '2026-02-28'
    >>> answer_before(date(2026, 11, 29), extended=True).isoformat()
    '2027-02-28'
    """
    months = received_on.month - 1 + ANSWER_MONTHS + EXTENSION_MONTHS * extended
    year, month = received_on.year + months // 12, months % 12 + 1
    return date(year, month, min(received_on.day, monthrange(year, month)[1]))


def term_objections(received_on: date, *, ends_on: date, on: date) -> tuple[Objection, ...]:
    """List every reason why the term of a request may not be extended (objections).

    Args:
        received_on: the day it was received.
        ends_on: the day before which it must be answered now.
        on: the day someone wants to extend it.

    Returns:
        One objection per reason; empty means it may be extended.

    Source: avg, art. 12 lid 3: once, by two months, and told to the data subject within the first month.

    >>> received, ends = date(2026, 1, 5), date(2026, 2, 5)
    >>> [each.field for each in term_objections(received, ends_on=ends, on=date(2026, 2, 6))]
    ['on']
    """
    found = []
    if ends_on > answer_before(received_on):
        found.append(Objection("ends_on", "De termijn is al een keer verlengd; vaker kan niet."))
    if on > answer_before(received_on):
        found.append(
            Objection("on", "Verlengen kan alleen binnen een maand na ontvangst, en die maand is voorbij.")
        )
    return tuple(found)
