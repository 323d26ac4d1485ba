"""A municipality never sees another's unshared data: every address, every role, every method."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db.models import Q
from django.test import Client

from regietafel.deliberation.models import AgendaItem, Body, Meeting, Paper
from regietafel.monitor.models import Source
from regietafel.monitor.selectors.searching import _Scope
from regietafel.register.models import User
from tests.app.isolation import walking
from tests.app.isolation.world import Side, World, build

ROLES = (
    "anoniem",
    "adviseur",
    "raadslid",
    "beheerder",
    "gast",
    "oud",
    "uitgezet",
    "installatie",
    "regio",
    "sleutel",
    "genodigde",
    "fg",
)
MOVING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"|nonce[-=][\w+/="-]+'
    r"|DTSTAMP:\w+|\d\d:\d\d(:\d\d)?"
)
# A one-time link is the same for everybody: it says that it is used up.
SAME_FOR_ALL = ("new-password",)
# These exist only in another state of the object: something done, removed or waiting.
OTHER_STATE = ("moment-reopen", "link-restore", "attachment-restore", "ingest-columns", "fact-replace")
# An agenda is written as a document only, not as data; a difference needs two versions.
NO_DATA = ("/agenda/json", "/verslag/verschil")
# Requests of people are for the independent supervisor, not for who follows subjects.
FOR_SUPERVISOR = "/omgeving/privacy/verzoeken/"
# These differ each time: a fresh secret, the list of own sessions, the date inside a zipped document.
EVER_NEW = (
    "logout",
    "public-register",
    "public-reception",
    "reception-list-file",
    "reception-workbook",  # packed with the time of packing; test_board reads what is in it
    "second-factor-couple",
    "account",
    "picture-file",
    "monitor-labels-file",
    "meeting-file",
    "agenda-file",
    "meeting-noting-state",
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any) -> World:
    settings.SECOND_FACTOR_REQUIRED = False
    return build()


def client_of(world: World, role: str) -> Client:
    client = Client(raise_request_exception=True)
    if role == "sleutel":
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {world.key}"
    elif role != "anoniem":
        client.force_login(world.people[role])
    return client


def all_visits(world: World, role: str, side: Any) -> Iterator[walking.Visit]:
    yield from walking.walk(client_of(world, role), role, side)


def test_every_address_is_covered() -> None:
    found = walking.uncovered(list(walking.addresses()))
    assert not found, (
        "say in tests/app/isolation/walking.py (MODELS or FREE) what these point at:\n" + "\n".join(found)
    )


@pytest.mark.parametrize("role", ROLES)
def test_nothing_of_the_neighbour_shows(world: World, role: str) -> None:
    visits = list(all_visits(world, role, world.neighbour))
    assert len(visits) > 200
    assert not walking.leaks(iter(visits), world.neighbour)
    wrong = [v for v in visits if v.has_object and not _is_refusal(v, role)]
    assert not wrong, "\n".join(f"{v.who} {v.method} {v.path} answers {v.status}" for v in wrong)


def _is_refusal(visit: walking.Visit, role: str) -> bool:
    if visit.name in SAME_FOR_ALL or _is_reference(visit, role):
        return True
    if visit.path.startswith("/api/"):
        return visit.status in {401, 404, 405}
    if role in {"anoniem", "uitgezet", "sleutel"}:
        return visit.status in {302, 404, 405}
    if role == "oud":
        return visit.status in {302, 403, 404, 405}
    if role == "installatie" and visit.status == 403:
        return True
    return visit.status in {404, 405}


def _is_reference(visit: walking.Visit, role: str) -> bool:
    """Areas are public facts, also those of a region; who runs the installation keeps the organisations."""
    if role == "installatie" and visit.path.startswith("/beheer/organisaties/"):
        return "logboek" not in visit.path
    of_region = ("/opvang/gemeenten/", "/opvang/taakstelling/gemeenten/")
    return visit.path.startswith(("/beheer/gebieden/", "/api/v1/gebieden/", *of_region))


@pytest.mark.parametrize("role", ROLES)
def test_own_objects_answer_without_failing(world: World, role: str) -> None:
    visits = list(all_visits(world, role, world.own))
    broken = [v for v in visits if v.status >= 500]
    assert not broken, "\n".join(f"{v.method} {v.path} answers {v.status}" for v in broken)
    assert not walking.leaks(iter(visits), world.neighbour)
    if role == "adviseur":
        missing = [v for v in visits if v.method == "get" and v.status == 404 and _is_own_page(v)]
        assert not missing, "\n".join(f"{v.path} is not found by its own adviser" for v in missing)
    requests = {v.status for v in visits if v.method == "get" and v.path.startswith(FOR_SUPERVISOR)}
    if role in ("adviseur", "fg"):
        assert (200 in requests) == (role == "fg")


def _is_own_page(visit: walking.Visit) -> bool:
    return (
        visit.has_object
        and visit.name not in OTHER_STATE
        and not visit.path.endswith(NO_DATA)
        and not visit.path.startswith(FOR_SUPERVISOR)
        and visit.path.startswith(("/dossiers/", "/omgeving/", "/overleg/"))
    )


def test_a_guest_of_one_meeting_sees_only_what_was_shared_with_him(world: World) -> None:
    own = world.own
    item: Any = own.objects["deliberation.AgendaItem"]
    paper: Any = own.objects["deliberation.Paper"]
    walking.change_everything(own, "NIETVOORGASTEN")
    Body.objects.filter(pk=item.meeting.body_id).update(name="Het overleg")
    Meeting.objects.filter(pk=item.meeting_id).update(
        title="De vergadering", place="Zaal", chair="Voorzitter", cancelled_reason=""
    )
    shared = {"number": "1", "title": "Het gedeelde punt", "introduction": "", "theme": ""}
    AgendaItem.objects.filter(pk=item.pk).update(**shared)
    Paper.objects.filter(pk=paper.pk).update(name="gedeeld.txt", media_type="text/plain")
    paper.refresh_from_db()
    with paper.file.open("wb") as file:
        file.write(b"gedeeld stuk")
    visits = list(all_visits(world, "genodigde", own))
    seen = " ".join(visit.content for visit in visits)
    assert "Het gedeelde punt" in seen and "gedeeld stuk" in seen
    hidden = AgendaItem.objects.create(meeting=item.meeting, order=2, title="NIETVOORGASTEN", number="2")
    objects = {"deliberation.AgendaItem": hidden, "deliberation.Paper": _paper_of(hidden)}
    behind = Side(own.canary, own.objects | objects, own.users)
    client = client_of(world, "genodigde")
    tables = [address for address in walking.addresses() if address.route.startswith("overleg")]
    again = [visit for address in tables for visit in walking.visit(client, "genodigde", address, behind)]
    shown = []
    for visit in (*visits, *again):
        if visit.name in walking.PUBLIC:
            continue
        for word in ("nietvoorgasten", own.canary.lower()):
            told = unpacked(visit)
            if word in told.lower():
                shown.append(f"{visit.method} {visit.path} shows {walking.around(told, word)!r}")
    assert not shown, "\n".join(shown)


def unpacked(visit: walking.Visit) -> str:
    """Return what an answer says, also when it is a packed document."""
    if not visit.raw.startswith(b"PK"):
        return visit.content
    with zipfile.ZipFile(io.BytesIO(visit.raw)) as packed:
        return " ".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def _paper_of(item: AgendaItem) -> Paper:
    paper = Paper(item=item, name="NIETVOORGASTEN.txt", media_type="text/plain", size_bytes=3, sha256="x")
    paper.file.save("stuk.txt", ContentFile(b"NIETVOORGASTEN"), save=True)
    return paper


def test_nothing_moves_when_the_neighbour_changes(world: World) -> None:
    before = _pages(world)
    walking.change_everything(world.neighbour, "VERANDERD")
    after = _pages(world)
    moved = [path for path, content in before.items() if after[path] != content]
    assert not moved, "these pages of A change when only B's data change: " + ", ".join(moved)


def _pages(world: World) -> dict[str, str]:
    User.objects.filter(pk=world.people["adviseur"].pk).update(current_visit_at=None, last_visit_at=None)
    return {
        visit.path: MOVING.sub("", visit.content)
        for visit in walking.walk(client_of(world, "adviseur"), "adviseur", world.own, without=EVER_NEW)
        if visit.method == "get"
    }


def _everything(prefix: str) -> Q:
    return Q(**{f"{prefix}pk__isnull": False})


def test_the_harness_finds_a_filter_that_was_taken_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = "regietafel.register.selectors.access._grant_rule"
    monkeypatch.setattr(rule, lambda grant, prefix: _everything(prefix))
    found = walking.leaks(all_visits(world, "adviseur", world.neighbour), world.neighbour)
    assert len(found) > 5


def test_the_harness_finds_a_search_that_looks_in_all_sources(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"{world.own.canary}</mark> title" in _searched(world)[0].content
    everywhere = tuple(Source.objects.values_list("pk", flat=True))
    monkeypatch.setattr(
        _Scope, "of", classmethod(lambda scope, _monitor, audience: scope(everywhere, audience))
    )
    assert walking.leaks(iter(_searched(world)), world.neighbour)


def _searched(world: World) -> list[walking.Visit]:
    search = next(each for each in walking.addresses() if each.name == "monitor-search")
    return list(walking.visit(client_of(world, "adviseur"), "adviseur", search, world.own))
