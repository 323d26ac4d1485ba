"""The review of a question looks at the media messages of its own monitor, and shows them safely."""

from typing import Any

import pytest
from django.template.loader import render_to_string

from regietafel.monitor.adapters.homonyms import homonyms
from regietafel.monitor.engine.query import parse
from regietafel.monitor.selectors import reviewing
from regietafel.monitor.selectors.reviewing import compare_questions, judged_media, review_question
from regietafel.monitor.services.sources import create_source
from tests.app.monitor.town import Town, deliver, draft, row

pytestmark = pytest.mark.django_db


def test_only_media_of_the_own_sources_are_looked_at(town: Town) -> None:
    other = create_source(
        organisation=town.organisation, name="Elders", kind="bestand", message_kind="nieuws", by=town.adviser
    )
    deliver(town.source, [row(1, "Opvang in Borne"), row(2, "Opvang, zegt Jan", soort="sociaal", auteur="x")])
    deliver(other, [row(3, "Opvang elders")])
    seen = review_question(draft(town), parse("opvang"))
    assert (seen.sample.messages, seen.answers) == (1, 1)


def test_blanks_are_filled_with_the_values_given(town: Town) -> None:
    deliver(town.source, [row(1, "Opvang in Borne"), row(2, "Opvang in Esrade")])
    seen = review_question(draft(town), parse("opvang <plaats>"), values={"plaats": ["Esrade"]})
    assert seen.answers == 1


def test_what_a_change_gains_and_loses(town: Town) -> None:
    deliver(town.source, [row(1, "Opvang in Borne"), row(2, "Azc in Borne"), row(3, "Opvang en azc")])
    done = compare_questions(draft(town), old=parse("opvang"), new=parse("azc"))
    assert (done.gained.messages, done.lost.messages, done.kept) == (1, 1, 1)
    assert [word.written for word in done.gained.words] == ["azc"]
    page = render_to_string("monitor/parts/review_comparison.html", {"comparison": done})
    assert "<mark>Azc</mark> in Borne" in page
    assert "Komt erbij: 1 bericht" in page


def test_the_newest_are_read_until_it_is_enough(town: Town, monkeypatch: Any) -> None:
    monkeypatch.setattr(reviewing, "MOST_CHARACTERS", 2 * len("Opvang 00"))
    deliver(town.source, [row(number, f"Opvang {number:02d}") for number in range(10, 20)])
    assert [document.title for document in judged_media(draft(town))] == ["Opvang 19", "Opvang 18"]


def test_the_page_shows_findings_with_a_button_and_what_people_typed_stays_text(town: Town) -> None:
    deliver(town.source, [row(1, "Noodopvang <b>met</b> kinderopvang", tekst="<script>alert(1)</script>")])
    seen = review_question(draft(town), parse("(noodopvang OF azc OF azc*) NIET kinderopvang"))
    page = render_to_string("monitor/parts/review.html", {"review": seen, "may_apply": True})
    assert "<script" not in page and "<b>" not in page
    assert "<mark>Noodopvang</mark>" in page and "<mark>kinderopvang</mark>" in page
    assert 'name="vervang" value="0:20000:(noodopvang OF azc*) NIET kinderopvang"' in page
    reading = render_to_string("monitor/parts/review.html", {"review": seen})
    assert "<button" not in reading


def test_every_known_homonym_can_be_written_and_is_not_warned_for_twice() -> None:
    known = homonyms()
    assert {"IND", "coa", "AMV", "zza", "Hengelo", "Borne"} <= {homonym.word for homonym in known}
    for homonym in known:
        assert homonym.why.endswith(".") and homonym.advice.endswith("."), homonym.word
        assert parse(homonym.word).terms()
        assert not homonym.instead or parse(homonym.instead).tree != parse(homonym.word).tree


def test_a_review_asks_the_database_a_fixed_number_of_questions(
    town: Town, django_assert_max_num_queries: Any
) -> None:
    monitor = draft(town)
    deliver(town.source, [row(number, f"Opvang {number}") for number in range(30)])
    with django_assert_max_num_queries(3):  # the sources, the newest of each, their texts
        assert review_question(monitor, parse("opvang")).answers == 30
