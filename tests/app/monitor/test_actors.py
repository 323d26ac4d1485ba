"""Public actors: never a person, reviewed by somebody else, and a filter and a colour only after that."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from regietafel.kit.audit import history
from regietafel.kit.refusal import Refused
from regietafel.monitor.models import Monitor, PublicActor
from regietafel.monitor.selectors.actors import as_read, naming
from regietafel.monitor.selectors.messages import shown_messages
from regietafel.monitor.services.actors import (
    Entry,
    add_actor,
    change_actor,
    retire_actor,
    return_actor,
    review_actor,
)
from tests.app.monitor.town import Town, deliver, row

pytestmark = pytest.mark.django_db
COA = Entry(kind="opvang", name="COA", written_as=("Centraal Orgaan",), reason="Voert het woord.")


@pytest.fixture
def coa(town: Town) -> PublicActor:
    return add_actor(organisation=town.organisation, entry=COA, by=town.adviser)


def reviewed(actor: PublicActor, town: Town) -> PublicActor:
    return review_actor(actor=actor, seen=as_read(actor), by=town.second)


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def news(town: Town) -> None:
    deliver(
        town.source,
        [
            row(1, "COA zoekt plek voor opvang"),
            row(2, "Opvang open", tekst="Het centraal orgaan zegt dat het goed gaat."),
            row(3, "Opvang en cacao"),
            row(4, "Nieuws over opvang", bron="COA"),
        ],
    )


@pytest.mark.parametrize("name", ["Jan de Vries", "Stichting Piet Jansen"])
def test_a_private_person_is_refused_with_the_reason(town: Town, name: str) -> None:
    with pytest.raises(Refused, match="voornaam met een achternaam"):
        add_actor(
            organisation=town.organisation,
            entry=Entry(kind="overig", name=name, reason="Spreekt veel."),
            by=town.adviser,
        )
    with pytest.raises(Refused, match="voornaam"):
        add_actor(
            organisation=town.organisation,
            entry=Entry(kind="overig", name="Buurtcomité", written_as=(name,), reason="Spreekt."),
            by=town.adviser,
        )
    page = logged_in(town.adviser).post(
        reverse("actor-create"),
        {"organisation": town.organisation.pk, "kind": "overig", "name": name, "reason": "Spreekt."},
    )
    assert page.status_code == 422 and "een voornaam met een achternaam" in page.content.decode()
    assert not PublicActor.objects.exists()


def test_who_wrote_it_may_not_review_it(coa: PublicActor, town: Town) -> None:
    with pytest.raises(Refused, match="een collega"):
        review_actor(actor=coa, seen=as_read(coa), by=town.adviser)
    for outsider in (town.stranger, town.reader):
        with pytest.raises(Refused):
            review_actor(actor=coa, seen=as_read(coa), by=outsider)
    assert reviewed(coa, town).reviewed_by == town.second
    assert [event.action for event in history(coa)] == ["actor.nagekeken", "actor.toegevoegd"]


def test_what_changed_since_it_was_read_is_not_approved(coa: PublicActor, town: Town) -> None:
    seen = as_read(coa)
    changed = change_actor(
        actor=coa, entry=Entry(kind="overig", name="COA", reason="Anders."), by=town.adviser
    )
    with pytest.raises(Refused, match="intussen gewijzigd"):
        review_actor(actor=changed, seen=seen, by=town.second)


def test_a_change_or_a_return_is_reviewed_anew(coa: PublicActor, town: Town) -> None:
    actor = reviewed(coa, town)
    assert change_actor(actor=actor, entry=COA, by=town.adviser).reviewed_at  # the same words change nothing
    changed = Entry(kind="opvang", name="COA", reason="Een andere reden.")
    assert change_actor(actor=actor, entry=changed, by=town.adviser).reviewed_at is None
    actor.refresh_from_db()
    reviewed(actor, town)
    assert not retire_actor(actor=actor, by=town.adviser).is_active
    assert return_actor(actor=actor, by=town.adviser).reviewed_at is None


def test_only_writers_of_the_organisation_change_it(coa: PublicActor, town: Town) -> None:
    for outsider in (town.stranger, town.reader, town.second):
        with pytest.raises(PermissionDenied):
            change_actor(actor=coa, entry=Entry(kind="overig", name="X", reason="y"), by=outsider)
        with pytest.raises(PermissionDenied):
            retire_actor(actor=coa, by=outsider)
    assert logged_in(town.stranger).get(reverse("actor", args=[coa.pk])).status_code == 404
    assert logged_in(town.reader).get(reverse("actors")).status_code == 403


def test_the_same_name_stands_once(coa: PublicActor, town: Town) -> None:
    with pytest.raises(Refused, match="staat al op de lijst"):
        add_actor(organisation=town.organisation, entry=Entry(kind="overig", name="coa", reason="x"), by=None)


def test_it_is_a_filter_and_a_colour_only_once_reviewed(
    coa: PublicActor, running: Monitor, town: Town
) -> None:
    news(town)
    client, address = logged_in(town.adviser), reverse("monitor-messages", args=[running.pk])
    before = client.get(address).content.decode()
    assert "rt-actor" not in before and 'name="actor"' not in before
    assert client.get(f"{address}?actor={coa.pk}").content.decode().count("Opvang en cacao") == 1
    reviewed(coa, town)
    page = client.get(f"{address}?actor={coa.pk}").content.decode()
    assert "3 resultaten" in page and "Opvang en cacao" not in page
    assert page.count(">COA</span>") == 3
    retire_actor(actor=coa, by=town.adviser)
    assert "rt-actor" not in client.get(address).content.decode()


def test_the_filter_finds_names_and_outlets_and_no_parts_of_words(
    coa: PublicActor, running: Monitor, town: Town
) -> None:
    news(town)
    found = naming(shown_messages(running), actor=coa, monitor=running)
    assert {message.title for message in found} == {
        "COA zoekt plek voor opvang",
        "Opvang open",
        "Nieuws over opvang",
    }


def test_the_overview_shows_who_stands_in_a_story(coa: PublicActor, running: Monitor, town: Town) -> None:
    news(town)
    reviewed(coa, town)
    page = logged_in(town.adviser).get(reverse("monitor", args=[running.pk])).content.decode()
    assert page.count(">COA</span>") == 2


def test_the_review_is_a_button_for_a_colleague(coa: PublicActor, town: Town) -> None:
    address = reverse("actor", args=[coa.pk])
    assert "Nagekeken, telt mee" not in logged_in(town.adviser).get(address).content.decode()
    client = logged_in(town.second)
    assert "Nagekeken, telt mee" in client.get(address).content.decode()
    client.post(reverse("actor-review", args=[coa.pk]), {"gezien": as_read(coa)})
    coa.refresh_from_db()
    assert coa.reviewed_by == town.second
    export = client.get(reverse("actors") + "?uit=csv").content.decode()
    assert "COA" in export and "telt mee" in export
