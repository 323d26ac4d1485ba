"""Kilometres between municipalities, from the centres of the reference data, and what is said of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.reception.engine import placing
from regietafel.reception.models import Group
from regietafel.register.public import Area, Organisation


@dataclass(frozen=True)
class Distances:
    """Kilometres from where people have a tie to where the locations are.

    `known`: the municipalities that have a centre. `sources`: who says where those centres are.
    """

    km: Mapping[tuple[str, str], float]
    known: Collection[str]
    sources: Sequence[str]

    def as_dict(self, task: placing.PlacingTask) -> dict[str, Any]:
        """Give what a task was reckoned with: a row per pair that matters, and who has no known distance."""
        origins = {tie.municipality for group in task.groups for tie in group.ties}
        ends = {each.municipality for each in task.locations} if origins else set()
        return {
            "omwegfactor": placing.DETOUR,
            "bronnen": list(self.sources),
            "km": [[*pair, far] for pair, far in sorted(self.km.items()) if pair[0] in origins],
            "onbekend": sorted((origins | ends) - set(self.known)),
        }


def distances_for(organisation: Organisation, ends: Iterable[Area]) -> Distances:
    """Return the kilometres from where groups of an organisation have a tie to where the places are."""
    there = {area.pk: area for area in ends}
    groups = Group.objects.filter(organisation=organisation)
    tied = Q(pk__in=groups.values("earlier_id")) | Q(pk__in=groups.values("tied_to_id"))
    areas = there | {area.pk: area for area in Area.objects.filter(tied).defer("geometry")}
    points, sources = {}, set()
    for area in areas.values():
        if area.latitude is not None and area.longitude is not None:
            points[area.name] = placing.Point(latitude=area.latitude, longitude=area.longitude)
            sources.add(_short_source(area.centre_source))
    km = placing.km_between(
        points,
        ends=sorted(area.name for area in there.values()),
        origins=sorted(area.name for area in areas.values()),
    )
    return Distances(km=km, known=frozenset(points), sources=sorted(sources - {""}))


def _short_source(source: str) -> str:
    """Name who says where a town lies, with the licence that asks to be named."""
    return "GeoNames (CC BY 4.0)" if source.startswith("GeoNames") else source.partition(",")[0]


def distances_told(inputs: Mapping[str, Any], *, counts: bool) -> str:
    """Say what the distances of a proposal are; `counts`: whether ties count in this variant."""
    if not counts:
        return _("tellen niet mee in deze variant")
    found = inputs.get("afstanden")
    if not isinstance(found, dict):
        return _("niet bekend; alleen in of buiten de gemeente van een band telt")
    unknown = [str(name) for name in found.get("onbekend") or ()]
    if found.get("km") is None:
        return _("%s Tussen welke gemeenten, is met een groep gewist.") % what_km_are(found.get("bronnen"))
    told = [what_km_are(found.get("bronnen"))] if found["km"] or not unknown else []
    if unknown:
        told.append(
            _("Niet bekend voor %s: daar telt alleen of de plek in de gemeente van de band ligt.")
            % ", ".join(unknown)
        )
    return " ".join(told)


def what_km_are(sources: Sequence[str] | None) -> str:
    """Say how far the kilometres of a proposal can be trusted, and who says where the towns lie."""
    told = _(
        "Hemelsbreed tussen de hoofdplaatsen van twee gemeenten, maal %s; geen reistijd. Het adres van de "
        "locatie telt niet mee."
    ) % dutch.number(placing.DETOUR)
    return f"{told} {_('Ligging van de plaatsen: %s.') % ', '.join(sources)}" if sources else told
