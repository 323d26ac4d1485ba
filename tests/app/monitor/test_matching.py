"""What is found is what the question says now: after any change, in any process, at the same moment."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from regietafel.monitor.engine.query.reference import answers
from regietafel.monitor.models import Match, Message, Monitor, QueryVersion, Source
from regietafel.monitor.selectors.messages import documents_of
from regietafel.monitor.selectors.monitors import current_query, current_question, question_of
from regietafel.monitor.services import standing
from regietafel.monitor.services.matching import foresee, rematch
from regietafel.monitor.services.monitors import (
    change_monitor,
    pause_monitor,
    revise_query,
    start_monitor,
)
from regietafel.monitor.services.places import change_place, create_place
from regietafel.monitor.services.sources import create_source
from tests.app.monitor.test_concurrency import at_once
from tests.app.monitor.town import Town, build, deliver, draft, row

ROOT = Path(__file__).parents[3]


def found(monitor: Monitor) -> set[str]:
    return set(Match.objects.filter(monitor=monitor).values_list("message__title", flat=True))


def right(monitor: Monitor) -> set[str]:
    """Judge every message of the sources the slow and obvious way."""
    query = current_question(Monitor.objects.get(pk=monitor.pk))
    assert query is not None
    held = Message.objects.filter(source__in=monitor.sources.all())
    return {document.title for document in documents_of(held) if answers(query.tree, document)}


def revise(monitor: Monitor, text: str, town: Town) -> None:
    revise_query(monitor=monitor, text=text, note="anders", by=town.adviser)


def test_a_changed_question_holds_for_what_is_there_and_for_what_comes(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Opvang"), row(2, "Kermis")])
    assert found(running) == {"Opvang"}
    revise(running, "kermis", town)
    assert found(running) == {"Kermis"}
    deliver(town.source, [row(3, "Opvang"), row(4, "Kermis op zondag")])
    assert found(running) == {"Kermis", "Kermis op zondag"}


def test_a_changed_message_is_judged_anew(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Opvang"), row(2, "Kermis")])
    deliver(town.source, [row(1, "Markt"), row(2, "Kermis bij de opvang")])
    assert found(running) == {"Kermis bij de opvang"}


def test_what_fills_a_question_holds_at_once(town: Town) -> None:
    place = create_place(
        organisation=town.organisation, name="Kade", values={"plaatsnaam": ["Waterdorp"]}, by=town.adviser
    )
    monitor = draft(town, query="opvang <plaatsnaam>", filled_from=place)
    monitor = start_monitor(monitor=monitor, by=town.adviser)
    deliver(town.source, [row(1, "Opvang Waterdorp"), row(2, "Opvang Zandstad")])
    assert found(monitor) == {"Opvang Waterdorp"}
    change_place(place=place, name="Kade", values={"plaatsnaam": ["Zandstad"]}, by=town.adviser)
    assert found(monitor) == {"Opvang Zandstad"}
    deliver(town.source, [row(3, "Nog een opvang in Waterdorp"), row(4, "Nog een opvang in Zandstad")])
    assert found(monitor) == {"Opvang Zandstad", "Nog een opvang in Zandstad"} == right(monitor)


def test_a_monitor_looks_only_in_its_sources_and_only_while_it_runs(town: Town, running: Monitor) -> None:
    other = create_source(organisation=town.organisation, name="Andere", kind="bestand", by=None)
    deliver(other, [row(1, "Opvang elders")])
    assert found(running) == set()
    change_monitor(monitor=running, sources=[other], by=town.adviser)
    assert found(running) == {"Opvang elders"}
    deliver(town.source, [row(2, "Opvang in de krant")])
    pause_monitor(monitor=running, reason="even niet", by=town.adviser)
    deliver(other, [row(3, "Opvang terwijl hij rust")])
    assert found(running) == {"Opvang elders"}
    start_monitor(monitor=running, by=town.adviser)
    assert found(running) == {"Opvang elders", "Opvang terwijl hij rust"}


def test_a_monitor_past_its_last_day_finds_nothing_more(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Opvang")])
    Monitor.objects.filter(pk=running.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    deliver(town.source, [row(2, "Opvang te laat")])
    assert found(running) == {"Opvang"}


def test_a_change_that_is_undone_was_never_there(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Opvang")])
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        revise(running, "kermis", town)
        deliver(town.source, [row(2, "Kermis")])
        raise ZeroDivisionError
    deliver(town.source, [row(3, "Kermis"), row(4, "Opvang aan de Kade")])
    assert found(running) == {"Opvang", "Opvang aan de Kade"}
    revise(running, "markt", town)  # the version that takes the number of the one that was undone
    deliver(town.source, [row(5, "Markt"), row(6, "Kermis in het dorp")])
    assert found(running) == {"Markt"}


def test_a_source_that_made_room_is_read_again(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "MOST_SOURCES", 1)
    other = create_source(organisation=town.organisation, name="Andere", kind="bestand", by=None)
    for number in range(3):
        deliver(other, [row(10 + number, f"Opvang elders {number}")])
        deliver(town.source, [row(number, f"Opvang {number}")])
    assert found(running) == {"Opvang 0", "Opvang 1", "Opvang 2"}


def test_a_question_that_cannot_be_read_any_more_stops_no_delivery(town: Town, running: Monitor) -> None:
    other = start_monitor(monitor=draft(town, title="Kermis", query="kermis"), by=town.adviser)
    QueryVersion.objects.filter(monitor=other).update(text="kermis EN (")
    deliver(town.source, [row(1, "Opvang bij de kermis")])
    assert (found(running), found(other)) == ({"Opvang bij de kermis"}, set())
    QueryVersion.objects.filter(monitor=other).update(text="kermis")
    deliver(town.source, [row(2, "Kermis")])
    assert found(other) == {"Kermis"}


def test_what_was_judged_ahead_is_brought_up_to_date(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Opvang"), row(2, "Markt"), row(3, "Opvang die wordt gewist")])
    version = current_query(running)
    assert version is not None
    ahead = foresee(running, version=version)
    assert ahead is not None
    deliver(town.source, [row(1, "Feest"), row(2, "Markt bij de opvang"), row(4, "Opvang die later komt")])
    Match.objects.all().delete()
    Message.objects.filter(title="Opvang die wordt gewist").update(
        erased_at=timezone.now(), title="", text=""
    )
    assert rematch(running, ahead=ahead) == 2
    assert found(running) == {"Markt bij de opvang", "Opvang die later komt"}


def test_what_was_judged_ahead_for_another_question_does_not_count(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Opvang"), row(2, "Markt")])
    version = current_query(running)
    assert version is not None
    version.text = "markt"
    ahead = foresee(running, version=version)
    rematch(running, ahead=ahead)
    assert found(running) == {"Opvang"}
    assert question_of(version).text == "markt"


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_a_question_changed_by_another_process_holds_for_the_next_delivery() -> None:
    town = build()
    monitor = start_monitor(monitor=draft(town), by=town.adviser)
    deliver(town.source, [row(1, "Opvang"), row(2, "Kermis")])
    connection.close()
    _revise_in_a_process("kermis")
    deliver(town.source, [row(3, "Opvang aan de Kade"), row(4, "Kermis op zondag")])
    assert found(monitor) == {"Kermis", "Kermis op zondag"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_deliveries_and_changes_at_once_leave_the_answer_to_the_last_question() -> None:
    town = build()
    monitor = start_monitor(monitor=draft(town), by=town.adviser)
    words = ("opvang", "kermis", "markt")
    rows = [[row(n, f"{words[n % 3]} {n}") for n in range(part * 90, part * 90 + 90)] for part in range(3)]
    outcomes = at_once(
        *[lambda part=part: deliver(Source.objects.get(pk=town.source.pk), part) for part in rows],
        lambda: revise(Monitor.objects.get(pk=monitor.pk), "kermis", town),
        lambda: revise(Monitor.objects.get(pk=monitor.pk), "markt OF kermis", town),
    )
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert found(monitor) == right(monitor)
    assert len(right(monitor)) in (90, 180)


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_a_place_profile_changed_during_deliveries_waits_for_nobody_for_ever() -> None:
    town = build()
    values = {"plaatsnaam": ["Waterdorp"]}
    place = create_place(organisation=town.organisation, name="Kade", values=values, by=town.adviser)
    monitors = [
        start_monitor(
            monitor=draft(town, title=title, query="<plaatsnaam>", filled_from=place), by=town.adviser
        )
        for title in ("Een", "Twee")
    ]
    names = ("Waterdorp", "Zandstad")
    rows = [[row(n, f"{names[n % 2]} {n}") for n in range(part * 50, part * 50 + 50)] for part in range(3)]
    outcomes = at_once(
        *[lambda part=part: deliver(Source.objects.get(pk=town.source.pk), part) for part in rows],
        lambda: change_place(place=place, name="Kade", values={"plaatsnaam": ["Zandstad"]}, by=town.adviser),
    )
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    for monitor in monitors:
        assert found(monitor) == right(monitor)
        assert len(found(monitor)) == 75


def _revise_in_a_process(text: str) -> None:
    """Change the question of the only monitor with another process on the database of this test."""
    program = (
        "import sys, django; django.setup()\n"
        "from django.db import connection\n"
        "connection.settings_dict['NAME'] = sys.argv[1]\n"
        "from regietafel.monitor.models import Monitor\n"
        "from regietafel.monitor.services.monitors import revise_query\n"
        "revise_query(monitor=Monitor.objects.get(), text=sys.argv[2], note='elders', by=None)\n"
    )
    words = [sys.executable, "-c", program, str(connection.settings_dict["NAME"]), text]
    subprocess.run(words, env=os.environ | {"PYTHONPATH": str(ROOT / "src")}, check=True, timeout=120)
