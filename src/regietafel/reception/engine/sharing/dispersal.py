"""The formula of the Spreidingswet: weight by inhabitants and SES-WOA score, rounded per municipality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from regietafel.reception.engine.sharing.keys import INHABITANTS, Key, Origin, UnusableKey, key_of
from regietafel.reception.engine.sharing.shares import DISPERSAL, MOST_PLACES, Division, Indivisible, Portion

SMALLEST_REGULAR, SMALLEST_SPECIAL = 100, 16
SES_WOA = "SES-WOA"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceTask:
    """Places of a province: the sum of its municipalities, those that exist durably, and what remains."""

    name: str
    places: int
    durable: int | None = None

    @property
    def remaining(self) -> int | None:
        """What is left when durable places are taken off, at least 0; None when those are unknown."""
        return None if self.durable is None else max(0, self.places - self.durable)


def dispersal_key(
    inhabitants: Mapping[str, Fraction | None], scores: Mapping[str, Fraction | None], *, origin: Origin
) -> Key:
    """Weigh municipalities as the Spreidingswet does (key).

    Args:
        inhabitants: per municipality its number of inhabitants.
        scores: per municipality its SES-WOA score, above -1 and about -1 to 1.
        origin: source and reference day of both; the name and unit are ours.

    Returns:
        Per municipality (score + 1) x its inhabitants / those of all together. Only the proportion of these
        weights matters, so that all together may be any set of municipalities.

    Raises:
        UnusableKey: a number or score is unknown, or a score is -1 or lower.

    Source: besluit-spreidingswet, article 2.1 paragraph 3.

    >>> people = {"A": Fraction(100_000), "B": Fraction(50_000), "C": Fraction(50_000)}
    >>> scores = {"A": Fraction("0.2"), "B": Fraction(0), "C": Fraction("-0.2")}
    >>> key = dispersal_key(people, scores, origin=Origin(name="", unit=""))
    >>> [str(weight) for weight in key.weights.values()]
    ['3/5', '1/4', '1/5']
    """
    named = Origin(name=DISPERSAL, unit="gewicht", source=origin.source, reference_on=origin.reference_on)
    counted = Origin(name=INHABITANTS, unit=INHABITANTS)
    people = key_of(inhabitants, origin=counted)
    if unknown := tuple(name for name in people.weights if scores.get(name) is None):
        raise UnusableKey(f"Van {', '.join(unknown)} is niet bekend: {SES_WOA}.", names=unknown)
    known = {name: score for name in people.weights if (score := scores[name]) is not None}
    if low := tuple(name for name, score in known.items() if score <= -1):
        raise UnusableKey(f"De {SES_WOA}-score van {', '.join(low)} is −1 of lager.", names=low)
    all_together = people.denominator
    return Key(
        origin=named,
        weights={name: (known[name] + 1) * count / all_together for name, count in people.weights.items()},
    )


def disperse(total: int, key: Key) -> Division:
    """Divide a need over municipalities by the formula of the Spreidingswet (division).

    Args:
        total: places needed, 0 up to 10 million; for the part for unaccompanied minors that need by itself.
        key: as made by ``dispersal_key``.

    Returns:
        Per municipality total x weight / all weights, a half rounded upwards. The sum may differ from the
        total: the law takes the task of a province to be the sum of its rounded municipalities.

    Raises:
        Indivisible: the total is below 0 or above 10 million.

    Source: besluit-spreidingswet, article 2.1 paragraph 3 and article 2.2 paragraph 1.

    >>> weights = {"A": Fraction("0.6"), "B": Fraction("0.25"), "C": Fraction("0.2")}
    >>> key = Key(origin=Origin(name="", unit=""), weights=weights)
    >>> disperse(1000, key).places, disperse(85, key).places
    ({'A': 571, 'B': 238, 'C': 190}, {'A': 49, 'B': 20, 'C': 16})
    """
    if not 0 <= total <= MOST_PLACES:
        raise Indivisible("Het totaal moet een heel getal zijn van 0 tot en met 10 miljoen plaatsen.")
    together = key.denominator
    portions = []
    for name, weight in key.weights.items():
        quota = total * weight / together
        places = (2 * quota.numerator + quota.denominator) // (2 * quota.denominator)
        portions.append(Portion(name=name, weight=weight, quota=quota, fair=quota, places=places))
    return Division(method=DISPERSAL, total=total, portions=tuple(portions))


def provinces(
    division: Division, provinces_of: Mapping[str, str], *, durable: Mapping[str, int | None] | None = None
) -> tuple[ProvinceTask, ...]:
    """Add up the places of municipalities per province (tasks).

    Args:
        division: rounded places per municipality.
        provinces_of: the province of each municipality; who is absent is left out.
        durable: places that exist for five years or longer, per municipality; None where unknown.

    Returns:
        Per province, by name, the sum of rounded places. What exists durably is taken off; if that is
        unknown of one municipality, it is unknown of its province.

    Source: besluit-spreidingswet, article 2.1; spreidingswet, article 2 paragraph 3.

    >>> key = Key(origin=Origin(name="", unit=""), weights={"A": Fraction(1), "B": Fraction(1)})
    >>> both = {"A": "Overijssel", "B": "Overijssel"}
    >>> provinces(disperse(5, key), both, durable={"A": 2, "B": 1})[0].remaining
    3
    """
    members: dict[str, list[str]] = {}
    for portion in division.portions:
        if province := provinces_of.get(portion.name):
            members.setdefault(province, []).append(portion.name)
    places = division.places
    return tuple(
        ProvinceTask(
            name=province,
            places=sum(places[name] for name in names),
            durable=None if durable is None else _sum_if_known(durable.get(name) for name in names),
        )
        for province, names in sorted(members.items())
    )


def _sum_if_known(values: Iterable[int | None]) -> int | None:
    given = list(values)
    known = [value for value in given if value is not None]
    return sum(known) if len(known) == len(given) else None


def too_small(division: Division, *, smallest: int = SMALLEST_REGULAR) -> tuple[str, ...]:
    """Name the municipalities whose share is smaller than the smallest facility (names).

    Args:
        division: places per municipality.
        smallest: places of the smallest facility: 100 for a regular one, 16 for a special one.

    Returns:
        Names, in the order of the division, of who has more than 0 and fewer than ``smallest`` places. A
        share stays what it is: places may be spread within the municipality, and neighbours may join.

    Source: besluit-spreidingswet, article 3.1. That the share itself is not raised to it is our reading.

    >>> key = Key(origin=Origin(name="", unit=""), weights={"A": Fraction(9), "B": Fraction(1)})
    >>> too_small(disperse(500, key))
    ('B',)
    """
    return tuple(portion.name for portion in division.portions if 0 < portion.places < smallest)
