"""Many people at once in the same dossier: one wins, the others hear why, and nothing gets lost."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from regietafel.kit import audit
from regietafel.kit.refusal import Refused
from regietafel.register.models import Attachment, Dossier, DossierMember, Fact, JournalEntry
from regietafel.register.selectors.dossiers import current_facts
from regietafel.register.services.dossier_parts import Statement, add_fact, replace_fact, write_journal
from regietafel.register.services.dossiers import DossierContent, change_dossier
from regietafel.register.services.papers import attach_file
from regietafel.register.services.participants import Participation, add_member
from tests.app.register.region import Region

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
PEOPLE = 8


def all_at_once(act: Callable[[int], Any]) -> list[str]:
    """Let everybody act at the same moment; return how it ended for each: "gelukt" or the reason."""
    gate = threading.Barrier(PEOPLE)
    ends: list[str] = []

    def take_part(number: int) -> None:
        gate.wait()
        try:
            act(number)
            ends.append("gelukt")
        except Refused as refusal:
            ends.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=take_part, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return ends


def statement(text: str) -> Statement:
    return Statement(text, "voorbehoud", "overleg", dt.date(2026, 3, 1))


def test_a_fact_is_replaced_once(region: Region, dossier: Dossier) -> None:
    fact = add_fact(dossier=dossier, statement=statement("eerst"), by=None)
    ends = all_at_once(lambda n: replace_fact(fact=fact, statement=statement(f"daarna {n}"), by=None))
    assert (len(ends), ends.count("gelukt")) == (PEOPLE, 1)
    assert current_facts(dossier).count() == 1
    assert Fact.objects.count() == 2
    assert audit.verify() == []


def test_only_one_change_of_the_same_version_is_kept(region: Region, dossier: Dossier) -> None:
    def change(number: int) -> None:
        content = DossierContent(f"Titel {number}", "besluit")
        change_dossier(dossier=dossier, content=content, version=dossier.version, by=None)

    ends = all_at_once(change)
    assert ends.count("gelukt") == 1
    assert sum("intussen gewijzigd" in end for end in ends) == PEOPLE - 1


def test_the_same_file_and_the_same_person_come_in_once(region: Region, dossier: Dossier) -> None:
    files = all_at_once(
        lambda _n: attach_file(dossier=dossier, upload=SimpleUploadedFile("a.txt", b"tekst"), by=None)
    )
    assert (files.count("gelukt"), Attachment.objects.count()) == (1, 1)
    part = Participation("Lezer", region.neighbour)
    people = all_at_once(lambda _n: add_member(dossier=dossier, participation=part, by=None))
    assert (people.count("gelukt"), DossierMember.objects.count()) == (1, 1)


def test_every_note_is_kept_and_the_log_stays_whole(region: Region, dossier: Dossier) -> None:
    ends = all_at_once(lambda n: write_journal(dossier=dossier, text=f"notitie {n}", by=None))
    assert ends == ["gelukt"] * PEOPLE
    assert JournalEntry.objects.count() == PEOPLE
    assert audit.verify() == []
