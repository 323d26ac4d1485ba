"""The places of the fictional region: locations, who came and left, buses that are expected, and groups."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from random import Random
from typing import Any

from django.db import transaction

from regietafel.kit.clock import Story, as_if
from regietafel.reception.models import Booking, Group, Location, Pool
from regietafel.reception.selectors.access import Region, region_around
from regietafel.reception.selectors.sharing import Wish
from regietafel.reception.services.assistance import Offer, answer_request, ask_assistance
from regietafel.reception.services.booking import Full, Wanted, book_together
from regietafel.reception.services.forecasting import Content, create_scenario
from regietafel.reception.services.groups import create_group
from regietafel.reception.services.housing import record_half_year
from regietafel.reception.services.places import add_block, add_pool, create_location
from regietafel.reception.services.sharing import agree_target, make_assignment
from regietafel.register.public import Area, Dossier, Organisation, User, districts_of

DAYS_A_WEEK = 7
LARGEST_HOUSEHOLD = 5
SECOND_HALF = 7


@dataclass(frozen=True)
class Stage(Story):
    """The day that counts as today, who acts, for whom, where, and about what."""

    people: Mapping[str, User]
    organisations: Mapping[str, Organisation]
    dossiers: Mapping[str, Dossier]

    def municipality(self, name: str) -> Area:
        """Return a municipality of the fictional region by its name."""
        return Area.objects.get(name=name, kind=Area.Kind.MUNICIPALITY, code__startswith="X")

    def district(self, municipality: str, name: str | None) -> Area | None:
        """Return a wijk of a municipality by its name; None where the script names none."""
        inside = districts_of([self.municipality(municipality)])
        return next((one.area for one in inside if one.area.name == name), None)


@transaction.atomic
def tell_demo_reception(*, script: Mapping[str, Any], stage: Stage) -> None:
    """Set up the locations of the script, let people come and go, and expect buses and groups."""
    with as_if(stage.at(script["begin"])):
        pools = {plan["sleutel"]: _location(plan, stage) for plan in script["locatie"]}
    _people(script, pools, stage=stage)
    _asked(script, stage)
    with as_if(stage.at(-20)):
        _housing(script, stage)
    _expected(script, pools, stage=stage)


def _location(plan: Mapping[str, Any], stage: Stage) -> Pool:
    by = stage.people[plan["door"]]
    location = create_location(
        organisation=stage.organisations[plan["organisatie"]],
        by=by,
        name=plan["naam"],
        municipality=stage.municipality(plan["gemeente"]),
        district=stage.district(plan["gemeente"], plan.get("wijk")),
        address=plan.get("adres", ""),
        dossier=stage.dossiers.get(plan.get("dossier", "")),
        features=plan.get("kenmerken", []),
        contact=plan.get("contact", ""),
        costs=plan.get("kosten", ""),
        note=plan.get("opmerking", ""),
        shared_with_region=plan.get("gedeeld", True),
    )
    return _pool(location, plan["plaatsen"][0], stage=stage, by=by)


def _pool(location: Location, plan: Mapping[str, Any], *, stage: Stage, by: User) -> Pool:
    pool = add_pool(
        location=location,
        by=by,
        kind=plan["soort"],
        room_size=plan.get("kamer", 1),
        accessible_places=plan.get("toegankelijk"),
        care_places=plan.get("zorg"),
    )
    for block in plan["blok"]:
        add_block(
            pool=pool,
            by=by,
            places=block["aantal"],
            blocked=block.get("niet_te_gebruiken", 0),
            from_on=stage.day(block["van"]),
            until_on=stage.day(block["tot"]) if "tot" in block else None,
            probability=Decimal(str(block.get("kans", 1))),
            source=block["bron"],
        )
    return pool


def _people(script: Mapping[str, Any], pools: Mapping[str, Pool], *, stage: Stage) -> None:
    """Let households come day by day and leave when they leave; who finds it full goes elsewhere."""
    by = stage.people[script["door"]]
    chance = Random(script["begingetal"])  # noqa: S311  (an invented region, not a secret)
    households = [
        (first, key, people, stays)
        for key, flow in script["instroom"].items()
        for first, people, stays in _households(flow, chance, begin=script["begin"])
    ]
    known = _Known(script, stage)
    for (number, key), there in groupby(sorted(households), key=itemgetter(0, 1)):
        with as_if(stage.at(number)), suppress(Full), transaction.atomic():
            wanted = [_stay(pools[key], one, group=known.group(one), stage=stage) for one in there]
            book_together(wanted=wanted, by=by)


class _Known:
    """Writes down the groups of the last weeks by a code, with what they need; older ones are erased."""

    def __init__(self, script: Mapping[str, Any], stage: Stage) -> None:
        self.plan, self.stage, self.count = script["eerder"], stage, 0
        self.by = stage.people[script["door"]]
        self.point = stage.organisations[script["coordinatie"]]
        self.chance = Random(script["begingetal"])  # noqa: S311  (an invented region, not a secret)

    def group(self, household: tuple[int, str, int, int]) -> Group | None:
        """Return the group of a household; None when it came too long ago or was housed by a family."""
        number, key, people, stays = household
        if number < self.plan["sinds"] or key not in self.plan["naar"]:
            return None
        fitting = [each for each in self.plan["soort"] if each["van"] <= people <= each["tot_en_met"]]
        told = self.chance.choice(fitting)
        self.count += 1
        return create_group(
            organisation=self.point,
            by=self.by,
            code=f"E-{100 + self.count}",
            shares_room=True,
            leaves_on=_left(number, stays, stage=self.stage),
            **_needs({**told, "mensen": people, "komt": number}, self.stage),
        )


def _stay(pool: Pool, household: tuple[int, str, int, int], *, group: Group | None, stage: Stage) -> Wanted:
    number, _key, people, stays = household
    return Wanted(
        pool=pool,
        kind=Booking.Kind.PLACEMENT,
        group=group,
        people=people,
        from_on=stage.day(number),
        until_on=_left(number, stays, stage=stage),
    )


def _left(came: int, stays: int, *, stage: Stage) -> date | None:
    """Return the day on which people left; None when they are still there and nobody knows."""
    left = stage.day(came + stays)
    return left if left <= stage.today else None


def _households(flow: Mapping[str, Any], chance: Random, *, begin: int) -> Iterator[tuple[int, int, int]]:
    """Draw households: the day they come, how many they are, and for how many days."""
    first = begin + 1 if flow["begin"] else -59
    people = flow["begin"]
    while people > 0:
        size = min(chance.randint(1, LARGEST_HOUSEHOLD), people)
        people -= size
        yield first, size, _length(flow, chance)
    for day in range(first + 1, 1):
        expected = flow["per_week"] / DAYS_A_WEEK
        if chance.random() < expected / (1 + LARGEST_HOUSEHOLD) * 2:
            yield day, chance.randint(1, LARGEST_HOUSEHOLD), _length(flow, chance)


def _length(flow: Mapping[str, Any], chance: Random) -> int:
    return max(3, round(chance.expovariate(1 / flow["blijft"])))


def _asked(script: Mapping[str, Any], stage: Stage) -> None:
    """Divide what was asked of the region, and hear what another region asks."""
    by, point = stage.people[script["door"]], stage.organisations[script["coordinatie"]]
    assert point.area is not None
    region, plan = region_around(point.area), script["opdracht"]
    with as_if(stage.at(plan["dag"])):
        assignment = make_assignment(
            region=region,
            wish=Wish(total=plan["totaal"], on=stage.day(plan["dag"]), minimum=plan["minimum"]),
            by=by,
            title=plan["titel"],
            received_on=stage.day(plan["dag"]),
            due_on=stage.day(plan["leveren"]),
            source=plan["bron"],
            counts_private=False,
            note="",
        )
        for agreed in plan["afgesproken"]:
            target = assignment.targets.get(municipality__name=agreed["gemeente"])
            agree_target(target=target, places=agreed["plaatsen"], note=agreed["reden"], by=by)
    _assistance(script["bijstand"], region, stage=stage, by=by)
    own = script["scenario"]
    content = Content(
        name=own["naam"],
        source=own["berust_op"],
        factor=own["factor"],
        leaving_percent_a_week=own["week"],
        returning_percent=own["terug"],
    )
    with as_if(stage.at(script["bijstand"]["dag"])):
        create_scenario(organisation=point, content=content, by=by)


def _housing(script: Mapping[str, Any], stage: Stage) -> None:
    """Keep the books of the task to house permit holders for the half-year of today and the one before."""
    by, point = stage.people[script["door"]], stage.organisations[script["coordinatie"]]
    now = date(stage.today.year, 1 if stage.today.month < SECOND_HALF else SECOND_HALF, 1)
    before = date(now.year, 1, 1) if now.month == SECOND_HALF else date(now.year - 1, SECOND_HALF, 1)
    for plan in script["taakstelling"]:
        shared = {"national_inhabitants": plan["nederland"], "source": plan["bron"], "official": None}
        for starts_on, half in ((before, plan["vorig"]), (now, plan["nu"])):
            record_half_year(
                organisation=point,
                municipality=stage.municipality(plan["gemeente"]),
                starts_on=starts_on,
                by=by,
                inhabitants=plan["inwoners"],
                key_on=date(starts_on.year, 1, 1),
                permit_holders=half["vergunninghouders"],
                housed=half["gehuisvest"],
                opening_balance=half.get("stand"),
                **shared,
            )


def _assistance(plan: Mapping[str, Any], region: Region, *, stage: Stage, by: User) -> None:
    with as_if(stage.at(plan["dag"])):
        request = ask_assistance(
            region=region,
            by=by,
            asked_by=plan["regio"],
            asked_on=stage.day(plan["dag"]),
            people=plan["mensen"],
            from_on=stage.day(plan["van"]),
            until_on=stage.day(plan["tot"]),
            question=plan["vraag"],
            ground=plan["grondslag"],
            answer_by=stage.day(plan["antwoord"]),
        )
        for told in plan["aanbod"]:
            offer = Offer(places=told["plaatsen"], note=told["toelichting"])
            municipality = stage.municipality(told["gemeente"])
            answer_request(request=request, municipality=municipality, offer=offer, by=by)


def _expected(script: Mapping[str, Any], pools: Mapping[str, Pool], *, stage: Stage) -> None:
    """Expect the buses of the script, and the groups that have no place yet."""
    by, point = stage.people[script["door"]], stage.organisations[script["coordinatie"]]
    with as_if(stage.at(-1)):
        book_together(wanted=[_bus(plan, pools, stage=stage) for plan in script["bus"]], by=by)
    with as_if(stage.at(0)):
        for plan in script["groep"]:
            create_group(organisation=point, by=by, code=plan["code"], **_needs(plan, stage))


def _bus(plan: Mapping[str, Any], pools: Mapping[str, Pool], *, stage: Stage) -> Wanted:
    return Wanted(
        pool=pools[plan["naar"]],
        kind=Booking.Kind.RESERVATION,
        group=None,
        people=plan["mensen"],
        from_on=stage.day(plan["dag"]),
        origin=plan["naam"],
    )


def _needs(plan: Mapping[str, Any], stage: Stage) -> dict[str, Any]:
    return {
        "people": plan["mensen"],
        "needs": plan.get("nodig", []),
        "accessible": plan.get("toegankelijk", 0),
        "care": plan.get("zorg", 0),
        "urgency": plan.get("urgentie", 1),
        "link": plan.get("koppeling", ""),
        "earlier": stage.municipality(plan["eerder"]) if "eerder" in plan else None,
        "tied_to": stage.municipality(plan["gebonden"]) if "gebonden" in plan else None,
        "arrives_on": stage.day(plan["komt"]),
    }
