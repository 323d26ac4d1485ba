"""Searching stored messages: the answer of the engine, from the index of either database."""

import datetime as dt
import random
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from regietafel.kit.models import AuditEvent
from regietafel.monitor.adapters import word_index
from regietafel.monitor.engine.query import parse
from regietafel.monitor.engine.searching import AllOf, AnyOf, Demand, Has
from regietafel.monitor.models import Monitor
from regietafel.monitor.selectors import searching
from regietafel.monitor.selectors.searching import Found, search_messages
from regietafel.monitor.services.indexing import rebuild_index
from regietafel.monitor.services.retention import erase_raw_text
from regietafel.monitor.services.sources import create_source
from tests.app.monitor.town import Town, deliver, draft, row

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def found(monitor: Monitor, text: str, **options: Any) -> Found:
    return search_messages(monitor, parse(text), **options)


def titles(monitor: Monitor, text: str, **options: Any) -> list[str]:
    return [hit.document.title for hit in found(monitor, text, **options).hits]


def page(client: Client, monitor: Monitor, **asked: Any) -> str:
    response = client.get(f"/omgeving/monitors/{monitor.pk}/zoeken", asked)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def at_desk(client: Client, town: Town) -> Client:
    client.force_login(town.adviser)
    return client


WORDS_FILED = ["common", "common", "common", "half", "rare", "rarer", "rarest"]
DEMANDS = [
    Has("media=1"),
    Has("common"),
    Has("rare"),
    Has("rar", open_end=True),
    AllOf((Has("media=1"), Has("half"), Has("common"))),
    AnyOf((Has("rarest"), AllOf((Has("rare"), Has("half"))))),
    AnyOf((*(Has(f"none{number}") for number in range(60)), Has("rarer"))),
    Has("nowhere"),
]


def _holds(demand: Demand, words: set[str]) -> bool:
    if isinstance(demand, Has):
        return any(
            word == demand.word or (demand.open_end and word.startswith(demand.word)) for word in words
        )
    return (all if isinstance(demand, AllOf) else any)(_holds(part, words) for part in demand.parts)


@pytest.mark.parametrize("is_counted", [True, False])
@pytest.mark.parametrize("costs", [0, 3, 10**9])
@pytest.mark.parametrize("looked_through", [1, 40, 4_000])
def test_the_index_gives_the_newest_whichever_way_it_chooses(
    monkeypatch: pytest.MonkeyPatch, costs: int, looked_through: int, is_counted: bool
) -> None:
    monkeypatch.setattr(word_index, "GATHERING_COSTS", costs)
    monkeypatch.setattr(word_index, "LOOKED_THROUGH", looked_through)
    draw = random.Random(looked_through)
    filed = {}
    for place in draw.sample(range(1, 10**6), 400):
        chosen = {
            word for number, word in enumerate(WORDS_FILED) if draw.random() < 2.0 ** -max(0, number - 2)
        }
        filed[place] = chosen | {"media=1"}
    word_index.put((place, sorted(words)) for place, words in filed.items())
    if is_counted:
        word_index.take_stock()
    for demand in DEMANDS:
        for first, before, most in (
            (0, 2**63 - 1, 500),
            (0, 2**63 - 1, 7),
            (200_000, 700_000, 30),
            (5, 6, 9),
        ):
            right = [
                p for p in sorted(filed, reverse=True) if first <= p < before and _holds(demand, filed[p])
            ]
            assert word_index.candidates(demand, first=first, before=before, most=most) == right[:most]


def test_the_newest_come_first(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Opvang een"), row(3, "Opvang drie"), row(2, "Opvang twee"), row(4, "Iets")])
    assert titles(running, "opvang") == ["Opvang drie", "Opvang twee", "Opvang een"]


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("opvang*", [4, 2, 1]),
        ("*opvang", [5, 3, 2, 1]),
        ("*opvang* NIET kinderopvang", [4, 3, 2, 1]),
        ('"opvang in borne"', [1]),
        ("opvang NABIJ1 borne", [1]),
        ("=Syriërs", [6]),
        ("syriers", [7, 6]),
        ("#azc", [8]),
        ("azc", [9]),
        ("titel:opvang*", [4, 1]),
        ("bron:courant", [9]),
        ("domein:krant.example", [9, 8, 7, 6, 5, 4, 3, 2, 1]),
        ("url:bericht soort:nieuws azc", [9]),
    ],
)
def test_every_kind_of_question_finds_its_messages(
    town: Town, running: Monitor, question: str, numbers: list[int]
) -> None:
    deliver(
        town.source,
        [
            row(1, "Opvang in Borne"),
            row(2, "Raad", tekst="De opvang en de noodopvang"),
            row(3, "Noodopvang"),
            row(4, "Opvanglocatie"),
            row(5, "Kinderopvang"),
            row(6, "Syriërs welkom"),
            row(7, "syriers welkom"),
            row(8, "Kijk #azc"),
            row(9, "Nieuw azc", bron="De Courant"),
        ],
    )
    assert [hit.document.url.rpartition("/")[2] for hit in found(running, question).hits] == [
        str(number) for number in numbers
    ]


