"""The nouns of dividing: who takes part, what each gets, and why a division is refused."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

MOST_PLACES = 10_000_000
SAINTE_LAGUE, HAMILTON, DHONDT, ROUNDING = "sainte-lague", "hamilton", "dhondt", "afronden"
METHODS = (SAINTE_LAGUE, HAMILTON, DHONDT, ROUNDING)
DISPERSAL = "spreidingswet"
LEAST, MOST = "minimum", "maximum"
TIE_RULE = (
    "Bij een gelijke stand gaat de gemeente met het hoogste gewicht voor, en bij gelijk gewicht de naam die "
    "in het alfabet eerder komt."
)


class Indivisible(ValueError):
    """The places cannot be divided in this way; ``message`` says why, in Dutch, and ``names`` over whom."""

    def __init__(self, message: str, *, names: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.names = names


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharer:
    """A municipality that takes part: its weight, and between how many places it must end.

    ``least`` is what it gets at least; places that exist already and count are part of that. ``most`` is its
    capacity, None without a limit.
    """

    name: str
    weight: Fraction
    least: int = 0
    most: int | None = None

    def within(self, places: int) -> int:
        """Move a number of places to the nearest one that is allowed."""
        raised = max(places, self.least)
        return raised if self.most is None else min(raised, self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What one municipality gets, in places.

    ``quota`` is its exact share of the total by weight alone; ``fair`` is that share after the minimum and
    maximum of everybody were met. ``held_by`` says which bound decides: minimum, maximum or nothing.
    """

    name: str
    weight: Fraction
    quota: Fraction
    fair: Fraction
    places: int
    held_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Municipalities with equally good claims to the last places: who got one, and who did not."""

    winners: tuple[str, ...]
    losers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """Places divided over municipalities, in the order in which they were given."""

    method: str
    total: int
    portions: tuple[Portion, ...]
    tie: Tie | None = None

    @property
    def placed(self) -> int:
        """Count the places that were given; with simple rounding that may differ from the total."""
        return sum(portion.places for portion in self.portions)

    @property
    def places(self) -> dict[str, int]:
        """Give the places by name."""
        return {portion.name: portion.places for portion in self.portions}


def refuse_impossible(total: int, sharers: tuple[Sharer, ...]) -> None:
    """Refuse what no method can divide: bounds that contradict, too few or too many places."""
    if not 0 <= total <= MOST_PLACES:
        raise Indivisible("Het totaal moet een heel getal zijn van 0 tot en met 10 miljoen plaatsen.")
    if not sharers:
        raise Indivisible("Er doet geen enkele gemeente mee; er valt niets te verdelen.")
    _refuse_odd_sharers(sharers)
    needed = sum(sharer.least for sharer in sharers)
    if needed > total:
        raise Indivisible(
            f"De minimums zijn samen {needed} plaatsen en dat is meer dan het totaal van {total}. "
            "Verlaag het minimum of verhoog het totaal."
        )
    _refuse_lack_of_room(total, sharers)


def _refuse_odd_sharers(sharers: tuple[Sharer, ...]) -> None:
    names = sorted(sharer.name for sharer in sharers)
    if double := [one for one, other in pairwise(names) if one == other]:
        raise Indivisible(f"{double[0]} staat er twee keer in.", names=tuple(double))
    for sharer in sharers:
        if sharer.weight < 0 or sharer.least < 0:
            raise Indivisible(f"{sharer.name} heeft een gewicht of minimum onder nul.", names=(sharer.name,))
        if sharer.most is not None and sharer.most < sharer.least:
            raise Indivisible(
                f"{sharer.name} moet minstens {sharer.least} plaatsen krijgen, maar heeft ruimte voor "
                f"{sharer.most}. Pas het minimum of de capaciteit aan.",
                names=(sharer.name,),
            )
    if not any(sharer.weight for sharer in sharers):
        raise Indivisible("Alle gewichten zijn 0; dan is er geen verhouding om naar te verdelen.")


def _refuse_lack_of_room(total: int, sharers: tuple[Sharer, ...]) -> None:
    """A municipality without weight gets its minimum and no more; the others must hold the rest."""
    rest = total - sum(sharer.least for sharer in sharers if not sharer.weight)
    limits = [sharer.most for sharer in sharers if sharer.weight]
    room = sum(limit for limit in limits if limit is not None)
    if None not in limits and room < rest:
        raise Indivisible(
            f"De gemeenten hebben samen ruimte voor {total - rest + room} plaatsen en dat is minder dan "
            f"het totaal van {total}. Vergroot de capaciteit of verlaag het totaal."
        )
