"""Assignments: divided by a key with its source, compared with other methods, agreed by hand, and ended."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from regietafel.kit.refusal import Refused
from regietafel.reception.models import Assignment, Target
from regietafel.reception.selectors.access import Region, region_around
from regietafel.reception.selectors.sharing import Wish, assignment_told, shares_for
from regietafel.reception.services.sharing import (
    agree_target,
    change_assignment,
    end_assignment,
    make_assignment,
    share_out,
)
from regietafel.register.models import Inhabitants
from tests.app.reception.desk import browser, text_of
from tests.app.reception.twist import TOWNS, Twist, build

pytestmark = pytest.mark.django_db
DAY = dt.date(2022, 4, 5)
SENT = {
    "title": "Opvang Oekraïne", "total": "2.000", "received_on": "2022-04-05", "due_on": "2022-06-01",
    "source": "Veiligheidsberaad", "key": "inwoners", "key_on": "", "figures": "", "key_source": "",
    "method": "sainte-lague", "minimum": "0", "durable": "", "note": "",
}  # fmt: skip
NEW = "/opvang/opdrachten/nieuw"


@pytest.fixture
def twist(settings: Any) -> Twist:
    settings.SECOND_FACTOR_REQUIRED = False
    return build()


def region(twist: Twist) -> Region:
    return region_around(twist.region)


def made(twist: Twist, wish: Wish | None = None, **values: Any) -> Assignment:
    told: dict[str, Any] = {
        "title": "Opvang", "received_on": DAY, "due_on": None, "source": "brief", "counts_private": False,
        "note": "",
    }  # fmt: skip
    wish = wish or Wish(total=2000, on=DAY)
    return make_assignment(region=region(twist), wish=wish, by=twist.coordinator, **(told | values))


def target(assignment: Assignment, name: str) -> Target:
    return assignment.targets.get(municipality__name=name)


def test_every_part_keeps_its_weight_its_exact_share_and_its_source(twist: Twist) -> None:
    assignment = made(twist)
    found = target(assignment, "Esrade")
    assert (found.places, found.weight) == (506, 158_217)
    assert found.quota == pytest.approx(2000 * 158_217 / sum(town[0] for town in TOWNS.values()))
    assert found.source == "158.217 inwoners op za 1 januari 2022; CBS, verzonnen"
    assert sum(assignment.targets.values_list("places", flat=True)) == 2000
    assert assignment.key_source == "CBS, verzonnen" and assignment.key_on == DAY


def test_the_form_shows_what_every_method_gives_before_anything_is_stored(twist: Twist) -> None:
    response = browser(twist.coordinator).post(NEW, SENT | {"stap": "bekijk"})
    page = response.content.decode()
    assert response.status_code == 200 and not Assignment.objects.exists()
    assert "Voorbeeld, nog niet bewaard" in page
    for words in ("Sainte-Laguë", "Hamilton (grootste resten)", "D’Hondt", "ieder voor zich afronden"):
        assert words in page
    assert "Alabamaparadox" in page, "a method that misbehaves is shown with what it does"
    assert browser(twist.coordinator).post(NEW, SENT).status_code == 302
    assert Assignment.objects.get().total == 2000
    assert browser(twist.coordinator).post(NEW, SENT).status_code == 422, "a name is used once"


@pytest.mark.parametrize(
    ("typed", "total"),
    [("2000", 2000), ("2.000", 2000), ("2 000", 2000), ("2,5", None), ("2.5", None), ("", None)],
)
def test_a_point_in_a_number_of_places_stands_for_thousands(
    twist: Twist, typed: str, total: int | None
) -> None:
    response = browser(twist.coordinator).post(NEW, SENT | {"total": typed})
    assert response.status_code == (302 if total else 422)
    assert [one.total for one in Assignment.objects.all()] == ([total] if total else [])


def test_only_who_coordinates_makes_an_assignment_and_the_region_reads_it(twist: Twist) -> None:
    for user in (twist.reader, twist.clerk, twist.outsider):
        assert browser(user).post(NEW, SENT).status_code == 403
    assignment = made(twist)
    path = f"/opvang/opdrachten/{assignment.pk}"
    assert "De delen zijn samen precies de opdracht." in text_of(twist.clerk, path)
    for user in (twist.outsider, twist.nowhere, twist.councillor):
        assert browser(user).get(path).status_code == 404
    for step in ("verdelen", "beeindigen"):
        assert browser(twist.clerk).get(f"{path}/{step}").status_code == 403
    assert "2.000" in text_of(twist.clerk, "/opvang/opdrachten")
    with pytest.raises(Refused, match="coördinatiepunt"):
        make_assignment(
            region=region(twist), wish=Wish(total=1, on=DAY), by=twist.clerk, title="x", received_on=DAY
        )


def test_a_municipality_without_a_number_is_named_and_never_counts_as_zero(twist: Twist) -> None:
    Inhabitants.objects.filter(area=twist.areas["Wierdam"]).delete()
    with pytest.raises(Refused, match=r"Wierdam: Er is geen inwonertal"):
        share_out(region(twist), Wish(total=100, on=DAY))
    response = browser(twist.coordinator).post(NEW, SENT)
    page = response.content.decode()
    assert response.status_code == 422 and "Wierdam" in page
    assert 'leest een beheerder in bij <a href="/beheer/gebieden">' in page
    short = browser(twist.coordinator).post(NEW, SENT | {"key": "woningen"}).content.decode()
    assert "leest een beheerder in" not in short
    assert not Assignment.objects.exists()
    Inhabitants.objects.filter(area=twist.areas["Esrade"]).delete()
    with pytest.raises(Refused, match=r"^Esrade, Wierdam: Er is geen inwonertal[^:]*$"):
        share_out(region(twist), Wish(total=100, on=DAY))


def test_numbers_can_be_pasted_with_their_source(twist: Twist) -> None:
    pasted = "\n".join(f"{name}\t{number * 1000}" for number, name in enumerate(TOWNS, start=1))
    sent = SENT | {"key": "woningen", "figures": pasted, "key_source": "BAG, opgave gemeenten"}
    assert browser(twist.coordinator).post(NEW, sent).status_code == 302
    found = target(Assignment.objects.get(), "Wierdam")
    assert found.weight == 14_000 and "BAG, opgave gemeenten" in found.source


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ("", "Vul voor deze sleutel per gemeente een getal in."),
        ("Atlantis; 5", "“Atlantis” is geen gemeente van deze regio."),
        ("Esrade; 5\nEsrade; 6", "Esrade staat er al."),
        ("Esrade; veel", "is geen getal"),
        ("Esrade; 5", "Van Aldervoort"),
    ],
)
def test_what_is_wrong_in_pasted_numbers_is_said(twist: Twist, figures: str, told: str) -> None:
    sent = SENT | {"key": "woningen", "figures": figures, "key_source": "BAG"}
    response = browser(twist.coordinator).post(NEW, sent)
    assert response.status_code == 422 and told in response.content.decode()


def test_agreed_percentages_must_be_a_hundred(twist: Twist) -> None:
    even = {name: Fraction(7) for name in TOWNS}
    with pytest.raises(Refused, match=r"98 %: 2 te weinig"):
        share_out(region(twist), Wish(total=100, on=DAY, key="percentages", figures=even, source="afspraak"))
    even["Esrade"] = Fraction(9)
    wish = Wish(total=100, on=DAY, key="percentages", figures=even, source="afspraak")
    assert shares_for(region(twist), wish).chosen.division.places["Esrade"] == 9  # type: ignore[union-attr]


def test_the_formula_of_the_law_needs_scores_and_rounds_each_for_itself(twist: Twist) -> None:
    scores = {name: Fraction("0.1") if name == "Esrade" else Fraction(0) for name in TOWNS}
    wish = Wish(
        total=1000, on=DAY, key="spreidingswet", method="spreidingswet", figures=scores, source="CBS SES-WOA"
    )
    assignment = made(twist, wish)
    told = assignment_told(assignment, None)
    assert told.methods is not None and told.methods.chosen.method == "spreidingswet"
    assert told.methods.outcomes[0].is_chosen, "on a phone the methods stand below each other"
    assert "SES-WOA 0,1" in target(assignment, "Esrade").source
    without = Wish(total=1000, on=DAY, method="spreidingswet")
    with pytest.raises(Refused, match="SES-WOA-scores"):
        share_out(region(twist), without)
    del scores["Wierdam"]
    with pytest.raises(Refused, match="Van Wierdam is niet bekend: SES-WOA"):
        share_out(region(twist), Wish(total=9, on=DAY, key="spreidingswet", figures=scores))


def test_durable_places_and_a_minimum_hold_and_are_stored(twist: Twist) -> None:
    wish = Wish(total=2000, on=DAY, minimum=80, durable={"Tubbeloo": 120})
    assignment = made(twist, wish)
    assert target(assignment, "Tubbeloo").places == 120 and target(assignment, "Tubbeloo").durable == 120
    assert target(assignment, "Bornholt").places == 80
    with pytest.raises(Refused, match="minimums zijn samen 2800 plaatsen"):
        share_out(region(twist), Wish(total=2000, on=DAY, minimum=200))


def test_an_agreement_by_hand_needs_a_note_and_the_sum_is_explained(twist: Twist) -> None:
    assignment = made(twist)
    old = target(assignment, "Oldenkerk")
    with pytest.raises(Refused, match="wat is afgesproken"):
        agree_target(target=old, places=110, note=" ", by=twist.coordinator)
    with pytest.raises(Refused, match="coördinatiepunt"):
        agree_target(target=old, places=110, note="ja", by=twist.clerk)
    path = f"/opvang/aandelen/{old.pk}"
    assert browser(twist.clerk).get(path).status_code == 403
    assert browser(twist.outsider).get(path).status_code == 404
    sent = {"places": "110", "note": "Neemt zeven over van Rijsdijk."}
    assert browser(twist.coordinator).post(path, sent).status_code == 302
    page = text_of(twist.reader, f"/opvang/opdrachten/{assignment.pk}")
    assert (
        "samen 2.007 van 2.000 plaatsen" in page
        and "De delen zijn samen 2.007 plaatsen, +7 tegenover de opdracht" in page
    )
    assert "Oldenkerk 110 (berekend 103)" in page and "Neemt zeven over van Rijsdijk." in page


def test_rounding_each_for_itself_explains_its_own_difference(twist: Twist) -> None:
    assignment = made(twist, Wish(total=60, on=DAY, method="afronden"))
    told = assignment_told(assignment, None)
    assert told.difference and not told.agreed
    page = text_of(twist.reader, f"/opvang/opdrachten/{assignment.pk}")
    assert "Afronden geeft samen" in page


def test_dividing_anew_keeps_what_was_agreed(twist: Twist) -> None:
    assignment = made(twist)
    agree_target(target=target(assignment, "Oldenkerk"), places=110, note="afspraak", by=twist.coordinator)
    path = f"/opvang/opdrachten/{assignment.pk}/verdelen"
    assert "Opvang" in text_of(twist.coordinator, path)
    sent = SENT | {"title": "Opvang", "total": "1000", "method": "hamilton"}
    assert browser(twist.coordinator).post(path, sent).status_code == 302
    assignment.refresh_from_db()
    kept = target(assignment, "Oldenkerk")
    assert (assignment.total, assignment.method) == (1000, "hamilton")
    assert (kept.places, kept.is_agreed, kept.note) == (110, True, "afspraak")
    assert target(assignment, "Esrade").places == 253
    assert assignment.targets.count() == 14


def test_who_is_equally_far_shares_a_rank_and_unknown_has_none(twist: Twist) -> None:
    assignment = made(twist)
    page = text_of(twist.reader, f"/opvang/opdrachten/{assignment.pk}")
    assert "1–14" in page, "nobody has a place yet, so nobody is ahead"
    assert page.count('data-label="Gerealiseerd − deel"') == 15, "on a phone the row of all is called so too"


def test_an_ended_assignment_no_longer_changes(twist: Twist) -> None:
    assignment = made(twist)
    with pytest.raises(Refused, match="na de dag"):
        end_assignment(assignment=assignment, on=DAY, reason="klaar", by=twist.coordinator)
    with pytest.raises(Refused, match="waarom"):
        end_assignment(assignment=assignment, on=dt.date(2022, 9, 1), reason="", by=twist.coordinator)
    path = f"/opvang/opdrachten/{assignment.pk}"
    sent = {"on": "2022-09-01", "reason": "De opdracht is overgegaan."}
    assert browser(twist.coordinator).post(f"{path}/beeindigen", sent).status_code == 302
    page = text_of(twist.reader, path)
    assert "beëindigd" in page and "do 1 september 2022" in page
    assert browser(twist.coordinator).get(f"{path}/verdelen").status_code == 403
    with pytest.raises(Refused, match="beëindigd"):
        agree_target(target=target(assignment, "Esrade"), places=1, note="x", by=twist.coordinator)
    with pytest.raises(Refused, match="beëindigd"):
        change_assignment(
            assignment=assignment, region=region(twist), wish=Wish(total=1, on=DAY), by=twist.coordinator,
            title="Opvang",
        )  # fmt: skip


def test_the_parts_together_say_how_far_the_region_is(twist: Twist) -> None:
    assignment = made(twist)
    told = assignment_told(assignment, None)
    assert (told.realised, told.behind, told.reached) == (None, None, None)
    page = text_of(twist.clerk, f"/opvang/opdrachten/{assignment.pk}")
    together = page.split("<tfoot", 1)[1].split("</tfoot>", 1)[0]
    assert 'data-label="Gerealiseerd − deel"' in together and 'data-label="Van het deel"' in together
    shares = tuple(
        replace(one, gap=replace(one.gap, realised=number)) for number, one in enumerate(told.shares)
    )
    known = replace(told, shares=shares)
    assert known.realised == sum(range(len(shares)))
    assert known.behind == known.realised - known.sum
    assert known.reached == pytest.approx(known.realised / known.sum)
