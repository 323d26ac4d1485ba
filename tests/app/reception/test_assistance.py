"""Requests for assistance: put to every municipality, answered or unknown, and closed with an outcome."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from regietafel.kit.refusal import Refused
from regietafel.reception import public
from regietafel.reception.models import AssistanceAnswer, AssistanceRequest
from regietafel.reception.selectors.access import region_around
from regietafel.reception.services.assistance import Offer, answer_request, ask_assistance, close_request
from regietafel.register.models import Area
from tests.app.reception.desk import browser, text_of
from tests.app.reception.twist import Twist, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def twist(settings: Any) -> Twist:
    settings.SECOND_FACTOR_REQUIRED = False
    return build()


def day(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def ask(twist: Twist, **values: Any) -> AssistanceRequest:
    told: dict[str, Any] = {
        "asked_by": "Regio Noordrand", "asked_on": day(0), "people": 60, "from_on": day(3), "until_on": None,
        "question": "Kunt u 60 mensen opvangen?", "ground": "Wvr art. 51", "answer_by": day(9),
    }  # fmt: skip
    return ask_assistance(region=region_around(twist.region), by=twist.coordinator, **(told | values))


def test_the_point_asks_and_every_municipality_reads_it(twist: Twist) -> None:
    sent = {
        "asked_by": "Regio Noordrand", "asked_on": str(day(0)), "people": "60", "from_on": str(day(3)),
        "until_on": "", "question": "Kunt u helpen?", "ground": "", "answer_by": str(day(-1)),
    }  # fmt: skip
    path = "/opvang/bijstand/nieuw"
    assert browser(twist.clerk).post(path, sent).status_code == 403
    late = browser(twist.coordinator).post(path, sent)
    assert late.status_code == 422 and "Deze dag is voorbij" in late.content.decode()
    assert browser(twist.coordinator).post(path, sent | {"answer_by": str(day(9))}).status_code == 302
    made = AssistanceRequest.objects.get()
    assert "0 van 14" in text_of(twist.clerk, f"/opvang/bijstand/{made.pk}")
    assert "Regio Noordrand" in text_of(twist.clerk, "/opvang/bijstand")
    assert browser(twist.outsider).get(f"/opvang/bijstand/{made.pk}").status_code == 404
    assert "Noordrand" not in text_of(twist.outsider, "/opvang/bijstand")


def test_no_answer_is_unknown_and_zero_is_an_answer(twist: Twist) -> None:
    request = ask(twist)
    page = text_of(twist.clerk, f"/opvang/bijstand/{request.pk}")
    assert "onbekend van 60 plaatsen" in page and "0 van 60 plaatsen" not in page
    path = f"/opvang/bijstand/{request.pk}/antwoord"
    sent = {"municipality": twist.areas["Esrade"].pk, "places": "0", "from_on": "", "note": ""}
    assert browser(twist.clerk).post(path, sent).status_code == 302
    page = text_of(twist.clerk, f"/opvang/bijstand/{request.pk}")
    assert "1 van 14" in page and "0 van 60 plaatsen, nog 60 te kort" in page
    assert "Esrade" not in page.split("Nog geen antwoord van:")[1].split("</p>")[0]
    assert browser(twist.clerk).post(path, sent | {"places": "25"}).status_code == 302
    assert AssistanceAnswer.objects.get().places == 25


def test_nobody_answers_for_another_except_the_point_with_a_note(twist: Twist) -> None:
    request = ask(twist)
    path = f"/opvang/bijstand/{request.pk}/antwoord"
    other = {"municipality": twist.areas["Bornholt"].pk, "places": "9", "from_on": "", "note": ""}
    assert browser(twist.clerk).post(path, other).status_code == 422
    assert browser(twist.reader).get(path).status_code == 403
    refused = browser(twist.coordinator).post(path, other)
    assert refused.status_code == 422 and "van wie en hoe" in refused.content.decode()
    assert not AssistanceAnswer.objects.exists()
    assert browser(twist.coordinator).post(path, other | {"note": "gebeld"}).status_code == 302
    with pytest.raises(Refused, match="coördinatiepunt"):
        answer_request(
            request=request, municipality=twist.areas["Bornholt"], offer=Offer(places=1), by=twist.clerk
        )
    far = Area.objects.get(name="Buitenpost")
    with pytest.raises(Refused, match="ligt niet in de regio"):
        answer_request(request=request, municipality=far, offer=Offer(places=1), by=twist.outsider)


def test_an_answer_waits_on_vandaag_until_it_is_given(twist: Twist) -> None:
    now = timezone.now()
    request = ask(twist)
    found = public.waiting_for(twist.clerk, now)
    assert [one.title for one in found] == ["Antwoord van Esrade op het bijstandsverzoek van Regio Noordrand"]
    assert found[0].badge == ("let-op", "te beantwoorden")
    assert not public.waiting_for(twist.reader, now) and not public.waiting_for(twist.outsider, now)
    assert "bijstandsverzoek van Regio Noordrand" in text_of(twist.clerk, "/")
    answer_request(request=request, municipality=twist.areas["Esrade"], offer=Offer(places=0), by=twist.clerk)
    assert not public.waiting_for(twist.clerk, now)


def test_a_request_past_its_day_is_late_and_waits_for_the_point_to_close_it(twist: Twist) -> None:
    request = ask(twist)
    AssistanceRequest.objects.update(answer_by=day(-2))
    now = timezone.now()
    assert public.waiting_for(twist.clerk, now)[0].badge == ("fout", "2 dagen te laat")
    told = public.waiting_for(twist.coordinator, now)
    assert told[0].title == "Sluit het bijstandsverzoek van Regio Noordrand af"
    assert told[0].detail == "0 van 14 gemeenten antwoordden"
    close_request(request=request, outcome="Geen plaatsen.", by=twist.coordinator)
    assert not public.waiting_for(twist.coordinator, now) and not public.waiting_for(twist.clerk, now)


def test_closing_needs_an_outcome_and_ends_answering(twist: Twist) -> None:
    request = ask(twist)
    path = f"/opvang/bijstand/{request.pk}"
    with pytest.raises(Refused, match="geantwoord"):
        close_request(request=request, outcome=" ", by=twist.coordinator)
    assert browser(twist.clerk).get(f"{path}/sluiten").status_code == 403
    sent = {"outcome": "Wij bieden 40 plaatsen vanaf maandag."}
    assert browser(twist.coordinator).post(f"{path}/sluiten", sent).status_code == 302
    assert "Wij bieden 40 plaatsen vanaf maandag." in text_of(twist.clerk, path)
    assert browser(twist.clerk).get(f"{path}/antwoord").status_code == 403
    with pytest.raises(Refused, match="afgesloten"):
        answer_request(
            request=request, municipality=twist.areas["Esrade"], offer=Offer(places=1), by=twist.clerk
        )


@pytest.mark.parametrize(
    ("sent", "field", "told"),
    [
        ({"places": "61"}, "places", "vraagt 60 plaatsen. Vul dat aantal of minder in."),
        ({"from_on": "2020-01-01"}, "from_on", "zijn nodig vanaf"),
        ({"from_on": str(day(30))}, "from_on", "zijn nodig tot"),
        ({"from_on": str(day(29)), "places": "60"}, "", ""),
        ({"from_on": str(day(30)), "places": "0"}, "", ""),
        ({"from_on": "2020-01-01", "places": "0"}, "", ""),
    ],
)
def test_an_answer_offers_no_more_than_was_asked_and_on_days_that_were_asked(
    twist: Twist, sent: dict[str, str], field: str, told: str
) -> None:
    request = ask(twist, until_on=day(30))
    path = f"/opvang/bijstand/{request.pk}/antwoord"
    whole = {"municipality": twist.areas["Esrade"].pk, "places": "9", "from_on": "", "note": "", **sent}
    answer = browser(twist.clerk).post(path, whole)
    if not field:
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert told in answer.context["form"].errors[field][0]
    assert not AssistanceAnswer.objects.exists()


def test_more_than_was_asked_together_is_told_as_more_and_an_unknown_day_as_unknown(twist: Twist) -> None:
    request = ask(twist)
    for name in ("Esrade", "Bornholt"):
        answer_request(
            request=request,
            municipality=twist.areas[name],
            offer=Offer(places=50, note="gebeld"),
            by=twist.coordinator,
        )
    page = text_of(twist.clerk, f"/opvang/bijstand/{request.pk}")
    assert "100 plaatsen, 40 meer dan de 60 die zijn gevraagd" in page
    assert page.count('data-label="Vanaf">onbekend<') == 14
    assert page.count('data-label="Geantwoord">nog niet<') == 12
