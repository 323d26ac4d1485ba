"""Which kilometres `opvang voorstel` reckons with: those of a file, those that ship, or none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regietafel.kernel.dutch import number

if TYPE_CHECKING:
    from regietafel.reception.engine.placing import Group, Location

NONE = "geen"
OF_FILE, SHIPPED = "bestand", "meegeleverd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kilometres:
    """Kilometres between municipalities, and where they come from: "bestand", "meegeleverd" or nowhere.

    `unknown`: municipalities for which none ship; then none are used.
    """

    km: Mapping[tuple[str, str], float]
    source: str = ""
    unknown: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Give it for machines."""
        return {"herkomst": self.source or None, "onbekend": list(self.unknown)}

    def told(self) -> Iterator[str]:
        """Say what the kilometres are, when they did not come with the question."""
        from regietafel.reception.engine.placing import DETOUR

        if self.source == SHIPPED:
            yield (
                f"Afstanden: hemelsbreed tussen hoofdplaatsen, maal {number(DETOUR)}; geen reistijd. "
                "Ligging: GeoNames (CC BY 4.0). Eigen afstanden geeft u met --afstanden."
            )
        if self.unknown:
            yield (
                f"Afstanden zijn niet bekend voor: {', '.join(self.unknown)}. Daarom telt alleen of een plek "
                "in de gemeente van de band ligt. Eigen afstanden geeft u met --afstanden."
            )


def read_kilometres(given: str | None) -> Kilometres | None:
    """Read the file that was given; None when the ones that ship are to be used.

    Raises:
        FileRefused: with every mistake.
    """
    from regietafel.reception.adapters.placing_files import read_km

    if given is None:
        return None
    return Kilometres(km={}) if given == NONE else Kilometres(km=read_km(Path(given)), source=OF_FILE)


def shipped_kilometres(groups: "tuple[Group, ...]", locations: "tuple[Location, ...]") -> Kilometres:
    """Return the kilometres that ship, from ties to locations; none when a municipality is unknown."""
    from regietafel.reception.adapters.centres import centres_of
    from regietafel.reception.engine.placing import km_between

    origins = {tie.municipality for group in groups for tie in group.ties}
    ends = {each.municipality for each in locations} if origins else set()
    points = centres_of(origins | ends)
    if unknown := tuple(sorted((origins | ends) - points.keys())):
        return Kilometres(km={}, unknown=unknown)
    km = km_between(points, ends=sorted(ends), origins=sorted(origins))
    return Kilometres(km=km, source=SHIPPED if km else "")
