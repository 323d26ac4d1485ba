"""The pages of the forecast and of proposals, as people walk through them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from regietafel.reception.engine import placing
from regietafel.reception.models import Booking, Group, OutlookScenario, Proposal
from regietafel.reception.selectors import alternatives
from regietafel.reception.selectors.alternatives import table_of
from regietafel.reception.services.booking import book
from regietafel.reception.services.deciding import change_line
from tests.app.reception.places import Places, in_days, wanted
from tests.app.reception.proposals import proposal_for, small_hall, waiting, where
from tests.app.reception.test_outlook import busy  # noqa: F401 - a fixture

NEW = {
    "bus": "", "huishoudens": "", "personen": "", "variant": "maatwerk", "straks": "0", "seconden": "3",
    "zaad": "1",
}  # fmt: skip


def inside(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def sent(**values: Any) -> dict[str, Any]:
    days = {"eerste_nacht": in_days(0).isoformat(), "tot": in_days(10).isoformat()}
    return {**NEW, **days, **values}


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.usefixtures("busy")
def test_the_forecast_is_a_page_for_everybody_of_the_region(places: Places, client: Client) -> None:
    page = inside(client, places.clerk).get(reverse("outlook"), {"scenario": "hoog", "dagen": "84"})
    told = text(page)
    assert page.status_code == 200
    for word in ("Eerste dag met een kans op tekort", "Wat het tekort oplost", "In een terugblik lagen",
                 "Begingetal van het toeval", "Zonder particuliere opvang"):  # fmt: skip
        assert word in told


@pytest.mark.parametrize(
    "query",
    [{"dagen": "9999"}, {"dagen": "x"}, {"scenario": "nergens"}, {"zaad": "-1"}, {"bekend": "3000-01-01"},
     {"bekend": "geen dag"}, {"bekend": "0001-01-01"}, {"particulier": "?"}],
)  # fmt: skip
def test_odd_choices_are_named_and_the_page_stays(
    places: Places, client: Client, query: dict[str, str]
) -> None:
    page = inside(client, places.reader).get(reverse("outlook"), query)
    assert page.status_code == 200
    assert 'role="alert"' in text(page)


def test_a_region_that_is_not_yours_is_not_there(places: Places, client: Client) -> None:
    assert inside(client, places.clerk).get(reverse("outlook"), {"regio": "VR91"}).status_code == 404


def test_without_a_past_the_page_says_what_is_missing(places: Places, client: Client) -> None:
    told = text(inside(client, places.reader).get(reverse("outlook")))
    assert "Nog geen vooruitblik" in told and "74 zekere plaatsen" in told


@pytest.mark.parametrize(("comes_in", "first_in"), [((5, 9), 5), ((-3, 9), 0), ((), 0)])
def test_the_first_night_is_when_the_first_chosen_group_comes(
    places: Places, client: Client, comes_in: tuple[int, ...], first_in: int
) -> None:
    waiting(places, "G-0", 3, arrives_on=in_days(2))
    chosen = [waiting(places, f"G-{day}", 3, arrives_on=in_days(day)) for day in comes_in]
    page = inside(client, places.placer).get(
        reverse("proposal-create"), {"groep": [one.pk for one in chosen]}
    )
    assert page.context["form"]["eerste_nacht"].value() == in_days(first_in)


def test_an_own_scenario_from_form_to_removal(places: Places, client: Client) -> None:
    inside(client, places.placer)
    form = {"name": "Winter", "factor": "1,5", "level_per_day": "", "leaving_percent_a_week": "",
            "returning_percent": "80", "source": ""}  # fmt: skip
    assert client.post(reverse("outlook-scenario-create"), form).status_code == 422
    client.post(reverse("outlook-scenario-create"), {**form, "source": "Brief"})
    made = OutlookScenario.objects.get()
    assert (made.factor, made.leaving_percent_a_week, made.organisation) == (1.5, None, places.point)
    one = reverse("outlook-scenario", args=[made.pk])
    assert "1,5" in text(client.get(one))
    client.post(one, {**form, "source": "Brief", "level_per_day": "12"})
    made.refresh_from_db()
    assert made.level_per_day == 12
    client.post(reverse("outlook-scenario-remove", args=[made.pk]))
    assert not OutlookScenario.objects.exists()


def test_from_a_bus_of_sixty_to_bookings(places: Places, client: Client) -> None:
    small_hall(places, "Zaal", 30, features=["gezin", "school"])
    inside(client, places.placer)
    lines = "6x 4, gezin\n10x 2\n5x 3, gezin, school\n1"
    page = client.post(reverse("proposal-create"), sent(bus="bus 12", huishoudens=lines))
    made = Proposal.objects.get()
    assert page.url == reverse("proposal", args=[made.pk])
    assert (made.placed + made.unplaced, Group.objects.count(), Booking.objects.count()) == (60, 22, 0)
    shown = text(client.get(page.url))
    assert "Bewezen: geen ander voorstel" in shown or "Niet bewezen" in shown
    assert "past in geen van de" in shown
    line = made.lines.filter(chosen__isnull=False, people=2).first()
    assert line is not None
    choose = reverse("proposal-line", args=[line.pk])
    options = text(client.get(choose))
    assert "Wat kan, en wat het kost" in options and "zonder plek" in options
    change = {"plek": "geen", "reason": "", "gezien": table_of(made).seen}
    assert client.post(choose, change).status_code == 422
    assert client.post(choose, {**change, "reason": "wacht op familie"}).url == page.url
    assert "wacht op familie" in text(client.get(page.url))
    confirm = reverse("proposal-confirm", args=[made.pk])
    assert "Wat er gebeurt" in text(client.get(confirm))
    assert client.post(confirm).url == page.url
    made.refresh_from_db()
    booked = sum(Booking.objects.values_list("people", flat=True))
    assert (made.state, booked) == ("bevestigd", made.placed)
    renew, refuse = (reverse(step, args=[made.pk]) for step in ("proposal-renew", "proposal-refuse"))
    for step in (confirm, choose, renew, refuse):
        assert "Over dit voorstel is al besloten." in text(client.get(step, follow=True))
    assert client.post(refuse, {"reason": "toch niet"}).url == page.url
    made.refresh_from_db()
    assert made.state == "bevestigd"
    done = text(client.get(page.url))
    placed, unplaced = (
        made.lines.filter(booking__isnull=False).first(),
        made.lines.filter(chosen=None).first(),
    )
    assert placed is not None and unplaced is not None
    for name, number in (
        ("reception-booking", placed.booking_id), ("reception-group", placed.group_id),
        ("reception-group-book", unplaced.group_id),
    ):  # fmt: skip
        assert f'"{reverse(name, args=[number])}"' in done


def test_a_line_that_no_longer_fits_is_marked_and_a_new_proposal_is_one_click(
    places: Places, client: Client
) -> None:
    zaal = small_hall(places, "Zaal", 4, features=["gezin"])
    made = proposal_for(places, waiting(places, "G-1", 4, needs=["gezin"]), waiting(places, "G-2", 2))
    book(wanted=wanted(zaal, 3), by=places.placer)
    inside(client, places.placer)
    page = client.post(reverse("proposal-confirm", args=[made.pk]), follow=True)
    told = text(page)
    assert "Er is niets geboekt." in told and "Het gaat om G-1." in told
    assert told.count("past niet meer") == 1
    again = client.post(reverse("proposal-renew", args=[made.pk]), follow=True)
    new = Proposal.objects.exclude(pk=made.pk).get()
    assert where(new) == {"G-1": "", "G-2": "Sporthal De Kade"}
    assert "Dit is het nieuwe voorstel" in text(again)


def test_a_new_proposal_says_first_what_is_lost(places: Places, client: Client) -> None:
    small_hall(places, "Zaal", 9)
    made = proposal_for(places, waiting(places, "G-1", 4))
    line, seen = made.lines.get(), table_of(made).seen
    change_line(line=line, pool=None, reason="wacht op familie", seen=seen, by=places.placer)
    renew = reverse("proposal-renew", args=[made.pk])
    asked = text(inside(client, places.placer).get(renew))
    assert "Uw keuze voor G-1 vervalt: nog geen plek (“wacht op familie”)." in asked
    assert Proposal.objects.count() == 1
    again = text(client.post(renew, follow=True))
    assert f"<dd>voorstel {made.pk}</dd>" in again
    made.refresh_from_db()
    assert made.reason.startswith(f"Vervangen door voorstel {Proposal.objects.latest('pk').pk} van")


def test_confirming_tells_who_is_placed_and_for_whom_places_are_held(places: Places, client: Client) -> None:
    groups = waiting(places, "G-1", 4), waiting(places, "G-2", 1, arrives_on=in_days(3))
    made = proposal_for(places, *groups)
    told = text(inside(client, places.placer).get(reverse("proposal-confirm", args=[made.pk])))
    assert "4 mensen zijn er vandaag al: dat wordt een plaatsing." in told
    assert "1 persoon komt nog: dat wordt een reservering, tot u hen plaatst." in told


def test_a_group_that_fits_nowhere_is_shown_a_way_out(places: Places, client: Client) -> None:
    group = waiting(places, "G-1", 4, needs=["tolk"])
    made = proposal_for(places, group)
    book(wanted=wanted(places.hall, 48), by=places.placer)
    page = text(inside(client, places.placer).get(reverse("proposal-line", args=[made.lines.get().pk])))
    assert "Nu kan geen enkele plek" in page and "Kies deze plek" not in page
    assert reverse("reception-group-edit", args=[group.pk]) in page
    assert "geen tolk, vol: 2 plaatsen vrij, 4 nodig" in page


def test_prices_seen_before_a_booking_are_not_used_after_it(places: Places, client: Client) -> None:
    zaal = small_hall(places, "Zaal", 9)
    made = proposal_for(places, waiting(places, "G-1", 4))
    old = {"plek": str(zaal.pk), "reason": "school", "gezien": table_of(made).seen}
    book(wanted=wanted(zaal, 1), by=places.placer)
    page = inside(client, places.placer).post(reverse("proposal-line", args=[made.lines.get().pk]), old)
    assert page.status_code == 422
    assert "intussen iets veranderd" in text(page)
    assert table_of(made).seen in text(page)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "Kies ten minste één groep"),
        ({"bus": "bus 12"}, "huishoudens of een aantal personen"),
        ({"huishoudens": "4"}, "heeft een naam"),
        ({"bus": "bus 12", "huishoudens": "vier"}, "Regel 1: begin met het aantal personen"),
        ({"bus": "bus 12", "huishoudens": "4, blond"}, "blond"),
        ({"bus": "bus 12", "huishoudens": "4", "personen": "4"}, "een regel per huishouden, of"),
        ({"bus": "bus 12", "personen": "4", "tot": "2020-01-01"}, "na de eerste nacht"),
        ({"bus": "bus 12", "personen": "4", "seconden": "600"}, "10"),
        ({"groepen": "999999"}, "Groepen zonder plek"),
    ],
)
def test_what_is_wrong_with_a_request_is_said_at_the_field(
    places: Places, client: Client, values: dict[str, str], told: str
) -> None:
    waiting(places, "G-1", 2)
    page = inside(client, places.placer).post(reverse("proposal-create"), sent(**values))
    assert page.status_code == 422
    assert told in text(page)
    assert (Proposal.objects.count(), Group.objects.count()) == (0, 1)


def test_a_bus_as_one_group_and_groups_that_wait(places: Places, client: Client) -> None:
    group = waiting(places, "G-1", 2)
    values = sent(bus="bus 9", personen="30", groepen=[str(group.pk)])
    inside(client, places.placer).post(reverse("proposal-create"), values)
    made = Proposal.objects.get()
    assert made.title == "bus 9 en G-1"
    assert where(made).keys() == {"G-1", "bus 9"}


def test_refusing_on_the_page(places: Places, client: Client) -> None:
    made = proposal_for(places, waiting(places, "G-1", 2))
    refuse = reverse("proposal-refuse", args=[made.pk])
    inside(client, places.placer)
    assert client.post(refuse, {"reason": ""}).status_code == 422
    client.post(refuse, {"reason": "de bus komt niet"})
    shown = text(client.get(reverse("proposal", args=[made.pk])))
    assert "afgewezen" in shown and "de bus komt niet" in shown
    listed = text(client.get(reverse("proposals"), {"stand": "afgewezen"}))
    assert "bus 12" in listed


@pytest.mark.parametrize("who", ["reader", "clerk", "stranger"])
def test_who_does_not_coordinate_the_region_sees_no_proposal(
    places: Places, client: Client, who: str
) -> None:
    made = proposal_for(places, waiting(places, "G-1", 2))
    inside(client, getattr(places, who))
    for name in ("proposal", "proposal-confirm", "proposal-refuse"):
        assert client.get(reverse(name, args=[made.pk])).status_code == 404
    assert client.get(reverse("proposal-line", args=[made.lines.get().pk])).status_code == 404
    assert client.post(reverse("proposal-renew", args=[made.pk])).status_code == 404
    wrong = client.get(reverse("proposal-create"), {"voor": str(places.point.pk)})
    assert wrong.status_code in (403, 404)
    assert made.state == "voorstel"


def test_nobody_chooses_a_place_of_which_the_price_is_not_known(
    places: Places, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    halls = (small_hall(places, "Zaal", 9), small_hall(places, "Andere zaal", 9), places.hall)
    made = proposal_for(places, waiting(places, "G-1", 4))
    line = made.lines.get()
    asked, other = [pool for pool in halls if pool != line.chosen]
    page = reverse("proposal-line", args=[line.pk])
    inside(client, places.placer)
    reckoned: list[str] = []

    def one_price(_table: Any, task: Any, *, group: str, code: str, seconds: float) -> Any:
        reckoned.append(code)
        if len(reckoned) > 1:
            return None
        return placing.Price(group=group, location=code)

    monkeypatch.setattr(alternatives, "price_for", one_price)
    shown = text(client.get(page, {"plek": str(asked.pk)}))
    assert asked.location.name in reckoned[0]
    assert f'value="{asked.pk}"' in shown and f'value="{other.pk}"' not in shown
    assert "De prijs was niet op tijd bekend." in shown
    change = {"plek": str(other.pk), "reason": "school", "gezien": table_of(made).seen}
    assert client.post(page, change).status_code == 422
    line.refresh_from_db()
    assert line.chosen not in (asked, other)


@pytest.mark.parametrize(
    ("field", "value", "most"),
    [
        ("factor", "-1", "20"),
        ("factor", "21", "20"),
        ("level_per_day", "-1", "100.000"),
        ("leaving_percent_a_week", "200", "100"),
        ("returning_percent", "300", "100"),
        ("returning_percent", "veel", "100"),
    ],
)
def test_a_scenario_that_cannot_be_is_told_beside_its_field(
    places: Places, client: Client, field: str, value: str, most: str
) -> None:
    client.force_login(places.placer)
    sent = {"name": "Proef", "factor": "1,5", "returning_percent": "100", "source": "Brief", field: value}
    answer = client.post(reverse("outlook-scenario-create"), sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [f"Vul een getal van 0 tot en met {most} in."]}