def test_a_changed_message_is_found_by_its_new_words_only(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Oude opvang")])
    deliver(town.source, [row(1, "Nieuwe opvang", day=TODAY)])
    assert titles(running, "oude") == []
    assert titles(running, "nieuwe") == ["Nieuwe opvang"]


def test_pages_follow_each_other_while_messages_come_in(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(number, f"Opvang {number}") for number in range(5)])
    first = found(running, "opvang", most=2)
    deliver(town.source, [row(50, "Opvang 50")])
    second = found(running, "opvang", most=2, before=first.older)
    third = found(running, "opvang", most=2, before=second.older)
    shown = [hit.document.title for each in (first, second, third) for hit in each.hits]
    assert shown == [f"Opvang {number}" for number in (4, 3, 2, 1, 0)]
    assert (first.count, first.is_counted, third.older) == (5, True, None)


def test_a_count_that_was_not_finished_says_so(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "NEWEST", 4)
    monkeypatch.setattr(searching, "COUNTED_AMONG", 4)
    deliver(town.source, [row(number, f"Opvang {number}") for number in range(9)])
    cut_off = found(running, "opvang", most=2)
    assert (len(cut_off.hits), cut_off.count, cut_off.is_counted) == (2, 4, False)


def test_when_the_time_is_up_the_rest_can_be_searched_on(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "JUDGED_AT_ONCE", 3)
    deliver(town.source, [row(number, f"Noodopvang {number}") for number in range(9)])
    moments = iter([0.0, 0.0, 0.0, 5.0])
    monkeypatch.setattr(searching, "monotonic", lambda: next(moments, 5.0))
    first = found(running, "*opvang*")
    monkeypatch.undo()
    assert (first.count, first.is_counted, first.stopped_at is not None) == (3, False, True)
    rest = found(running, "*opvang*", before=first.older)
    assert first.count + rest.count == 9 and rest.is_counted


