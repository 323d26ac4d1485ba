"""Inhoud, stories, tone set right by hand and comparing: what the pages say is what the engines say."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from regietafel.kit.audit import history
from regietafel.kit.refusal import Refused
from regietafel.monitor.engine.content.messages import Message as Said
from regietafel.monitor.engine.meaning import Meaning, meaning_of
from regietafel.monitor.engine.sentiment import Judgement, totals_of
from regietafel.monitor.engine.stories import Article, tell
from regietafel.monitor.models import Match, Message, Monitor, RecentFigures, SentimentCorrection, Story
from regietafel.monitor.selectors import comparing, meaning
from regietafel.monitor.selectors.meaning import meaning_for, reference_lists
from regietafel.monitor.selectors.monitors import current_question
from regietafel.monitor.selectors.stories import tell_story
from regietafel.monitor.services.tones import correct_tone
from regietafel.monitor.services.understanding import understand
from regietafel.register.models import Moment
from tests.app.monitor.town import Town, deliver, row

pytestmark = pytest.mark.django_db
NEWS = "Gemeente wil opvang voor honderd mensen openen aan de Kade in het voorjaar"
SECRET = "paardenbloem"


def day_back(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def post(number: int, text: str, **fields: Any) -> dict[str, Any]:
    shown = {"tekst": text, "bron": "x.com", "soort": "sociaal", "auteur": f"schrijver {number}"}
    return row(number, "", **shown | fields)


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: Any, name: str, *arguments: Any, **query: Any) -> str:
    answer = browser(user).get(reverse(name, args=arguments), query)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def kept(monitor: Monitor) -> Meaning:
    return Meaning.from_json(RecentFigures.objects.get(monitor=monitor).meaning)


def told(town: Town) -> None:
    """Media on two days, with a question, a place and a word, and nine people with a word of their own."""
    rows = [row(number, f"Opvang in Zwolle {number}", bron=f"Krant {number % 3}") for number in range(6)]
    rows += [row(10, "Hoe lang blijft de opvang?"), row(11, "Vreselijke overlast bij opvang", bron="Blad")]
    rows += [post(100 + number, f"De opvang is {SECRET} zeggen wij") for number in range(9)]
    deliver(town.source, rows)
    understand(town.organisation.pk)


def test_the_page_says_what_the_engine_says_of_the_same_messages(town: Town, running: Monitor) -> None:
    told(town)
    messages = [
        Said(day=one.day, title=one.title, text=one.text, kind=one.kind, outlet=one.outlet,
             domain="krant.example", author=one.author_day_hash)
        for one in Message.objects.all()
    ]  # fmt: skip
    found = kept(running)
    again = meaning_of(
        meaning.MeaningMaterial(
            starts_on=day_back(14),
            ends_on=day_back(1),
            before_from=day_back(70),
            messages=messages,
            question=current_question(running),
        ),
        lists=reference_lists(),
    )
    same = ("read", "questions", "places", "reach", "themes", "wordings", "terms")
    assert {name: getattr(found, name) for name in same} == {name: getattr(again, name) for name in same}
    assert found.questions[0].examples == ("Hoe lang blijft de opvang?",)
    assert [(place.municipality, place.count) for place in found.places] == [("Zwolle", 6)]
    shown = page(town.adviser, "monitor-content", running.pk)
    assert "Hoe lang blijft de opvang?" in shown and "Zwolle" in shown


def test_tone_counted_by_the_database_is_that_of_the_messages_one_by_one(
    town: Town, running: Monitor
) -> None:
    told(town)
    names = {1: "positief", 0: "neutraal", -1: "negatief", None: "onbekend"}
    verdicts = [names[one.sentiment] for one in Message.objects.filter(kind="nieuws")]
    each = totals_of(
        Judgement(verdict=said, origin="woordenlijst", positive=0, negative=0, words=(), by_list=said)
        for said in verdicts
    )
    tone = kept(running).media_tone
    assert (tone.counts, tone.judged, tone.net) == (each.counts, each.judged, each.net)
    assert tone.counts["negatief"] == 1


def test_what_nine_people_say_is_never_shown_and_what_ten_say_is_a_number(
    town: Town, running: Monitor
) -> None:
    told(town)
    found = kept(running)
    assert found.read == 8 and found.people_tone.total is None and SECRET not in str(found.to_json())
    assert {one.platform for one in found.platforms} == {"nieuwssites"}
    assert SECRET not in page(town.adviser, "monitor-content", running.pk)
    deliver(town.source, [post(300, f"Opvang {SECRET}")])
    understand(town.organisation.pk)
    found = kept(running)
    assert found.read == 18 and found.people_tone.total == 10
    assert f"“{SECRET}" not in page(
        town.adviser, "monitor-content", running.pk
    )  # a number, never a quotation


def test_a_neighbour_sees_nothing(town: Town, running: Monitor) -> None:
    told(town)
    story = Story.objects.exclude(title="").earliest("pk")
    message = Message.objects.filter(kind="nieuws").earliest("pk")
    client = browser(town.stranger)
    for name, more in (
        ("monitor-content", ()),
        ("monitor-comparing", ()),
        ("monitor-stories", ()),
        ("monitor-story", (story.pk,)),
    ):
        assert client.get(reverse(name, args=(running.pk, *more))).status_code == 404, name
    address = reverse("monitor-tone", args=(running.pk, message.pk))
    assert client.post(address, {"tone": "positief"}).status_code == 404
    assert not SentimentCorrection.objects.exists()
    town.dossier.shared_with.add(town.neighbour)
    assert client.get(reverse("monitor-content", args=(running.pk,))).status_code == 200
    assert client.get(reverse("monitor-stories", args=(running.pk,))).status_code == 403


def test_much_is_read_in_the_background(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "FEW_HITS", 3)
    deliver(town.source, [row(number, f"Opvang {number}") for number in range(5)])
    assert meaning_for(running) is None
    assert "worden gelezen" in page(town.adviser, "monitor-content", running.pk)
    understand(town.organisation.pk)
    first = meaning_for(running)
    assert first is not None and first.counted_at is None and first.meaning.read == 5
    deliver(town.source, [row(7, "Opvang nu")])
    second = meaning_for(running)
    assert second is not None and second.counted_at is not None and second.meaning.read == 5


def test_text_that_was_erased_is_named_and_not_compared(town: Town, running: Monitor) -> None:
    rows = [row(number, f"Opvang vroeger {number}", day=day_back(30)) for number in range(40)]
    deliver(town.source, [*rows, *(row(100 + number, "Opvang verkeer") for number in range(5))])
    understand(town.organisation.pk)
    assert kept(running).compared == "eerder" and kept(running).read_against == 40
    erased = {"title": "", "text": "", "url": "", "erased_at": timezone.now()}
    Message.objects.filter(day=day_back(30)).update(**erased)
    RecentFigures.objects.all().delete()
    understand(town.organisation.pk)
    found = kept(running)
    assert (found.compared, found.read_before, found.platforms_by_outlet) == ("niets", 0, True)


def test_the_hand_wins_from_the_list_and_stays(town: Town, running: Monitor) -> None:
    told(town)
    message = Message.objects.get(title="Vreselijke overlast bij opvang")
    shown = page(town.adviser, "monitor-message", running.pk, message.pk)
    assert "Negatief" in shown and "overlast" in shown and "Zet de toon recht" in shown
    address = reverse("monitor-tone", args=(running.pk, message.pk))
    assert browser(town.reader).post(address, {"tone": "positief"}).status_code == 403
    assert browser(town.adviser).post(address, {"tone": "boos"}).status_code == 302
    assert kept(running).media_tone.by_hand == 0
    assert browser(town.adviser).post(address, {"tone": "positief"}).status_code == 302
    tone = kept(running).media_tone
    assert (tone.by_hand, tone.counts["negatief"], tone.counts["positief"]) == (1, 0, 1)
    deliver(town.source, [row(11, "Nog meer vreselijke overlast bij opvang", bron="Blad")])
    understand(town.organisation.pk)
    message.refresh_from_db()
    assert message.version == 2 and message.sentiment == 1
    assert kept(running).media_tone.by_hand == 1
    assert "rechtgezet door Ada" in page(town.adviser, "monitor-message", running.pk, message.pk)
    line = history(running).get(action="toon.rechtgezet")
    assert list(line.changes.values()) == [["negatief", "positief"]]


def test_a_changed_text_is_judged_anew_when_nobody_set_it_right(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Vreselijke overlast bij opvang")])
    understand(town.organisation.pk)
    deliver(town.source, [row(1, "Geweldig nieuws over opvang")])
    understand(town.organisation.pk)
    assert Message.objects.get().sentiment == 1


def test_the_tone_of_people_cannot_be_set(town: Town, running: Monitor) -> None:
    deliver(town.source, [post(1, "Opvang is mooi")])
    message = Message.objects.get()
    with pytest.raises(Refused):
        correct_tone(monitor=running, message=message, tone="positief", by=town.adviser)
    address = reverse("monitor-tone", args=(running.pk, message.pk))
    assert browser(town.adviser).post(address, {"tone": "positief"}).status_code == 404


def copies(count: int, people: int) -> list[dict[str, Any]]:
    media = [row(number, NEWS, bron=f"Krant {number}", day=day_back(2)) for number in range(count)]
    return [*media, *(post(500 + number, NEWS, day=day_back(1)) for number in range(people))]


@pytest.mark.parametrize(("people", "shown"), [(9, None), (12, 10)])
def test_a_story_counts_as_the_engine_does(
    town: Town, running: Monitor, people: int, shown: int | None
) -> None:
    deliver(town.source, copies(3, people))
    Message.objects.filter(outlet="Krant 1").update(interactions=4)
    Message.objects.filter(kind="sociaal").update(interactions=100)
    understand(town.organisation.pk)
    story = Story.objects.exclude(title="").get()
    found = tell_story(story)
    engine = tell(
        [
            Article(one.key, one.title, one.text, one.outlet, one.published_at, one.url, one.kind,
                    one.interactions, one.author_day_hash)
            for one in Message.objects.filter(matches__story=story)
        ],
        [1] * (3 + people),
    )[0]  # fmt: skip
    assert (found.media, found.people, found.interactions) == (
        engine.media_count, engine.people_count, engine.interactions
    )  # fmt: skip
    assert found.people == shown and story.size == 3 + (shown or 0)
    assert [outlet for outlet, _count in found.outlets] == list(engine.outlets)
    text = page(town.adviser, "monitor-story", running.pk, story.pk)
    assert ("minstens 10 berichten" in text) is bool(shown) and "x.com" not in text
    if not shown:
        assert timezone.localdate(story.last_at) == day_back(
            2
        )  # when a few people wrote is nobody's business


def test_unknown_interactions_stay_unknown(town: Town, running: Monitor) -> None:
    deliver(town.source, copies(2, 0))
    understand(town.organisation.pk)
    story = Story.objects.get()
    assert tell_story(story).interactions is None
    assert "<dd>onbekend</dd>" in page(town.adviser, "monitor-story", running.pk, story.pk)


def test_stories_are_searched_sorted_and_leave_a_trace(town: Town, running: Monitor) -> None:
    deliver(town.source, [*copies(3, 0), row(50, "Opvang dicht"), *(post(600, "Opvang weg ermee"),)])
    understand(town.organisation.pk)
    text = page(town.adviser, "monitor-stories", running.pk, sorteer="-berichten")
    assert text.index(NEWS) < text.index("Opvang dicht") and "weg ermee" not in text
    assert NEWS not in page(town.adviser, "monitor-stories", running.pk, zoek="dicht")
    assert NEWS not in page(town.adviser, "monitor-stories", running.pk, sinds="1")
    assert history(running).filter(action="berichten.ingezien").count() == 1


def test_a_story_does_not_shrink_when_its_oldest_messages_leave_the_window(
    town: Town, running: Monitor
) -> None:
    deliver(town.source, copies(3, 0))
    understand(town.organisation.pk)
    story = Story.objects.get()
    Message.objects.filter(outlet__in=("Krant 0", "Krant 1")).update(day=day_back(20))
    Story.objects.update(first_at=timezone.now() - dt.timedelta(days=20))
    deliver(town.source, [row(9, NEWS, bron="Krant 9", day=day_back(1))])
    understand(town.organisation.pk)
    again = Story.objects.get()
    assert (again.pk, again.size) == (story.pk, 3)
    assert timezone.localdate(again.first_at) == day_back(20)


def series(days: int, each: Any) -> list[dict[str, Any]]:
    """Two outlets that bring other news too; the number of hits of a day is given by how long ago it is."""
    rows = []
    for back in range(1, days + 1):
        for number in range(each(back)):
            rows.append(row(back * 1000 + number, f"Opvang {back} {number}", day=day_back(back)))
        rows += [row(back * 1000 + 900 + n, f"Voetbal {back} {n}", day=day_back(back)) for n in range(9)]
    return rows


def test_a_busy_week_is_clearly_more(town: Town, running: Monitor) -> None:
    deliver(town.source, series(63, lambda back: 12 if back <= 7 else 3 + back % 2))
    now, before = comparing.usual_spans()
    assert (now.length_days, before.length_days, now.last) == (7, 56, day_back(1))
    found = comparing.compare_spans(running, now=now, before=before)
    volume = found.compared[0].differences[0]
    assert (volume.verdict, volume.direction, volume.now) == ("duidelijk", "meer", 12)
    text = page(town.adviser, "monitor-comparing", running.pk)
    assert "Het aantal berichten is sterk toegenomen" in text and "duidelijk" in text
    assert "te kort om te zeggen" in text  # no interactions were told, so nothing is said of them


def test_days_without_a_delivery_are_named_and_are_not_nought(town: Town, running: Monitor) -> None:
    gap = {20, 21}
    rows = [one for one in series(63, lambda _back: 4) if (timezone.localdate() - _day(one)).days not in gap]
    deliver(town.source, rows)
    now, before = comparing.usual_spans()
    found = comparing.compare_spans(running, now=now, before=before)
    assert [(span.first, span.last) for span in found.unknown] == [(day_back(21), day_back(20))]
    assert found.compared[0].differences[0].before == 4 and found.unknown_days == 2


def test_a_medium_that_was_silent_for_long_is_left_out_of_both_periods(town: Town, running: Monitor) -> None:
    more = [
        row(80_000 + back * 10 + number, f"Opvang blad {back} {number}", day=day_back(back), bron="Blad")
        for back in range(6, 64)
        for number in range(6)
    ]
    deliver(town.source, [*series(63, lambda _back: 4), *more])
    now, before = comparing.usual_spans()
    found = comparing.compare_spans(running, now=now, before=before)
    volume = found.compared[0].differences[0]
    assert found.gone == ("Blad",) and (volume.now, volume.before) == (4, 4)
    assert "kwart van een periode stil" in page(town.adviser, "monitor-comparing", running.pk)


def _day(line: dict[str, Any]) -> dt.date:
    return dt.date.fromisoformat(line["datum"][:10])


def test_of_very_many_messages_whole_stories_are_sampled(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(town.source, series(63, lambda _back: 3))
    Message.objects.update(interactions=5)
    story = Story.objects.create(
        monitor=running, title="x", first_at=timezone.now(), last_at=timezone.now(), size=9
    )
    Match.objects.filter(message__day=day_back(1)).update(story=story)
    monkeypatch.setattr(comparing, "MOST_MEASURED", 50)
    span = comparing.usual_spans()[1]
    read = comparing._Measures.of(running, span)
    assert read.step == 4 and 0 < len(read.interactions) < 168 / 2
    now, before = comparing.usual_spans()
    assert comparing.compare_spans(running, now=now, before=before).sampled == 4


def test_before_during_and_after_a_moment(town: Town, running: Monitor) -> None:
    deliver(town.source, series(70, lambda back: 10 if back < 20 else 3))
    at = timezone.now() - dt.timedelta(days=20)
    moment = Moment.objects.create(
        dossier=town.dossier, title="Raadsbesluit", kind="besluit", starts_at=at, created_by=town.second
    )
    Moment.objects.create(
        dossier=town.dossier, title="Straks", kind="besluit", created_by=town.second,
        starts_at=timezone.now() + dt.timedelta(days=2),
    )  # fmt: skip
    text = page(town.adviser, "monitor-comparing", running.pk, moment=moment.pk)
    assert "Raadsbesluit" in text and "Straks" not in text
    assert (
        "Na: " in text and "Het aantal berichten is sterk toegenomen ten opzichte van de tijd ervoor" in text
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"van": "2026-01-09", "tot": "2026-01-01"}, "ligt voor de eerste"),
        ({"met_tot": "2099-01-01"}, "overlappen"),
        ({"tot": "2099-01-01"}, "hoogstens gisteren"),
        ({"met_van": "2001-01-01"}, "meer dan een jaar"),
        ({"van": "gisteren"}, "datum"),
        ({"moment": "999"}, "geldige"),
    ],
)
def test_what_cannot_be_compared_is_said_at_its_field(
    town: Town, running: Monitor, asked: dict[str, str], said: str
) -> None:
    text = page(town.adviser, "monitor-comparing", running.pk, **asked)
    assert said in text and "Wat onbekend is" not in text
