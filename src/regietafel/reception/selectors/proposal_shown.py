"""A proposal as people read it: its lines, how good it is in plain words, and what it was reckoned with."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.reception.models import Group, Pool, Proposal, ProposalLine
from regietafel.reception.selectors.alternatives import Table, sorted_lines, table_of, trouble_of
from regietafel.reception.selectors.distances import distances_told, what_km_are
from regietafel.reception.selectors.proposing import starts_on


@dataclass(frozen=True)
class ShownLine:
    """A line with what the group needs and, while it is open, what stands in its way now."""

    line: ProposalLine
    needs: str
    kind: str
    trouble: str = ""
    may_choose: bool = False


def told(proposal: Proposal) -> dict[str, Any]:
    """Return everything the page of a proposal shows."""
    is_open = proposal.state == Proposal.State.OPEN
    table = table_of(proposal) if is_open else None
    lines = (
        list(table.lines)
        if table
        else list(proposal.lines.select_related("group", "chosen__location__municipality", "booking"))
    )
    trouble = trouble_of(table) if table else {}
    rows = [
        ShownLine(
            line,
            needs_of(line.group),
            kind_of(line.chosen),
            trouble.get(line.pk, ""),
            table is not None and table.holds(line),
        )
        for line in sorted_lines(lines)
    ]
    return {
        "unplaced": [row for row in rows if row.line.chosen_id is None],
        "placed": [row for row in rows if row.line.chosen_id is not None],
        "has_trouble": bool(trouble),
        "is_open": is_open,
        "quality": list(quality_of(proposal, lines=lines)),
        "facts": facts_of(proposal),
        "share": share_of(proposal),
    }


def needs_of(group: Group | None) -> str:
    """Say what a group needs, in a few words."""
    if group is None:
        return _("gewist")
    found = [str(each) for each in group.needs]
    found += [_("toegankelijk %d") % group.accessible] if group.accessible else []
    found += [_("zorg %d") % group.care] if group.care else []
    found += [_("urgentie %d") % group.urgency] if group.urgency > 1 else []
    found += [_("hoort bij %s") % group.link.rpartition("/")[2]] if group.link else []
    return ", ".join(found)


def where_of(line: ProposalLine) -> str:
    """Say which place a line has, and what kind of places those are."""
    return f"{line.chosen.location.name} ({kind_of(line.chosen)})" if line.chosen else ""


def kind_of(pool: Pool | None) -> str:
    """Say what kind of places a pool has, and for whom they are kept."""
    if pool is None:
        return ""
    kept = f", {pool.get_target_group_display()}" if pool.target_group else ""
    return f"{pool.get_kind_display()}{kept}"


def group_told(line: ProposalLine) -> str:
    """Say of whom a line is."""
    people = dutch.counted(line.people, one=_("persoon"), many=_("personen"))
    needs = needs_of(line.group)
    return ". ".join(part for part in (people, needs[:1].upper() + needs[1:]) if part) + "."


def purpose_of(proposal: Proposal) -> str:
    """Say for which nights, and how many people have a place in it."""
    return _(
        "%(placed)s met een plek, %(without)s zonder. Nachten van %(first)s tot %(until)s, %(variant)s."
    ) % {
        "placed": dutch.counted(proposal.placed, one=_("persoon"), many=_("mensen")),
        "without": dutch.number(proposal.unplaced),
        "first": dutch.date(proposal.first_on),
        "until": dutch.date(proposal.until_on),
        "variant": proposal.get_variant_display(),
    }


def quality_of(proposal: Proposal, *, lines: Sequence[ProposalLine] = ()) -> Iterator[str]:
    """Say how good a proposal is, and what is left to gain."""
    if proposal.is_proven:
        yield _("Bewezen: geen ander voorstel doet het beter, met de doelen in hun volgorde.")
    elif proposal.gap_percent is not None:
        yield _(
            "Niet bewezen het beste. Een ander voorstel kan hoogstens %(gap)s %% beter zijn: dit voorstel "
            "heeft %(value)s punten, en lager dan %(bound)s kan niet."
        ) % {
            "gap": dutch.number(proposal.gap_percent, decimals=3),
            "value": dutch.number(proposal.value, decimals=0),
            "bound": dutch.number(proposal.bound, decimals=0),
        }
    inputs = proposal.inputs if isinstance(proposal.inputs, dict) else {}
    if "alleenreizend" in (inputs.get("terugval") or ()):
        yield _(
            "Er is geen locatie voor wie alleen reist. Zolang dat zo is, zijn zij over de gewone plekken "
            "verdeeld."
        )
    aims = inputs.get("doelen") or {}
    if aims.get("gekoppeld"):
        yield _("%(here)s van %(all)s gekoppelde stellen in één gemeente.") % {
            "here": dutch.number(aims.get("gekoppeld_bij_elkaar")),
            "all": dutch.number(aims.get("gekoppeld")),
        }
    yield from _slack_told(inputs.get("straks") or {})
    if inputs.get("uitbreiding"):
        yield _("Kleinste uitbreiding die helpt: %s") % inputs["uitbreiding"]
    if changed := sum(line.is_changed for line in lines):
        moved = sum(bool(line.change_reason) and not line.is_changed for line in lines)
        told = dutch.counted(changed, one=_("regel"), many=_("regels"))
        along = dutch.counted(moved, one=_("groep verhuisde mee"), many=_("groepen verhuisden mee"))
        yield (
            (_("U wijzigde %s") % told)
            + (f", {along}" if moved else "")
            + "; "
            + _("wat hierboven staat, gaat over het voorstel zoals het was berekend.")
        )


def _slack_told(later: dict[str, Any]) -> Iterator[str]:
    """Say what those who come later find, beside this proposal and beside the best for today alone."""
    if "vindt_plek" not in later:
        return
    values = {
        "coming": dutch.number(later["verwacht"], decimals=0),
        "placed": dutch.number(later["vindt_plek"], decimals=1),
        "otherwise": dutch.number(later["zonder_speling"], decimals=1),
    }
    told = _(
        "Van %(coming)s mensen die later komen (iets meer dan u verwacht) vinden er naar schatting "
        "%(placed)s een plek."
    )
    if later["vindt_plek"] > later["zonder_speling"]:
        told = _(
            "Wie later komt, heeft hier baat bij: van %(coming)s mensen (iets meer dan u verwacht) vinden er "
            "naar schatting %(placed)s een plek, en %(otherwise)s als alleen vandaag telt."
        )
    yield told % values


def _kept(later: dict[str, Any]) -> str:
    """Say for how many people who come later room was kept."""
    if not later.get("personen"):
        return _("nee")
    if not later.get("uit_groepen"):
        return _("nee: er zijn geen eerdere groepen om een beeld van later uit te krijgen")
    seen = dutch.counted(later["uit_groepen"], one=_("eerdere groep"), many=_("eerdere groepen"))
    return _("%(people)s personen, getrokken uit %(seen)s") % {
        "people": dutch.number(later["personen"]),
        "seen": seen,
    }


def facts_of(proposal: Proposal) -> list[tuple[str, Any]]:
    """Return what a proposal was reckoned with."""
    inputs = proposal.inputs if isinstance(proposal.inputs, dict) else {}
    later = inputs.get("straks") or {}
    return [
        (_("Nummer"), str(proposal.pk)),
        *([(_("Vervangt"), _("voorstel %d") % inputs["vervangt"])] if inputs.get("vervangt") else []),
        (_("Gemaakt"), proposal.made_at),
        (_("Door"), str(proposal.made_by or _("onbekend"))),
        (_("Variant"), proposal.get_variant_display()),
        (_("Opdracht voor het aandeel"), inputs.get("opdracht") or _("geen; het aandeel telt niet mee")),
        (_("Plek gehouden voor later"), _kept(later)),
        (_("Afstanden"), distances_told(inputs, counts=proposal.variant == Proposal.Variant.TAILORED)),
        (_("Begingetal van het toeval"), str(proposal.seed)),
        (_("Hoogstens gerekend (seconden)"), proposal.seconds),
        (_("Plekken bekeken"), len(inputs.get("plekken") or ())),
    ]


def choices_lost(proposal: Proposal) -> list[str]:
    """Say which choices of people are lost with a proposal, and why they were made."""
    lines = proposal.lines.filter(is_changed=True).select_related("group", "chosen__location").order_by("pk")
    return [
        _("Uw keuze voor %(group)s vervalt: %(place)s (“%(why)s”).")
        % {
            "group": line.group or _("een gewiste groep"),
            "place": where_of(line) or _("nog geen plek"),
            "why": line.change_reason,
        }
        for line in lines
    ]


def about_km(table: Table) -> str:
    """Say what the kilometres in a price are; empty when there are none."""
    tailored = table.proposal.variant == Proposal.Variant.TAILORED
    return what_km_are(table.ground.distances.sources) if tailored and table.ground.task.km else ""


def share_of(proposal: Proposal) -> list[tuple[str, int]]:
    """Return how far each municipality was behind its target, most first."""
    inputs = proposal.inputs if isinstance(proposal.inputs, dict) else {}
    return sorted((inputs.get("achterstand") or {}).items(), key=lambda pair: (-pair[1], pair[0]))


def bookings_told(proposal: Proposal) -> list[str]:
    """Say what confirming books, one line per place."""
    found: dict[str, list[int]] = {}
    kinds: Counter[bool] = Counter()
    for line in proposal.lines.filter(group__isnull=False).select_related("group", "chosen__location"):
        found.setdefault(where_of(line), []).append(line.people)
        if line.group is not None and line.chosen_id is not None:
            kinds[starts_on(proposal, line.group) <= timezone.localdate()] += line.people
    lines = [
        _("%(place)s: %(people)s in %(groups)s")
        % {
            "place": place,
            "people": dutch.counted(sum(people), one=_("persoon"), many=_("personen")),
            "groups": dutch.counted(len(people), one=_("groep"), many=_("groepen")),
        }
        for place, people in sorted(found.items())
        if place
    ]
    without = found.get("", [])
    if without:
        people = dutch.counted(sum(without), one=_("persoon blijft"), many=_("personen blijven"))
        lines.append(_("%s zonder plek.") % people)
    return [*lines, *_kinds_told(kinds)]


def _kinds_told(kinds: Mapping[bool, int]) -> Iterator[str]:
    """Say who is placed at once, and for whom places are only held until they come."""
    if here := kinds[True]:
        people = dutch.counted(here, one=_("persoon is"), many=_("mensen zijn"))
        yield _("%s er vandaag al: dat wordt een plaatsing.") % people
    if later := kinds[False]:
        people = dutch.counted(later, one=_("persoon komt"), many=_("mensen komen"))
        yield _("%s nog: dat wordt een reservering, tot u hen plaatst.") % people


def trouble_told(table: Table, line: ProposalLine) -> str:
    """Say what stands in the way of the place a line has now."""
    return trouble_of(table).get(line.pk, "")