def test_a_database_that_takes_too_long_is_broken_off(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(town.source, [row(1, "Opvang")])

    def slow(*args: Any, **options: Any) -> list[int]:
        raise word_index.TooSlow

    monkeypatch.setattr(word_index, "candidates", slow)
    outcome = found(running, "opvang")
    assert (outcome.hits, outcome.is_counted) == ((), False)
    assert outcome.stopped_at is not None


def test_only_what_was_brought_to_this_monitor_is_searched(town: Town, running: Monitor) -> None:
    elsewhere = create_source(
        organisation=town.neighbour, name="Buurkrant", kind="bestand", message_kind="nieuws", by=None
    )
    other = create_source(
        organisation=town.organisation, name="Tweede", kind="bestand", message_kind="nieuws", by=None
    )
    for source in (town.source, elsewhere, other):
        deliver(source, [row(1, f"Opvang van {source.name}", url=f"https://{source.pk}.example/1")])
    assert titles(running, "opvang") == ["Opvang van Krant"]


def test_of_people_there_is_only_a_rounded_number(town: Town, running: Monitor, at_desk: Client) -> None:
    post = {"soort": "sociaal", "url": "", "bron": "Forum"}
    deliver(town.source, [row(number, "Opvang!", auteur=f"a{number % 9}", **post) for number in range(40)])
    assert "te weinig verschillende mensen" in page(at_desk, running, vraag="opvang")
    deliver(town.source, [row(number, "Opvang?", auteur=f"b{number}", **post) for number in range(100, 113)])
    shown = page(at_desk, running, vraag="opvang")
    assert "minstens 50 berichten van mensen" in shown and "Opvang?" not in shown
    assert found(running, "opvang").hits == ()


def test_erased_text_is_no_longer_found(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(town.source, [row(1, "Opvang zeldzaamwoord")])
    later = timezone.now() + dt.timedelta(days=15)
    monkeypatch.setattr(timezone, "now", lambda: later)
    erase_raw_text()
    scope = word_index.Has("zeldzaamwoord")
    assert word_index.candidates(scope, first=0, before=2**63 - 1, most=9) == []
    assert found(running, "opvang").count == 0


def test_a_rebuilt_index_gives_the_same_answers(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(number, f"Opvang {number}") for number in range(5)])
    before = titles(running, "opvang")
    word_index.drop_index()
    word_index.create_index()
    assert titles(running, "opvang") == []
    assert rebuild_index() == 5
    assert titles(running, "opvang") == before


def test_the_page_shows_marked_words_and_how_the_question_is_read(
    town: Town, running: Monitor, at_desk: Client
) -> None:
    deliver(town.source, [row(1, "Opvang <b>in</b> Borne", tekst="De raad praat over opvang.")])
    shown = page(at_desk, running, vraag="opvang NIET kermis")
    assert "<mark>Opvang</mark>" in shown and "<b>in</b>" not in shown
    assert "Zo lezen wij uw vraag" in shown and "1 bericht" in shown
    assert f"/omgeving/monitors/{running.pk}/zoekvraag/wijzigen?text=opvang+NIET+kermis" in shown
    assert AuditEvent.objects.filter(action="berichten.doorzocht").count() == 1


def test_days_and_medium_narrow_the_answer(town: Town, running: Monitor, at_desk: Client) -> None:
    week_ago = TODAY - dt.timedelta(days=7)
    deliver(
        town.source,
        [
            row(1, "Opvang vorige week", day=week_ago),
            row(2, "Opvang gisteren"),
            row(3, "Opvang elders", bron="RTV Oost"),
        ],
    )
    assert "Opvang vorige week" not in page(
        at_desk, running, vraag="titel:opvang", van=TODAY - dt.timedelta(days=2)
    )
    only = page(at_desk, running, vraag="week", tot=week_ago)
    assert "1 bericht" in only
    narrow = page(at_desk, running, vraag="elders OF gisteren", medium="rtv oost")
    assert "1 bericht" in narrow and "RTV Oost" in narrow


def test_what_cannot_be_asked_is_explained_and_not_searched(
    town: Town, running: Monitor, at_desk: Client
) -> None:
    deliver(town.source, [row(1, "Opvang")])
    for question in ("opvang EN", "NIET opvang", '"Jan de Vries"', "<onbekende plek>"):
        told = page(at_desk, running, vraag=question)
        assert "Er is niet gezocht" in told
        assert 'aria-invalid="true"' in told and 'aria-describedby="id_vraag_error"' in told
        field, _below = told[told.index("<textarea") :].split('name="van"')
        assert field.count('id="id_vraag_error"') == 1, "the reason stands under the question"
        assert "Zo lezen wij uw vraag" not in told and "hiernaast" not in told
    refused = page(at_desk, running, vraag="opvang", medium="Jan de Vries")
    assert "errorlist" in refused and "Er is niet gezocht" in refused
    assert not AuditEvent.objects.filter(action="berichten.doorzocht").exists()


@pytest.mark.parametrize(
    "asked",
    [{"vraag": "opvang", "voor": "x"}, {"vraag": "opvang", "voor": "9" * 30}],
)
def test_an_address_that_we_did_not_make_is_refused(
    running: Monitor, at_desk: Client, asked: dict[str, str]
) -> None:
    assert at_desk.get(f"/omgeving/monitors/{running.pk}/zoeken", asked).status_code == 400


def test_a_number_that_is_not_exact_says_what_is_shown(
    town: Town, running: Monitor, at_desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(town.source, [row(number, "Opvang") for number in range(120)])
    assert "120 berichten" in page(at_desk, running, vraag="opvang")
    monkeypatch.setattr(searching, "COUNTED_AMONG", 50)
    told = page(at_desk, running, vraag="opvang")
    assert "De nieuwste 25 berichten staan hieronder; er zijn er meer." in told and "Meer dan" not in told


def test_what_others_hang_on_an_address_is_left_aside(
    town: Town, running: Monitor, at_desk: Client, caplog: pytest.LogCaptureFixture
) -> None:
    deliver(town.source, [row(number, "Opvang") for number in range(30)])
    told = page(at_desk, running, vraag="opvang", utm_source="mail")
    assert "Oudere berichten" in told and "utm_source" not in told
    for address in ("", "/plaatsprofielen", f"/monitors/{running.pk}/berichten", "/aanvragen"):
        shown = at_desk.get(f"/omgeving{address}", {"utm_source": "mail"})
        assert shown.status_code == 200 and "utm_source" not in shown.content.decode()
    assert not caplog.records


@pytest.mark.parametrize(
    "text",
    ["'\"); DROP TABLE x; --", "NEAR(a b)", "a:b", "^a", "{a b}", "\x00", "*" * 50, "(" * 3_000, "=" * 9],
)
def test_hostile_questions_get_an_answer(running: Monitor, at_desk: Client, text: str) -> None:
    page(at_desk, running, vraag=text)


def test_only_own_people_search_and_only_for_a_purpose(town: Town, running: Monitor, client: Client) -> None:
    address = f"/omgeving/monitors/{running.pk}/zoeken"
    for person, status in ((town.reader, 403), (town.stranger, 404)):
        client.force_login(person)
        assert client.get(address, {"vraag": "opvang"}).status_code == status
    client.force_login(town.adviser)
    aimless = draft(town, purpose="", legal_basis="")
    assert "Zoeken kan nog niet" in page(client, aimless, vraag="opvang")


def test_the_answers_leave_as_a_table(town: Town, running: Monitor, at_desk: Client) -> None:
    deliver(town.source, [row(1, "Opvang in Borne"), row(2, "Kermis")])
    response = at_desk.get(f"/omgeving/monitors/{running.pk}/zoeken", {"vraag": "opvang", "uit": "csv"})
    lines = response.content.decode("utf-8-sig").splitlines()
    assert response.headers["Content-Type"].startswith("text/csv")
    assert "Opvang in Borne" in lines[1] and len(lines) == 2
