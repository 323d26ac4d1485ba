"""A question that people have goes to the dossier in own words, once, and never as somebody wrote it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from regietafel.kit.audit import history
from regietafel.kit.refusal import Refused
from regietafel.monitor.models import Message, Monitor
from regietafel.monitor.services.webcare import hand_over_question
from regietafel.register.models import JournalEntry, Moment
from regietafel.register.public import AskedQuestion
from regietafel.register.services.dossier_parts import finish_moment
from tests.app.monitor.town import Town, deliver, row

pytestmark = pytest.mark.django_db
OWN_WORDS = "Tot hoe laat is er begeleiding op de locatie?"
CRY = "mijn kind durft 's avonds niet meer langs die opvang te fietsen"


@pytest.fixture
def talk(town: Town, running: Monitor) -> Monitor:
    said = row(1, "", tekst=f"Ik maak mij zorgen: {CRY}!", soort="sociaal", auteur="p1", bron="Buurtpraat")
    deliver(town.source, [said, row(2, "Opvang open", tekst="De opvang is open tot tien uur in de avond.")])
    return running


def posted(text: str = OWN_WORDS, **more: str) -> dict[str, str]:
    return {"text": text, "channel": "website"} | more


def page_of(monitor: Monitor, **asked: Any) -> str:
    address = reverse("monitor-question", args=[monitor.pk])
    return address + "?" + "&".join(f"{name}={value}" for name, value in asked.items())


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_quote_of_a_person_is_refused_and_own_words_are_not(talk: Monitor, town: Town) -> None:
    client, address = logged_in(town.adviser), page_of(talk)
    refused = client.post(address, posted(f"Wat doet u eraan dat {CRY.upper()}?"))
    assert refused.status_code == 422 and "in eigen woorden" in refused.content.decode()
    assert not JournalEntry.objects.exists()
    quotes_a_medium = posted("Klopt het dat de opvang is open tot tien uur?")
    assert client.post(address, quotes_a_medium).status_code == 302
    assert JournalEntry.objects.count() == 1


@pytest.mark.parametrize("text", ["Wat zegt Jan de Vries daarvan?", "Wie belt 06-12345678 terug?"])
def test_a_person_is_not_handed_over(talk: Monitor, town: Town, text: str) -> None:
    asked = AskedQuestion(text=text, channel="website", origin="")
    with pytest.raises(Refused, match="Laat namen en contactgegevens"):
        hand_over_question(monitor=talk, asked=asked, by=town.adviser)


def test_sending_twice_writes_once(talk: Monitor, town: Town) -> None:
    client, address = logged_in(town.adviser), page_of(talk)
    term = f"{timezone.localdate() + dt.timedelta(days=2)}"
    for _time in range(2):
        assert client.post(address, posted(answer_by=term)).status_code == 302
    assert (JournalEntry.objects.count(), Moment.objects.count()) == (1, 1)
    assert [event.action for event in history(talk)].count("vraag.overgedragen") == 1


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("reader", 403), ("second", 403)])
def test_only_those_who_steer_hand_over(talk: Monitor, town: Town, who: str, status: int) -> None:
    client = logged_in(getattr(town, who))
    assert client.get(page_of(talk)).status_code == status
    assert client.post(page_of(talk), posted()).status_code == status
    assert not JournalEntry.objects.exists()


def test_the_timeline_says_what_it_is_and_leads_to_the_monitor(talk: Monitor, town: Town) -> None:
    client = logged_in(town.adviser)
    term = timezone.localdate() + dt.timedelta(days=2)
    client.post(page_of(talk), posted(answer_by=f"{term}"))
    timeline = reverse("dossier-timeline", args=[town.dossier.pk])
    page = client.get(timeline).content.decode()
    assert "Vraag uit de omgeving" in page and OWN_WORDS in page and "antwoord via website" in page
    assert f'href="{reverse("monitor", args=[talk.pk])}"' in page and "antwoord vóór" in page
    entry = JournalEntry.objects.get()
    assert entry.moment is not None and entry.moment.kind == "termijn"
    finish_moment(moment=entry.moment, by=town.adviser)
    entry.moment.refresh_from_db()
    assert entry.moment.done_at - entry.created_at < dt.timedelta(minutes=5)  # the lead time can be told
    assert "beantwoord" in client.get(timeline).content.decode()


def test_a_term_that_is_over_is_refused(talk: Monitor, town: Town) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    page = logged_in(town.adviser).post(page_of(talk), posted(answer_by=f"{yesterday}"))
    assert page.status_code == 422 and "Deze dag is voorbij" in page.content.decode()
    assert not Moment.objects.exists()


def test_the_form_shows_a_medium_and_never_a_person(talk: Monitor, town: Town) -> None:
    client = logged_in(town.adviser)
    numbers = {message.kind: message.pk for message in Message.objects.all()}
    assert "Opvang open" in client.get(page_of(talk, bericht=numbers["nieuws"])).content.decode()
    of_people = client.get(page_of(talk, bericht=numbers["sociaal"])).content.decode()
    assert (
        "een bericht van iemand" in of_people and "durft" not in of_people and "Buurtpraat" not in of_people
    )


def test_it_is_within_reach_where_people_read(talk: Monitor, town: Town) -> None:
    client = logged_in(town.adviser)
    news = Message.objects.get(kind="nieuws")
    for name, arguments in (
        ("monitor-message", [talk.pk, news.pk]),
        ("monitor", [talk.pk]),
        ("monitor-label", [talk.pk]),
    ):
        page = client.get(reverse(name, args=arguments)).content.decode()
        assert page_of(talk).rstrip("?") + "?bericht=" in page, name
