"""Taking in: everything or nothing, twice the same adds nothing, and nobody's name is kept."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from regietafel.kit.models import AuditEvent
from regietafel.monitor.adapters.readers import FileRejected
from regietafel.monitor.models import Ingest, Match, Message, MessageVersion, Monitor
from regietafel.monitor.services.ingest import offer_bytes, take_in
from tests.app.monitor.forms import WRITERS
from tests.app.monitor.town import HEADER, Town, deliver, row

pytestmark = pytest.mark.django_db


def state() -> list[tuple[Any, ...]]:
    """Everything that is known of messages, whatever the order in which it came."""
    shown = Message.objects.values_list("key", "title", "text", "published_at", "version", "outlet")
    older = MessageVersion.objects.values_list("message__key", "number", "title", "text", "published_at")
    return sorted(shown) + sorted(older)


def test_a_second_delivery_of_the_same_file_adds_nothing(town: Town) -> None:
    rows = [row(number, f"Kop {number}") for number in range(30)]
    first, second = deliver(town.source, rows), deliver(town.source, rows)
    assert (first.counts["nieuw"], second.counts["nieuw"], second.counts["dubbel"]) == (30, 0, 30)
    assert Message.objects.count() == 30


def test_a_new_secret_key_does_not_make_known_messages_new(town: Town, settings: Any) -> None:
    deliver(town.source, [row(1, "Een")])
    settings.SECRET_KEY = "een heel andere sleutel"
    assert deliver(town.source, [row(1, "Een")]).counts["dubbel"] == 1


def test_counts_add_up_to_what_was_read(town: Town) -> None:
    rows = [row(1, "Een"), row(1, "Een"), row(1, "Een, verbeterd"), row(2, "Twee", datum="gisteren ergens")]
    counts = deliver(town.source, rows).counts
    assert counts == {"gelezen": 4, "nieuw": 1, "dubbel": 1, "gewijzigd": 1, "geweigerd": 1}


def test_a_changed_text_at_the_same_address_is_a_new_version(town: Town) -> None:
    deliver(town.source, [row(1, "Opvang voor 100 mensen")])
    outcome = deliver(town.source, [row(1, "Opvang voor 120 mensen")])
    message = Message.objects.get()
    assert (outcome.counts["gewijzigd"], message.title, message.version) == (1, "Opvang voor 120 mensen", 2)
    assert [version.title for version in message.versions.all()] == ["Opvang voor 100 mensen"]


def test_an_old_text_that_comes_again_is_no_new_version(town: Town) -> None:
    old, new = row(1, "Oud"), row(1, "Nieuw")
    for delivery in ([old], [new], [old], [new]):
        deliver(town.source, delivery)
    message = Message.objects.get()
    assert (message.title, message.version, message.versions.count()) == ("Nieuw", 2, 1)


def test_the_later_text_is_shown_whatever_comes_in_first(town: Town) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    early, late = row(1, "Vroeg", datum=f"{yesterday} 08:00"), row(1, "Laat", datum=f"{yesterday} 18:00")
    deliver(town.source, [late])
    deliver(town.source, [early])
    message = Message.objects.get()
    assert (message.title, message.version) == ("Laat", 2)
    assert message.versions.get().title == "Vroeg"


def test_the_order_of_rows_changes_nothing(town: Town) -> None:
    rows = [row(number % 7, f"Kop {number % 5}", tekst=f"tekst {number % 3}") for number in range(40)]
    deliver(town.source, rows)
    forwards = state()
    Message.objects.all().delete()
    deliver(town.source, list(reversed(rows)))
    assert state() == forwards


def test_broken_rows_are_named_and_the_others_go_in(town: Town) -> None:
    rows = [row(1, "Goed"), row(2, "Fout", datum="31-02-2026"), row(3, "", tekst="")]
    outcome = deliver(town.source, rows)
    assert [(error["rij"], error["kolom"]) for error in outcome.errors] == [(3, "datum"), (4, "tekst")]
    assert outcome.ingest is not None and len(outcome.ingest.row_errors) == 2
    assert Message.objects.get().title == "Goed"


@pytest.mark.parametrize("form", WRITERS)
def test_a_row_without_words_is_named_in_every_form(town: Town, form: str) -> None:
    written = [("Kop", ""), ("", ""), (" ", "<p>&nbsp;</p>"), ("", "Tekst")]
    rows = [
        {"id": str(number), "datum": "2026-04-07 10:00", "titel": title, "tekst": text}
        for number, (title, text) in enumerate(written)
    ]
    offer = offer_bytes(WRITERS[form](rows), name=f"a.{form}", source=town.source, by=None)
    outcome = take_in(offer)
    first = 3 if form in ("csv", "xlsx") else 2
    told = [(error["rij"], error["kolom"]) for error in outcome.errors]
    assert told == [(first, "tekst"), (first + 1, "tekst")]
    assert all("Vul een van beide in" in error["melding"] for error in outcome.errors)
    assert (outcome.counts["gelezen"], Message.objects.count()) == (4, 2)


def test_a_broken_file_leaves_only_the_reason(town: Town) -> None:
    offer = offer_bytes(b"<rss><channel><item><title>half", name="feed.xml", source=town.source, by=None)
    with pytest.raises(FileRejected):
        take_in(offer)
    ingest = Ingest.objects.get()
    assert (ingest.state, Message.objects.count()) == ("mislukt", 0)
    assert (
        ingest.failure and AuditEvent.objects.filter(action="berichten.geweigerd", result="mislukt").exists()
    )


def test_a_dry_run_counts_and_stores_nothing(town: Town) -> None:
    outcome = deliver(town.source, [row(1, "Kop")], dry_run=True)
    assert outcome.counts["nieuw"] == 1
    assert not Message.objects.exists() and not Ingest.objects.exists()


def test_nothing_of_the_sender_is_stored(town: Town) -> None:
    text = "Bel 06-12345678 of mail jan@voorbeeld.nl, rekening NL91ABNA0417164300"
    rows = [row(1, "", tekst=text, soort="sociaal", auteur="@jandevries88")]
    outcome = deliver(town.source, rows)
    message = Message.objects.get()
    kept = " ".join(str(value) for value in message.__dict__.values())
    for trace in ("jandevries88", "12345678", "jan@", "NL91ABNA"):
        assert trace not in kept
    assert outcome.masked["email"] == outcome.masked["telefoon"] == outcome.masked["iban"] == 1
    assert (message.url, message.external_id) == ("", "")


def test_names_of_people_are_not_stored_and_those_of_office_are(town: Town) -> None:
    text = "Jan Bloksma klaagt bij wethouder Bakker. Volgens Bloksma luistert Bakker niet."
    outcome = deliver(
        town.source, [row(1, "Bloksma boos", tekst=text, soort="nieuws"), row(2, "", tekst=text)]
    )
    stored = "[naam] klaagt bij wethouder Bakker. Volgens [naam] luistert Bakker niet."
    assert set(Message.objects.values_list("title", "text")) == {("[naam] boos", stored), ("", stored)}
    assert outcome.masked["naam"] == 5


def test_a_file_that_went_wrong_does_not_tell_who_wrote(town: Town) -> None:
    """A shifted column, a file without header, a blog under its writer's name: none of it may be kept."""
    shifted = row(1, "Opvang", auteur="Zeno Verborgen", datum="Zeno Verborgen", soort="sociaal")
    own_name = row(2, "Opvang", auteur="Zeno Verborgen", bron="Zeno Verborgen", soort="sociaal")
    deliver(town.source, [shifted, own_name])
    headless = b"1;2025-01-02;Zeno Verborgen;opvang\n2;2025-01-02;Piet;opvang\n"
    with pytest.raises(FileRejected):
        take_in(offer_bytes(headless, name="x.csv", source=town.source, by=town.adviser))
    kept = [*Ingest.objects.values(), *Message.objects.values(), *AuditEvent.objects.values()]
    assert len(Message.objects.all()) == 1
    assert "Verborgen" not in str(kept)


