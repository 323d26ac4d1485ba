"""Decisions across meetings: found by their words, filtered, taken along, and followed up."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regietafel.deliberation.models import Entry
from regietafel.deliberation.services.bodies import add_seat, create_body
from regietafel.deliberation.services.following import escalate
from regietafel.deliberation.services.noting import change_entry, withdraw_entry
from regietafel.kit.models import AuditEvent
from regietafel.register.models import Organisation, User
from tests.app.api.test_design_rules import SHARED as BESIDE
from tests.app.deliberation.held import SECRET, SHARED, Held, browser, day, hold, text_of
from tests.app.deliberation.table import Table, dossier_of, entry, item, meeting, person, terms

pytestmark = pytest.mark.django_db
SOURCE = next(iter(sorted((BESIDE / "bronnen").glob("003_*.txt"))), None)


@pytest.fixture
def held(table: Table) -> Held:
    return hold(table)


def _texts(user: User, query: str = "", path: str = "/overleg/besluiten") -> list[str]:
    """The lines in the file of a list, which must be those of the page."""
    response: Any = browser(user).get(f"{path}?{query}&uit=csv")
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    page = text_of(user, f"{path}?{query}")
    for row in rows:
        assert row["Tekst"] in page
    assert f"{len(rows)} resulta" in page or not rows
    return [row["Tekst"] for row in rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zoek=24/7", {"decision", "bottleneck"}),
        ("zoek=EEN+24/7", {"decision", "bottleneck"}),
        ("zoek=één+nacht", {"bottleneck"}),
        ("zoek=%25", set()),
        ("soort=K", {"bottleneck"}),
        ("soort=A", {"late", "secret"}),
        ("voorwaarde=loopt", {"conditional"}),
        ("voorwaarde=vervuld", set()),
        ("thema=Opvang", {"decision", "conditional", "bottleneck", "late"}),
        ("van=mijn", {"late", "secret"}),
        ("periode=30&soort=B", {"decision", "conditional", "shared"}),
        ("stand=ingetrokken", set()),
    ],
)
def test_lines_are_found_and_filtered(table: Table, held: Held, query: str, found: set[str]) -> None:
    expected = {getattr(held, name).text for name in found}
    assert set(_texts(table.mayor_north, query)) == expected


def test_the_list_of_one_body_holds_only_that_body(table: Table, held: Held) -> None:
    other = create_body(organisation=table.region, by=table.secretary, **terms(name="Ander overleg"))
    path = f"/overleg/{other.pk}/besluiten"
    assert "nog niets vastgelegd" in text_of(table.secretary, path)
    assert held.decision.text in text_of(table.secretary, f"/overleg/{table.body.pk}/besluiten")
    assert set(_texts(table.secretary, f"overleg={table.body.pk}")) == set(_texts(table.secretary))


@pytest.mark.skipif(SOURCE is None, reason="the source text is not beside this repository")
def test_the_word_24_7_is_in_two_lines_of_the_source(table: Table) -> None:
    assert SOURCE is not None
    made = meeting(table, -3)
    about = item(table, made)
    blocks = re.split(r"\n(?=(?:\d\.\d )?[BKA]\)?:? [A-Za-z0-9])", Path(SOURCE).read_text(encoding="utf-8"))
    for block in blocks[1:]:
        words = re.sub(r"^(?:\d\.\d )?", "", block).partition(" ")
        entry(table, about, words[0][0], words[2].partition("\n\nA")[0])
    assert Entry.objects.count() == 24
    rows = _texts(table.secretary, "zoek=24/7")
    assert len(rows) == 2
    kinds = {one.kind for one in Entry.objects.filter(text__in=rows)}
    assert kinds == {"K", "B"}


def test_what_is_taken_along_is_noted_at_the_secretariat(table: Table, held: Held) -> None:
    text_of(table.clerk_south, "/overleg/besluiten?uit=xlsx")
    event = AuditEvent.objects.filter(action="overleg.uitgevoerd").get()
    assert (event.chain, event.actor) == (f"organisatie:{table.region.pk}", str(table.clerk_south))


def test_what_was_taken_back_stays_struck_through_with_its_reason(table: Table, held: Held) -> None:
    withdraw_entry(entry=held.decision, reason="Stond er dubbel in.", by=table.secretary)
    for path in ("/overleg/besluiten", f"/overleg/regels/{held.decision.pk}"):
        page = text_of(table.clerk_south, path)
        assert f"<s>{held.decision.text}</s>" in page and "Stond er dubbel in." in page


def _reads(held: Held, table: Table) -> dict[str, tuple[bool, bool]]:
    """Who reads what is secret, and what is shared with guests."""
    return {
        "secretary": (True, True),
        "mayor_north": (True, True),
        "clerk_south": (False, True),
        "colleague": (False, True),
        "guest_colleague": (False, True),
        "guest_person": (False, True),
        "stranger": (False, False),
    }


LISTS = ("/overleg/besluiten", "/overleg/besluiten?uit=csv", "/overleg/acties", "/overleg/acties?uit=csv",
         "/", "/zoeken?q={word}", "/overleg/besluiten?zoek={word}")  # fmt: skip


def test_who_may_not_read_an_item_finds_it_nowhere(table: Table, held: Held) -> None:
    for name, (secret, shared) in _reads(held, table).items():
        user = getattr(table, name)
        for path in LISTS:
            page = text_of(user, path.format(word=SECRET)).replace(f"“{SECRET}”", "")
            assert (f"praat met {SECRET}" in page) <= secret, (name, path)
        assert (f"praat met {SECRET}" in text_of(user, "/overleg/besluiten")) == secret, name
        assert (f"de {SHARED}" in text_of(user, "/overleg/besluiten")) == shared, name
        assert (f"de {SHARED}" in text_of(user, f"/zoeken?q={SHARED}")) == shared, name
        status = browser(user).get(f"/overleg/regels/{held.secret.pk}").status_code
        assert status == (200 if secret else 404), name
        for step in ("terugmelden", "oplossen", "doorgeleiden", "voorwaarde", "heropenen"):
            status = browser(user).post(f"/overleg/regels/{held.secret.pk}/{step}").status_code
            assert secret or status == 404, (name, step)


def test_a_guest_reads_no_more_than_what_is_for_guests(table: Table, held: Held) -> None:
    for user in (table.guest_colleague, table.guest_person):
        assert _texts(user) == [held.shared.text]
        page = text_of(user, f"/overleg/regels/{held.shared.pk}")
        assert f"/overleg/{table.body.pk}" not in page.replace(f"/overleg/vergaderingen/{table.body.pk}", "")


def test_minutes_in_the_making_show_no_lines_yet(table: Table) -> None:
    made = meeting(table, 0)
    line = entry(table, item(table, made), "B", "Nog niet uitgesproken.")
    assert line.text not in text_of(table.mayor_north, "/overleg/besluiten")
    assert browser(table.mayor_north).get(f"/overleg/regels/{line.pk}").status_code == 404
    assert line.text in text_of(table.secretary, "/overleg/besluiten")


def test_other_lines_are_shown_only_to_who_may_read_them(table: Table, held: Held) -> None:
    hidden = Entry.objects.get(pk=held.secret.pk)
    hidden.carries_out = held.decision
    hidden.save()
    path = f"/overleg/regels/{held.decision.pk}"
    assert "Uitgevoerd door" in text_of(table.mayor_north, path)
    assert "Uitgevoerd door" not in text_of(table.clerk_south, path)


def test_a_bottleneck_is_closed_only_through_a_decision_or_action(table: Table, held: Held) -> None:
    client, path = browser(table.secretary), f"/overleg/regels/{held.bottleneck.pk}/oplossen"
    assert client.post(path, {}).status_code == 422
    assert client.post(path, {"through": held.bottleneck.pk}).status_code == 422
    assert client.post(path, {"through": held.decision.pk}).status_code == 302
    held.bottleneck.refresh_from_db()
    assert (held.bottleneck.state, held.bottleneck.closed_through) == ("gesloten", held.decision)
    page = text_of(table.clerk_south, f"/overleg/regels/{held.bottleneck.pk}")
    assert "Opgelost door" in page and held.decision.text in page
    assert browser(table.mayor_north).post(path, {"through": held.decision.pk}).status_code == 403


def test_a_decision_under_a_condition_is_not_said_to_hold_as_if_it_were_met(table: Table, held: Held) -> None:
    path = f"/overleg/regels/{held.conditional.pk}"
    assert "geldt onder voorwaarde" in text_of(table.secretary, path)
    assert "geldt onder voorwaarde" not in text_of(table.secretary, f"/overleg/regels/{held.decision.pk}")
    browser(table.secretary).post(f"{path}/voorwaarde")
    assert "geldt onder voorwaarde" not in text_of(table.secretary, path)


def test_a_condition_that_is_met_ends_what_held_so_long(table: Table, held: Held) -> None:
    line = f"/overleg/regels/{held.conditional.pk}"
    assert "zolang er geen regionale locatie is (loopt nog)" in text_of(table.clerk_south, line)
    assert browser(table.secretary).post(f"{line}/voorwaarde").status_code == 302
    assert "(vervuld op" in text_of(table.clerk_south, line)
    assert _texts(table.secretary, "voorwaarde=vervuld") == [held.conditional.text]
    reopened = browser(table.secretary).post(f"{line}/heropenen", {"reason": "Toch niet."})
    assert reopened.status_code == 302
    assert "(loopt nog)" in text_of(table.clerk_south, line)
    assert _texts(table.secretary, "voorwaarde=loopt") == [held.conditional.text]


def _higher(table: Table, *, reads_up_to: int) -> User:
    """A higher body with its own secretary, in which the region has a seat."""
    province = Organisation.objects.create(
        name=f"Provincie {reads_up_to}", code=f"PR{reads_up_to}", kind="provincie"
    )
    rights = {"may_write": True, "may_publish": True, "reads_up_to": reads_up_to}
    secretary = person(f"Pia{reads_up_to}", province, **rights)
    body = create_body(organisation=province, by=secretary, **terms(name="RVO", kind="rvo"))
    add_seat(body=body, by=secretary, organisation=table.region)
    return secretary


def test_a_bottleneck_goes_to_another_body_and_its_reply_comes_back(table: Table, held: Held) -> None:
    other = _higher(table, reads_up_to=1)
    body = other.memberships.get().organisation.bodies.get()
    line = f"/overleg/regels/{held.bottleneck.pk}"
    sent = {"to_body": body.pk, "to_name": "", "question": "Kunt u een locatie aanwijzen?"}
    assert browser(table.secretary).post(f"{line}/doorgeleiden", sent).status_code == 302
    made = held.bottleneck.escalations.get()
    path = f"/overleg/doorgeleidingen/{made.pk}"
    assert "Kunt u een locatie aanwijzen?" in text_of(other, "/")
    asked = text_of(other, path)
    assert made.question in asked and held.bottleneck.text not in asked
    assert browser(table.stranger).get(path).status_code == 404
    assert browser(table.clerk_south).post(path, {"reply": "Ja hoor."}).status_code == 422
    assert browser(other).post(path, {"reply": "Wij wijzen er een aan."}).status_code == 302
    assert "Wij wijzen er een aan." in text_of(table.clerk_south, line)
    assert made.question not in text_of(other, "/")


def test_a_confidential_bottleneck_is_not_put_before_who_may_not_read_so_far(
    table: Table, held: Held
) -> None:
    stuck = entry(table, held.secret_item, "K", f"Het zit vast bij {SECRET}.")
    low, high = _higher(table, reads_up_to=1), _higher(table, reads_up_to=2)
    for other, status in ((low, 404), (high, 200)):
        body = other.memberships.get().organisation.bodies.get()
        made = escalate(entry=stuck, question="Wat nu?", to_body=body, by=table.secretary)
        assert browser(other).get(f"/overleg/doorgeleidingen/{made.pk}").status_code == status


def test_an_entry_tells_its_history_and_what_it_replaces(table: Table, held: Held) -> None:
    old = Entry.objects.get(pk=held.decision.pk)
    later = meeting(table, -7)
    made = entry(table, item(table, later), "B", "Wij zoeken twee locaties.", supersedes=old)
    change_entry(entry=made, was={"explanation": ""}, explanation="Eén was te weinig.", by=table.secretary)
    page = text_of(table.secretary, f"/overleg/regels/{made.pk}")
    assert "Vervangt" in page and old.text in page and "Gewijzigd" in page
    assert "Vervangen door" in text_of(table.secretary, f"/overleg/regels/{old.pk}")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//kwaad.example/x", "https://kwaad.example"])
def test_a_related_page_is_one_of_our_own(table: Table, held: Held, address: str) -> None:
    Entry.objects.filter(pk=held.decision.pk).update(about_path=address, about_title="Kijk")
    assert address not in text_of(table.clerk_south, f"/overleg/regels/{held.decision.pk}")


def test_a_dossier_shows_its_lines_to_who_may_read_both(table: Table) -> None:
    dossier = dossier_of(table.region, table.secretary)
    held = hold(table, dossier=dossier)
    dossier.shared_with.add(table.south)
    path = f"/dossiers/{dossier.pk}"
    for page in (text_of(table.clerk_south, f"{path}/besluiten"), text_of(table.clerk_south, path)):
        assert held.late.text in page and SECRET not in page
    assert SECRET in text_of(table.secretary, f"{path}/besluiten")
    assert held.bottleneck.text in text_of(table.clerk_south, f"{path}/tijdlijn")
    assert SECRET not in text_of(table.clerk_south, f"{path}/tijdlijn")
    assert browser(table.mayor_north).get(f"{path}/besluiten").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/overleg/besluiten", "/overleg/acties", "/overleg/{body}/besluiten", "/overleg/regels/{line}", "/",
     "/overleg/besluiten?uit=csv"],
)  # fmt: skip
def test_ten_times_as_many_lines_ask_no_more(table: Table, held: Held, path: str) -> None:
    path = path.format(body=table.body.pk, line=held.decision.pk)

    def questions() -> int:
        client = browser(table.mayor_north)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    few = questions()
    for number in range(10):
        line = entry(table, held.open_item, "A", f"Actie {number}", owner_organisation=table.north,
                     due_on=day(-number))  # fmt: skip
        Entry.objects.filter(pk=line.pk).update(carries_out=held.decision)
    assert questions() == few <= 46
