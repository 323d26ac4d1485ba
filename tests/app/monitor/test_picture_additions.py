"""What a picture says beside its counts, frozen with it; nothing about people that may not be told."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from regietafel.monitor.models import MediaPicture, Message, Monitor
from regietafel.monitor.selectors.pictures import content_of, document_of
from regietafel.monitor.services.labelling import draw_random_sample, label_message
from regietafel.monitor.services.pictures import make_picture, publish_picture
from regietafel.monitor.services.understanding import understand
from tests.app.monitor.town import Town, deliver, row

pytestmark = pytest.mark.django_db


def day_back(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def make(monitor: Monitor, town: Town) -> MediaPicture:
    return make_picture(monitor=monitor, period_from=day_back(7), period_until=day_back(1), by=town.adviser)


@pytest.fixture
def busy(town: Town, running: Monitor) -> Monitor:
    """Sixty quiet days of two messages, then a day of forty with a tone and a place."""
    rows = [
        row(back * 10 + n, f"Opvang, bericht {back} {n}", day=day_back(back), bron=f"Krant {n}")
        for back in range(1, 60)
        for n in range(2)
    ]
    rows += [row(5_000 + n, f"Overlast en rellen bij opvang in Almelo ({n})", bron="NOS") for n in range(40)]
    deliver(town.source, rows)
    understand(town.organisation.pk)
    return running


def test_a_picture_compares_tells_tone_reach_places_and_alarms(busy: Monitor, town: Town) -> None:
    told = {one.kind: one for one in content_of(make(busy, town)).additions}
    assert "toegenomen ten opzichte van de acht weken ervoor" in told["vergelijking"].text
    assert told["alarmen"].rows[0][1] == "42 berichten"
    assert told["toon"].rows[2][:2] == ("negatief", "40") and "Gemeten juistheid" in told["toon"].note
    assert told["bereik"].rows[0][:2] == ("landelijk", "40")
    assert told["plaatsen"].rows[0] == ("Almelo", "40")
    assert "labels" not in told


def test_what_it_says_is_frozen_and_on_paper(busy: Monitor, town: Town, client: Client) -> None:
    frozen = publish_picture(picture=make(busy, town), revision=1, by=town.adviser)
    before = content_of(frozen).additions
    Message.objects.update(sentiment=1)
    again = MediaPicture.objects.get(pk=frozen.pk)
    assert content_of(again).additions == before
    word = Document(io.BytesIO(document_of(again, "docx")))
    cells = {cell.text for table in word.tables for line in table.rows for cell in line.cells}
    assert {"negatief", "landelijk", "Almelo"} <= cells
    client.force_login(town.adviser)
    page = client.get(reverse("picture", args=[frozen.pk])).content.decode()
    assert "Toon van de media" in page and "Dagen die opvielen" in page


def test_shares_of_labels_come_from_a_sample_of_this_period_only(busy: Monitor, town: Town) -> None:
    draw_random_sample(
        monitor=busy, period_from=day_back(7), period_until=day_back(1), size=50, by=town.adviser
    )
    for message in Message.objects.filter(samples__isnull=False):
        label_message(monitor=busy, message=message, codes=["S"], by=town.adviser)
    told = {one.kind: one for one in content_of(make(busy, town)).additions}
    assert told["labels"].rows[0][0] == "Schadebeperking" and "(" in told["labels"].rows[0][1]
    earlier = make_picture(monitor=busy, period_from=day_back(20), period_until=day_back(10), by=town.adviser)
    assert "labels" not in {one.kind for one in content_of(earlier).additions}


def test_nothing_is_claimed_without_a_past(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Opvang open")])
    kinds = {one.kind for one in content_of(make(running, town)).additions}
    assert "vergelijking" not in kinds and "alarmen" not in kinds