def test_the_code_of_a_sender_changes_every_day(town: Town) -> None:
    today = timezone.localdate()
    rows = [
        row(n, "", tekst=f"bericht {n}", soort="sociaal", auteur="piet", day=today - dt.timedelta(days=n))
        for n in (1, 2)
    ]
    deliver(town.source, rows)
    codes = set(Message.objects.values_list("author_day_hash", flat=True))
    assert len(codes) == 2 and "" not in codes


def test_a_running_monitor_gets_what_answers_its_question(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Opvang aan de Kade"), row(2, "Weerbericht")])
    assert [match.message.title for match in Match.objects.filter(monitor=running)] == ["Opvang aan de Kade"]


def test_a_text_that_no_longer_answers_is_no_longer_counted(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Opvang aan de Kade")])
    deliver(town.source, [row(1, "Rectificatie")])
    assert not Match.objects.filter(monitor=running).exists()


def test_the_same_address_may_be_known_by_two_organisations(town: Town) -> None:
    from regietafel.monitor.services.sources import create_source

    other = create_source(organisation=town.neighbour, name="Krant", kind="bestand", by=None)
    for source in (town.source, other):
        deliver(source, [row(1, "Kop", soort="nieuws")])
    keys = list(Message.objects.values_list("key", flat=True))
    assert len(set(keys)) == 2


def test_one_line_in_the_log_of_the_owner(town: Town) -> None:
    deliver(town.source, [row(1, "Kop")])
    event = AuditEvent.objects.get(action="berichten.ingenomen")
    assert event.chain == f"organisatie:{town.organisation.pk}"
    assert event.changes["nieuw"] == [None, 1]


def test_place_and_labels_are_kept_and_go_along_with_a_new_text(town: Town) -> None:
    for title, place, labels in (("Oud", "Borne", "raad"), ("Nieuw", "Hengelo", "raad, opvang")):
        line = ";".join(map(str, row(1, title).values()))
        data = f"{HEADER};plaats;labels\n{line};{place};{labels}".encode()
        take_in(offer_bytes(data, name="export.csv", source=town.source, by=None))
    message = Message.objects.get()
    assert (message.title, message.place, message.labels) == ("Nieuw", "Hengelo", ["raad", "opvang"])


def test_an_empty_file_is_no_error(town: Town) -> None:
    offer = offer_bytes(f"{HEADER}\n".encode(), name="leeg.csv", source=town.source, by=None)
    assert take_in(offer).counts["gelezen"] == 0


def test_a_feed_without_dates_is_dated_by_its_arrival(town: Town) -> None:
    feed = b"<rss version='2.0'><channel><title>t</title><item><title>Opvang</title><link>https://a.example/1</link></item></channel></rss>"
    for _delivery in range(2):
        take_in(offer_bytes(feed, name="feed.xml", source=town.source, by=None))
    assert Message.objects.get().version == 1


def test_too_long_values_are_refused_or_cut_and_never_break_the_delivery(town: Town) -> None:
    rows = [
        row(1, "k" * 2_000),
        row(2, "Kop", bron="m" * 500, id="9" * 900),
        row(3, "Kop 3", url="https://a.example/" + "p" * 3_000),
    ]
    outcome = deliver(town.source, rows)
    assert outcome.counts["geweigerd"] >= 1 and outcome.counts["nieuw"] >= 1
