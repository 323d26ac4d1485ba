"""The pages of a dossier as people use them: every word in its place, no page for who may not know."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from regietafel.register.models import (
    Confidentiality,
    Dossier,
    DossierMember,
    Fact,
    JournalEntry,
    Link,
    Moment,
)
from regietafel.register.services.dossier_parts import Statement, add_fact
from regietafel.register.services.dossiers import SharingChoice, share_dossier
from regietafel.register.services.participants import Participation, add_member
from tests.app.register.region import Region, dossier_of, person

TODAY = timezone.localdate()


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def page(dossier: Dossier, name: str = "dossier", *more: int) -> str:
    return reverse(name, args=[dossier.pk, *more])


def test_from_nothing_to_a_dossier_with_what_is_known(adviser_browser: Client, region: Region) -> None:
    assert "Begin een dossier" in text(adviser_browser, "/dossiers")
    made = adviser_browser.post(
        "/dossiers/nieuw",
        {
            "title": "Opvang Noord",
            "kind": "opvanglocatie",
            "organisation": region.hengelo.pk,
            "confidentiality": 1,
        },
    )
    dossier = Dossier.objects.get()
    assert made["Location"] == page(dossier)
    sent = {"text": "Of het doorgaat.", "status": "onbekend", "as_of": TODAY.isoformat()}
    adviser_browser.post(page(dossier, "fact-add"), sent)
    shown = text(adviser_browser, page(dossier))
    assert "nog niet bekend" in shown
    assert "Of het doorgaat." in shown
    assert "Er staat niets gepland" in shown
    assert "Opvang Noord" in text(adviser_browser, "/dossiers")


def test_a_fact_without_source_is_sent_back_with_everything_still_there(
    adviser_browser: Client, dossier: Dossier
) -> None:
    sent = {"text": "120 plekken", "status": "bekend", "as_of": TODAY.isoformat()}
    answer = adviser_browser.post(page(dossier, "fact-add"), sent)
    assert answer.status_code == 422
    assert "120 plekken" in answer.content.decode()
    assert "Noem de bron" in answer.content.decode()
    assert not Fact.objects.exists()


def test_a_moment_is_kept_in_dutch_clock_time(adviser_browser: Client, dossier: Dossier) -> None:
    day = TODAY + dt.timedelta(days=9)
    sent = {
        "title": "Bewonersavond",
        "kind": "bijeenkomst",
        "day": day.isoformat(),
        "starts": "19:30",
        "ends": "21:00",
    }
    adviser_browser.post(page(dossier, "moment-add"), sent)
    moment = Moment.objects.get()
    assert timezone.localtime(moment.starts_at).strftime("%H:%M") == "19:30"
    shown = text(adviser_browser, page(dossier))
    assert "over 9 dagen" in shown
    assert "19:30 tot 21:00" in shown
    wrong = adviser_browser.post(page(dossier, "moment-edit", moment.pk), sent | {"ends": "18:00"})
    assert "eindigt voordat het begint" in wrong.content.decode()
    adviser_browser.post(page(dossier, "moment-finish", moment.pk))
    assert "Bewonersavond" not in text(adviser_browser, page(dossier)).partition("Tijdlijn <a")[0]
    assert "afgerond" in text(adviser_browser, page(dossier, "dossier-timeline"))


def test_sharing_asks_first_and_then_shows_with_whom(
    adviser_browser: Client, region: Region, dossier: Dossier
) -> None:
    sent: dict[str, Any] = {"confidentiality": 1, "with_region": "on"}
    asked = adviser_browser.post(page(dossier, "dossier-share"), sent)
    assert asked.status_code == 422
    assert "alle organisaties in uw veiligheidsregio" in asked.content.decode()
    dossier.refresh_from_db()
    assert not dossier.shared_with_region
    assert adviser_browser.post(page(dossier, "dossier-share"), sent | {"confirmed": "on"}).status_code == 302
    assert "intern, gedeeld met de regio" in text(adviser_browser, page(dossier))


def test_an_unusual_phase_asks_for_the_reason_at_the_field(adviser_browser: Client, dossier: Dossier) -> None:
    asked = adviser_browser.post(page(dossier, "dossier-phase"), {"phase": "nazorg"})
    assert asked.status_code == 422
    assert "slaat een fase over" in asked.content.decode()
    adviser_browser.post(
        page(dossier, "dossier-phase"), {"phase": "raadplegen", "reason": "Diagnose was er al."}
    )
    assert "Diagnose was er al." in text(adviser_browser, page(dossier, "dossier-timeline"))


def test_who_reads_along_sees_no_buttons_and_may_not_use_them(
    client: Client, region: Region, dossier: Dossier
) -> None:
    share_dossier(dossier=dossier, choice=SharingChoice(1, True), confirmed=True, by=region.adviser)
    client.force_login(region.neighbour)
    shown = text(client, page(dossier))
    for word in ("Wijzigen", "Feit vastleggen", "Logboek", "Deelnemer toevoegen"):
        assert word not in shown
    for name in (
        "dossier-edit",
        "dossier-share",
        "dossier-phase",
        "fact-add",
        "dossier-history",
        "attachment-add",
    ):
        assert client.get(page(dossier, name)).status_code == 403, name
    client.force_login(region.stranger)
    assert client.get(page(dossier)).status_code == 404
    assert dossier.title not in text(client, "/dossiers")


def test_filters_offer_only_what_one_may_see(client: Client, region: Region, dossier: Dossier) -> None:
    client.force_login(region.stranger)
    assert "Gemeente Hengelo" not in text(client, "/dossiers")
    for query in (f"organisatie={region.hengelo.pk}", "sorteer=created_by__password", "fase=x"):
        assert client.get(f"/dossiers?{query}").status_code == 400, query


def test_a_name_that_is_no_filter_changes_nothing(client: Client, region: Region, dossier: Dossier) -> None:
    client.force_login(region.adviser)
    assert dossier.title in text(client, "/dossiers?geheim=1&utm_source=mail")
    assert "utm_source" not in client.get("/dossiers?utm_source=mail").content.decode()


def test_my_dossiers_are_those_i_take_part_in(client: Client, region: Region, dossier: Dossier) -> None:
    other = dossier_of(region, "Zwembad")
    add_member(dossier=other, participation=Participation("Lezer", region.neighbour), by=region.adviser)
    share_dossier(dossier=dossier, choice=SharingChoice(1, True), confirmed=True, by=region.adviser)
    client.force_login(region.neighbour)
    mine = text(client, "/dossiers?van=mij")
    assert "Zwembad" in mine
    assert dossier.title not in mine


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_can_be_taken_along(
    adviser_browser: Client, region: Region, dossier: Dossier, kind: str
) -> None:
    dossier_of(region, "=1+1")
    answer = adviser_browser.get(f"/dossiers?uit={kind}")
    assert answer["Content-Disposition"] == f'attachment; filename="dossiers.{kind}"'
    if kind == "csv":
        body = answer.content.decode("utf-8-sig")
        assert '"Opvang Havezatheweg"' in body
        assert '"=1+1"' not in body, "a title never becomes a formula"


def test_a_note_comes_on_the_timeline_and_can_be_picked_out(
    adviser_browser: Client, dossier: Dossier
) -> None:
    adviser_browser.post(page(dossier, "journal-add"), {"text": "Gebeld met de school."})
    assert JournalEntry.objects.get().created_by is not None
    url = page(dossier, "dossier-timeline")
    assert "Gebeld met de school." in text(adviser_browser, f"{url}?soort=Notitie")
    assert "Gebeld met de school." not in text(adviser_browser, f"{url}?soort=Fase")


def test_links_and_people_come_and_go_from_the_overview(
    adviser_browser: Client, region: Region, dossier: Dossier
) -> None:
    adviser_browser.post(page(dossier, "link-add"), {"title": "Raad", "url": "https://raad.example/1"})
    adviser_browser.post(
        page(dossier, "member-add"), {"function": "Contact COA", "organisation": region.zwolle.pk}
    )
    link, member = Link.objects.get(), DossierMember.objects.get()
    shown = text(adviser_browser, page(dossier))
    assert 'href="https://raad.example/1"' in shown
    assert "Contact COA" in shown
    adviser_browser.post(page(dossier, "link-remove", link.pk), {"reason": "Verlopen."})
    adviser_browser.post(page(dossier, "member-end", member.pk), {"reason": "Andere contactpersoon."})
    shown = text(adviser_browser, page(dossier))
    assert "Contact COA" not in shown
    assert "Terugzetten" in shown
    adviser_browser.post(page(dossier, "link-restore", link.pk))
    assert 'href="https://raad.example/1"' in text(adviser_browser, page(dossier))


def test_nothing_somebody_typed_becomes_markup(adviser_browser: Client, region: Region) -> None:
    dossier = dossier_of(region, "<script>alert(1)</script>")
    hostile = Statement("<img src=x onerror=alert(2)>", "onbekend", "<b>bron</b>", TODAY)
    add_fact(dossier=dossier, statement=hostile, by=region.adviser)
    for name in ("dossier", "dossier-timeline", "dossier-history"):
        shown = text(adviser_browser, page(dossier, name))
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def test_the_log_of_a_dossier_names_who_did_what_in_words(adviser_browser: Client, dossier: Dossier) -> None:
    sent = {"text": "Doorgang", "status": "onbekend", "as_of": "2026-03-01"}
    adviser_browser.post(page(dossier, "fact-add"), sent)
    shown = text(adviser_browser, page(dossier, "dossier-history"))
    for word in ("feit vastgelegd", "Ada", "Status: nog niet bekend", "zo 1 maart 2026"):
        assert word in shown


def test_a_councillor_sees_only_public_dossiers(client: Client, region: Region, dossier: Dossier) -> None:
    public = dossier_of(region, "Openbare zaak", confidentiality=Confidentiality.PUBLIC)
    client.force_login(person("Raf", "raadslid", region.hengelo))
    shown = text(client, "/dossiers")
    assert public.title in shown
    assert dossier.title not in shown
    assert "Nieuw dossier" not in shown
    assert client.get("/dossiers/nieuw").status_code == 403


def test_the_moments_of_a_dossier_go_into_a_calendar(adviser_browser: Client, dossier: Dossier) -> None:
    moment = {
        "title": "Bewonersbijeenkomst; inloop",
        "kind": "bijeenkomst",
        "starts_at": dt.datetime(2026, 7, 16, 12, 0, tzinfo=dt.UTC),
        "place": "Wijkhuis De Linde",
    }
    kept = Moment.objects.create(dossier=dossier, **moment)
    Moment.objects.create(dossier=dossier, **moment | {"title": "Vervallen"}, withdrawn_at=timezone.now())
    answer = adviser_browser.get(f"/dossiers/{dossier.pk}/agenda.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    entries = {str(entry["summary"]): entry for entry in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert entries["Bewonersbijeenkomst; inloop"]["dtstart"].dt == kept.starts_at
    assert str(entries["Vervallen"]["status"]) == "CANCELLED"
