"""Keeping locations: who may, what is shared, and what a change of places does to promises."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from regietafel.kit.models import AuditEvent
from regietafel.kit.refusal import Refused
from regietafel.reception.models import CapacityBlock, PlaceDay, Pool
from regietafel.reception.services import places as keeping
from regietafel.reception.services.booking import Full, book
from regietafel.reception.services.upkeep import wrong_days
from tests.app.reception.places import Places, in_days, location_of, pool_of, wanted

SOURCE = {"source": "contract 12"}


def _short(pool: Pool, day: int) -> int:
    return PlaceDay.objects.get(pool=pool, day=in_days(day)).short


def _unusable(number: int, **days: Any) -> keeping.Unusable:
    return keeping.Unusable(**{"number": number, "from_on": in_days(1), "reason": "lekkage", **days})


def _block(pool: Pool) -> CapacityBlock:
    return CapacityBlock.objects.get(pool=pool, superseded_at__isnull=True)


def test_a_new_location_is_nobody_elses_business(places: Places) -> None:
    values = {"name": "Pastorie", "municipality": places.north.area}
    made = keeping.create_location(organisation=places.north, by=places.keeper, **values)
    assert not made.shared_with_region
    for other in (places.placer, places.clerk):
        with pytest.raises(Refused):
            keeping.create_location(organisation=places.north, by=other, **values)
    with pytest.raises(Refused, match="deze naam"):
        keeping.create_location(organisation=places.north, by=places.keeper, **values)


def test_confidential_and_shared_do_not_go_together(places: Places) -> None:
    with pytest.raises(Refused, match="telt dezelfde plaatsen"):
        keeping.change_location(location=places.location, by=places.keeper, confidentiality=2)
    keeping.share_location(location=places.location, with_region=False, by=places.keeper)
    keeping.change_location(location=places.location, by=places.keeper, confidentiality=2)
    with pytest.raises(Refused, match="telt dezelfde plaatsen"):
        keeping.share_location(location=places.location, with_region=True, by=places.keeper)


def test_nobody_makes_a_location_so_secret_that_it_is_lost(places: Places) -> None:
    with pytest.raises(Refused, match="zo vertrouwelijk"):
        keeping.create_location(organisation=places.south, by=places.clerk, confidentiality=2,
                                name="Kelder", municipality=places.south.area)  # fmt: skip


def test_only_who_keeps_a_location_changes_it(places: Places) -> None:
    block = _block(places.hall)
    acts: list[Any] = [
        lambda by: keeping.change_location(location=places.location, by=by, name="x"),
        lambda by: keeping.share_location(location=places.location, with_region=False, by=by),
        lambda by: keeping.close_location(location=places.location, on=in_days(3), reason="x", by=by),
        lambda by: keeping.add_pool(location=places.location, by=by, kind="azc"),
        lambda by: keeping.add_block(pool=places.hall, by=by, places=1, from_on=in_days(1), **SOURCE),
        lambda by: keeping.change_block(block=block, by=by, places=1),
        lambda by: keeping.withdraw_block(block=block, reason="x", by=by),
        lambda by: keeping.block_places(block=block, unusable=_unusable(1, until_on=None), by=by),
    ]
    for act in acts:
        for other in (places.placer, places.clerk, places.reader, None):
            with pytest.raises(Refused, match="beheert"):
                act(other)


def test_fewer_places_than_promised_is_said_and_not_refused(places: Places) -> None:
    book(wanted=wanted(places.hall, 45), by=places.placer)
    keeping.change_block(block=_block(places.hall), by=places.keeper, places=40, reason="brand")
    assert (_short(places.hall, 0), _short(places.hall, 10)) == (5, 0)
    with pytest.raises(Full):
        book(wanted=wanted(places.hall, 1), by=places.placer)
    keeping.change_block(block=_block(places.hall), by=places.keeper, places=50)
    assert _short(places.hall, 0) == 0


def test_what_we_knew_of_a_block_stays(places: Places) -> None:
    before = _block(places.hall)
    after = keeping.change_block(block=before, by=places.keeper, places=40)
    before.refresh_from_db()
    assert (before.places, before.superseded_at, after.series) == (50, after.recorded_at, before.series)
    with pytest.raises(Refused, match="intussen gewijzigd"):
        keeping.change_block(block=before, by=places.keeper, places=30)


def test_places_that_may_come_cannot_be_promised_until_they_do(places: Places) -> None:
    pool = keeping.add_pool(location=places.location, by=places.keeper, kind="azc")
    values = {"places": 80, "from_on": in_days(20), "probability": Decimal("0.70"), **SOURCE}
    block = keeping.add_block(pool=pool, by=places.keeper, **values)
    later = wanted(pool, 10, from_on=in_days(20), until_on=in_days(40))
    with pytest.raises(Full):
        book(wanted=later, by=places.placer)
    keeping.change_block(block=block, by=places.keeper, probability=1)
    book(wanted=later, by=places.placer)


def test_blocked_places_cut_the_block_where_they_begin_and_end(places: Places) -> None:
    unusable = _unusable(15, from_on=in_days(5), until_on=in_days(8))
    made = keeping.block_places(block=_block(places.hall), unusable=unusable, by=places.keeper)
    assert [(one.blocked, one.from_on, one.until_on) for one in made] == [
        (0, in_days(-30), in_days(5)), (15, in_days(5), in_days(8)), (0, in_days(8), in_days(365)),
    ]  # fmt: skip
    with pytest.raises(Full) as full:
        book(wanted=wanted(places.hall, 40), by=places.placer)
    assert (full.value.day, full.value.free) == (in_days(5), 35)
    assert wrong_days() == []


def test_closing_ends_the_places_and_shows_who_is_left(places: Places) -> None:
    book(wanted=wanted(places.hall, 45), by=places.placer)
    keeping.close_location(location=places.location, on=in_days(4), reason="brand", by=places.keeper)
    assert (_short(places.hall, 3), _short(places.hall, 4)) == (0, 45)
    with pytest.raises(Refused, match="sluit op"):
        book(wanted=wanted(places.hall, 1), by=places.placer)
    assert wrong_days() == []


def test_an_open_end_follows_the_contract(places: Places) -> None:
    book(wanted=wanted(places.hall, 45, until_on=None), by=places.placer)
    keeping.change_block(block=_block(places.hall), by=places.keeper, until_on=in_days(390))
    kept = PlaceDay.objects.get(pool=places.hall, day=in_days(389))
    assert (kept.places, kept.claimed) == (50, 45)
    assert wrong_days() == []


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"until_on": in_days(1)}, "na de eerste dag ermee"),
        ({"blocked": 9}, "Er zijn 5 plaatsen"),
        ({"source": " "}, "Noem de bron"),
        ({"from_on": dt.date(1900, 1, 1)}, "tien jaar"),
        ({"probability": 2}, "van 0 tot en met 100"),
    ],
)
def test_odd_blocks_are_refused(places: Places, values: dict[str, Any], reason: str) -> None:
    told = {"places": 5, "from_on": in_days(1), **SOURCE} | values
    with pytest.raises(Refused, match=reason):
        keeping.add_block(pool=places.hall, by=places.keeper, **told)


def test_days_that_are_wrong_are_found_and_mended(places: Places) -> None:
    book(wanted=wanted(places.hall, 45), by=places.placer)
    PlaceDay.objects.filter(pool=places.hall, day__range=(in_days(2), in_days(8))).update(claimed=7)
    found = wrong_days()
    assert (found[0].day, found[0].kept[1], found[0].counted[1]) == (in_days(2), 7, 45)
    assert wrong_days(mend=True) == found
    assert wrong_days() == []
    assert AuditEvent.objects.filter(action="plaatsdagen.hersteld").count() == 1


def test_the_command_compares_and_mends(places: Places, call: Any) -> None:
    assert call("opvang", "controle")[:2] == (0, {"verkeerd": 0, "hersteld": False, "dagen": []})
    book(wanted=wanted(places.hall, 45), by=places.placer)
    PlaceDay.objects.filter(pool=places.hall, day=in_days(3)).update(claimed=7)
    code, told, _ = call("opvang", "controle")
    assert (code, told["verkeerd"], told["dagen"][0]["locatie"]) == (1, 1, "Sporthal De Kade")
    assert told["dagen"][0]["staat_er"]["bezet_of_gereserveerd"] == 7
    assert told["dagen"][0]["moet_zijn"]["bezet_of_gereserveerd"] == 45
    assert call("opvang", "controle", "--herstel")[0] == 0
    assert call("opvang", "controle")[0] == 0


def test_an_older_note_stops_no_step_that_leaves_it_alone(places: Places) -> None:
    block = places.hall.blocks.get()
    CapacityBlock.objects.filter(pk=block.pk).update(note="via fam. Jansen")
    block.refresh_from_db()
    with pytest.raises(Refused, match="herkennen"):
        keeping.change_block(block=block, by=places.keeper, note="via fam. Smit")
    keeping.close_location(location=places.location, on=in_days(9), reason="verhuurd", by=places.keeper)


@pytest.mark.parametrize(
    ("sort", "names"), [("einde", ["Kort", "Lang", "Leeg"]), ("-einde", ["Lang", "Kort", "Leeg"])]
)
def test_what_is_unknown_is_last_whichever_way_a_list_is_sorted(
    places: Places, client: Client, sort: str, names: list[str]
) -> None:
    for name, days in (("Lang", 40), ("Leeg", None), ("Kort", 4)):
        pool = pool_of(location_of(places.north, name), "azc", places=5 if days else None)
        CapacityBlock.objects.filter(pool=pool).update(until_on=in_days(days or 0))
    client.force_login(places.keeper)
    page = client.get("/opvang/locaties", {"sorteer": sort})
    assert [str(row.subject) for row in page.context["listing"].rows if str(row.subject) in names] == names
