"""An omgevingsbeeld: made from what is there, edited by one at a time, frozen for good."""

import datetime as dt
import io
import json

import pytest
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from regietafel.kit.refusal import Refused
from regietafel.monitor.models import MediaPicture, Monitor
from regietafel.monitor.selectors.pictures import changes_since, content_of, document_of
from regietafel.monitor.services.pictures import (
    discard_picture,
    edit_picture,
    fingerprint,
    make_picture,
    publish_picture,
    renew_figures,
)
from tests.app.monitor.town import Town, deliver, row

pytestmark = pytest.mark.django_db


def yesterday() -> dt.date:
    return timezone.localdate() - dt.timedelta(days=1)


@pytest.fixture
def picture(town: Town, running: Monitor) -> MediaPicture:
    rows = [row(n, f"Opvang aan de Kade, deel {n}", bron=f"Krant {n % 3}") for n in range(6)]
    deliver(town.source, [*rows, *(row(n, "Iets anders") for n in range(20, 30))])
    week = yesterday() - dt.timedelta(days=6)
    return make_picture(monitor=running, period_from=week, period_until=yesterday(), by=town.adviser)


def published(picture: MediaPicture, town: Town) -> MediaPicture:
    return publish_picture(picture=picture, revision=picture.revision, by=town.adviser)


def test_the_draft_starts_with_figures_and_a_proposal(picture: MediaPicture) -> None:
    figures = content_of(picture).figures
    assert figures.media_count == 6
    assert figures.share is not None and figures.share.published == 16
    assert "6 berichten" in picture.core_message and picture.number is None


def test_two_editors_do_not_overwrite_each_other(picture: MediaPicture, town: Town) -> None:
    edit_picture(
        picture=picture, revision=1, by=town.adviser, core_message="Eerste", advice="", expected_moments=""
    )
    with pytest.raises(Refused, match="Iemand anders"):
        edit_picture(picture=picture, revision=1, by=town.second, core_message="Tweede")
    assert MediaPicture.objects.get(pk=picture.pk).core_message == "Eerste"


def test_a_published_picture_never_changes(picture: MediaPicture, town: Town, running: Monitor) -> None:
    frozen = published(picture, town)
    before = document_of(frozen, "json")
    deliver(town.source, [row(99, "Opvang, nog een bericht")])
    Monitor.objects.filter(pk=running.pk).update(legal_basis="iets anders")
    for attempt in (
        lambda: edit_picture(picture=frozen, revision=frozen.revision, by=town.adviser, core_message="x"),
        lambda: renew_figures(picture=frozen, revision=frozen.revision, by=town.adviser),
        lambda: publish_picture(picture=frozen, revision=frozen.revision, by=town.adviser),
        lambda: discard_picture(picture=frozen, by=town.adviser),
    ):
        with pytest.raises(Refused):
            attempt()
    again = MediaPicture.objects.get(pk=frozen.pk)
    assert document_of(again, "json") == before
    assert again.content_sha256 == fingerprint(again.content)


def test_numbers_follow_each_other(picture: MediaPicture, town: Town, running: Monitor) -> None:
    first = published(picture, town)
    second = make_picture(monitor=running, period_from=yesterday(), period_until=yesterday(), by=town.adviser)
    assert (first.number, published(second, town).number) == (1, 2)


def test_the_next_picture_says_what_changed(picture: MediaPicture, town: Town, running: Monitor) -> None:
    first = published(picture, town)
    deliver(
        town.source,
        [row(50 + n, "Burgemeester stelt besluit over opvang uit", bron=f"K{n}") for n in range(3)],
    )
    second = make_picture(
        monitor=running, period_from=picture.period_from, period_until=picture.period_until, by=town.adviser
    )
    told = " ".join(change.sentence for change in changes_since(second, first))
    assert "Burgemeester stelt besluit over opvang uit" in told


def test_an_empty_kernbeeld_is_not_published(picture: MediaPicture, town: Town) -> None:
    edited = edit_picture(picture=picture, revision=1, by=town.adviser, core_message=" ")
    with pytest.raises(Refused, match="kernbeeld"):
        published(edited, town)


@pytest.mark.parametrize(("first", "last"), [(0, -1), (-2, 1), (-120, -1)])
def test_impossible_periods_are_refused(town: Town, running: Monitor, first: int, last: int) -> None:
    today = timezone.localdate()
    with pytest.raises(Refused):
        make_picture(
            monitor=running,
            period_from=today + dt.timedelta(days=first),
            period_until=today + dt.timedelta(days=last),
            by=town.adviser,
        )


def test_the_documents_say_the_same(picture: MediaPicture, town: Town) -> None:
    words = {"core_message": "De aandacht loopt op.", "advice": "Bel de bewoners."}
    edited = edit_picture(
        picture=picture, revision=1, by=town.adviser, expected_moments="- Raad, 3 mei", **words
    )
    frozen = published(edited, town)
    word = Document(io.BytesIO(document_of(frozen, "docx")))
    cells = [cell.text for table in word.tables for line in table.rows for cell in line.cells]
    in_word = " ".join([*(paragraph.text for paragraph in word.paragraphs), *cells])
    in_pdf = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(document_of(frozen, "pdf"))).pages)
    data = json.loads(document_of(frozen, "json"))
    for text in ("De aandacht loopt op.", "Bel de bewoners.", "Raad, 3 mei", "niet representatief"):
        assert text in in_word and text in " ".join(in_pdf.split())
    assert data["cijfers"]["aantal_media"] == 6 and data["nummer"] == 1
    assert "niet representatief" in data["voorbehoud"]


def test_people_are_never_quoted(town: Town, running: Monitor) -> None:
    rows = [
        row(
            n,
            "",
            tekst=f"Opvang? Ik vind er wat van, nummer {n}",
            soort="sociaal",
            auteur=f"p{n}",
            bron="Forum",
        )
        for n in range(12)
    ]
    deliver(town.source, rows)
    picture = make_picture(
        monitor=running, period_from=yesterday(), period_until=yesterday(), by=town.adviser
    )
    said = document_of(picture, "json").decode()
    assert "Ik vind er wat van" not in said
    assert content_of(picture).figures.people.count == 10


def test_fewer_than_ten_people_are_not_counted(town: Town, running: Monitor) -> None:
    rows = [
        row(n, "", tekst=f"Opvang {n}", soort="sociaal", auteur=f"p{n % 9}", bron="Forum") for n in range(40)
    ]
    deliver(town.source, rows)
    picture = make_picture(
        monitor=running, period_from=yesterday(), period_until=yesterday(), by=town.adviser
    )
    assert content_of(picture).figures.people.count is None
