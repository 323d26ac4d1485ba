"""The words of an omgevingsbeeld: per label, never a quote of a person, and due again by its urgency."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from regietafel.kit.jobs import JobFailed
from regietafel.kit.refusal import Refused
from regietafel.monitor.adapters.exporters import LabelNotes, PictureContent
from regietafel.monitor.models import MediaPicture, Monitor
from regietafel.monitor.selectors.pictures import content_of, document_of, next_due
from regietafel.monitor.selectors.today import waiting_for
from regietafel.monitor.services.mailing import mail_picture, send_mailing
from regietafel.monitor.services.pictures import edit_picture, make_picture, publish_picture
from regietafel.monitor.services.urgency import set_urgency
from tests.app.monitor.town import Town, deliver, row

pytestmark = pytest.mark.django_db
SAID = "Ik slaap al weken niet meer door dat gedoe met de opvang hier"


@pytest.fixture
def picture(town: Town, running: Monitor) -> MediaPicture:
    post = row(1, "", tekst=SAID, soort="sociaal", auteur="p1", bron="Forum")
    deliver(town.source, [post, row(2, "Omwonenden opvang willen snel duidelijkheid van college")])
    day = timezone.localdate() - dt.timedelta(days=1)
    return make_picture(monitor=running, period_from=day, period_until=day, by=town.adviser)


def words(**changed: Any) -> dict[str, Any]:
    notes = LabelNotes("Vooral vragen over verkeer.", ("Ouders vragen naar de route.",), "Bel de school.")
    return {"core_message": "Het is rustig.", "labels": {"I": notes}} | changed


def test_each_label_keeps_what_is_seen_with_examples_and_advice(picture: MediaPicture, town: Town) -> None:
    edited = edit_picture(picture=picture, revision=1, by=town.adviser, **words(hotspots="Plein"))
    frozen = publish_picture(picture=edited, revision=edited.revision, by=town.adviser)
    content = content_of(MediaPicture.objects.get(pk=frozen.pk))
    assert content.notes.per_label == [("I", "informatiebehoefte", words()["labels"]["I"])]
    text = "\n".join(p.text for p in Document(io.BytesIO(document_of(frozen, "docx"))).paragraphs)
    for told in (
        "Informatiebehoefte",
        "Vooral vragen over verkeer.",
        "Ouders vragen",
        "Bel de school.",
        "Plein",
    ):
        assert told in text


@pytest.mark.parametrize("field", ["core_message", "advice", "hotspots", "uncertainty"])
def test_a_person_is_never_quoted(picture: MediaPicture, town: Town, field: str) -> None:
    with pytest.raises(Refused, match="slaap al weken niet meer"):
        edit_picture(
            picture=picture, revision=1, by=town.adviser, **words(**{field: f"Iemand zei: {SAID[3:40]}"})
        )
    picture.refresh_from_db()
    assert picture.revision == 1


def test_a_person_is_not_quoted_in_an_example_or_at_the_last_moment(
    picture: MediaPicture, town: Town
) -> None:
    labels = {"B": LabelNotes(examples=("slaap al weken niet meer door",))}
    with pytest.raises(Refused, match="eigen woorden"):
        publish_picture(picture=picture, revision=1, by=town.adviser, **words(labels=labels))
    assert MediaPicture.objects.get(pk=picture.pk).state == "concept"


def test_a_headline_may_be_quoted(picture: MediaPicture, town: Town) -> None:
    quote = "De krant kopte: omwonenden opvang willen snel duidelijkheid"
    assert edit_picture(picture=picture, revision=1, by=town.adviser, **words(advice=quote)).advice == quote


def test_a_picture_of_the_first_version_can_still_be_read(picture: MediaPicture, town: Town) -> None:
    written = content_of(picture).to_json()
    for name in ("per_label", "brandpunten", "onzekerheid", "urgentie", "volgend_beeld"):
        del written[name]
    assert PictureContent.from_json(written | {"versie": 1}).notes.per_label == []


def test_more_urgent_is_due_sooner(picture: MediaPicture, town: Town, running: Monitor) -> None:
    frozen = publish_picture(picture=picture, revision=1, by=town.adviser)
    assert frozen.published_at is not None
    assert frozen.next_report_at == frozen.published_at + dt.timedelta(hours=24)
    raised = set_urgency(monitor=running, urgency="hoog", reason="Oproep tot protest", by=town.adviser)
    assert next_due(raised) == frozen.published_at + dt.timedelta(hours=4)
    later = frozen.published_at + dt.timedelta(hours=5)
    notices = [notice.title for notice in waiting_for(town.adviser, later)]
    assert f"Volgend omgevingsbeeld: {running.title}" in notices
    assert not any("Volgend" in notice.title for notice in waiting_for(town.reader, later))


def test_urgency_asks_for_a_reason(town: Town, running: Monitor) -> None:
    with pytest.raises(Refused):
        set_urgency(monitor=running, urgency="hoog", reason=" ", by=town.adviser)


def test_colleagues_get_the_picture_once(
    picture: MediaPicture, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen = publish_picture(picture=picture, revision=1, by=town.adviser)
    mailing = mail_picture(picture=frozen, recipients=[town.second, town.reader], by=town.adviser)
    real = mail.EmailMessage.send
    fails = iter([False, True, False])

    def sometimes(letter: mail.EmailMessage, **options: Any) -> int:
        if next(fails):
            raise ConnectionRefusedError
        return real(letter, **options)

    monkeypatch.setattr(mail.EmailMessage, "send", sometimes)
    with pytest.raises(JobFailed):
        send_mailing(mailing.pk)
    send_mailing(mailing.pk)
    send_mailing(mailing.pk)
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([town.second.email, town.reader.email])
    assert mail.outbox[0].attachments[0][1].startswith(b"%PDF")


def test_a_neighbour_and_a_draft_are_not_mailed(picture: MediaPicture, town: Town) -> None:
    with pytest.raises(Refused, match="gepubliceerd"):
        mail_picture(picture=picture, recipients=[town.second], by=town.adviser)
    frozen = publish_picture(picture=picture, revision=1, by=town.adviser)
    with pytest.raises(Refused, match="mag dit dossier niet lezen"):
        mail_picture(picture=frozen, recipients=[town.stranger], by=town.adviser)


def test_the_pages_take_the_words_and_the_addresses(
    picture: MediaPicture, town: Town, running: Monitor, client: Client
) -> None:
    client.force_login(town.adviser)
    page = reverse("picture", args=[picture.pk])
    typed = {"core_message": "Rustig.", "seen_S": "Een oproep.", "examples_S": "- een\n- twee", "revision": 1}
    assert client.post(page, typed).status_code == 302
    picture.refresh_from_db()
    assert picture.sections == {
        "S": {"wat_wij_zien": "Een oproep.", "voorbeelden": ["een", "twee"], "advies": ""}
    }
    refused = client.post(page, typed | {"seen_S": SAID, "revision": 2})
    assert refused.status_code == 422 and "eigen woorden" in refused.content.decode()
    assert SAID in refused.content.decode()
    frozen = publish_picture(picture=picture, revision=2, by=town.adviser)
    mailing = reverse("picture-mail", args=[frozen.pk])
    assert town.stranger.email not in client.get(mailing).content.decode()
    assert client.post(mailing, {"recipients": [town.reader.pk]}).status_code == 302
    urgency = reverse("monitor-urgency", args=[running.pk])
    assert client.post(urgency, {"urgency": "hoog", "reason": "Onrust"}).status_code == 302
    running.refresh_from_db()
    assert running.urgency == "hoog"
