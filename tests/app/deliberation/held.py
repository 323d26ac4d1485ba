"""A meeting that was held two weeks ago: an open item, one for guests, and one that only some may read."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from regietafel.deliberation.models import AgendaItem, Entry, Meeting
from regietafel.register.models import User
from tests.app.deliberation.table import Table, close, entry, invite, item, meeting

SECRET = "Zwijgbeek"
SHARED = "Gastenbank"


@dataclass
class Held:
    """The meeting with its items and lines.

    Attributes:
        late: an action of `north`, ten days late.
        secret: an action of `north` under a confidential item; its text names SECRET.
        shared: a decision under an item for guests; its text names SHARED.
    """

    meeting: Meeting
    open_item: AgendaItem
    secret_item: AgendaItem
    decision: Entry
    conditional: Entry
    bottleneck: Entry
    late: Entry
    secret: Entry
    shared: Entry


def day(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def hold(table: Table, *, days: int = -14, **values: Any) -> Held:
    """Hold the meeting and close it."""
    held = meeting(table, days)
    invite(table, held)
    about = item(table, held, theme="Opvang", **values)
    closed = item(table, held, "Personeel", confidentiality=2, **values)
    guests = item(table, held, "Toelichting", for_guests=True)
    made = Held(
        meeting=held,
        open_item=about,
        secret_item=closed,
        decision=entry(table, about, "B", "Alle gemeenten zoeken één 24/7 locatie."),
        conditional=entry(table, about, "B", "Wij verdelen over gewone plekken.", condition_kind="zolang",
                          condition="er geen regionale locatie is"),
        bottleneck=entry(table, about, "K", "Er is geen 24/7 locatie.", explanation="Vaak één nacht."),
        late=entry(table, about, "A", "Noord zoekt een gebouw.", owner_organisation=table.north,
                   due_on=day(-10)),
        secret=entry(table, closed, "A", f"Noord praat met {SECRET}.", owner_organisation=table.north,
                     due_on=day(-3)),
        shared=entry(table, guests, "B", f"Wij delen het met de {SHARED}."),
    )  # fmt: skip
    made.meeting = close(table, held)
    return made


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(user: User, path: str) -> str:
    """What a person reads at an address; a file is read too."""
    response: Any = browser(user).get(path)
    assert response.status_code == 200, (path, response.status_code)
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    return str(raw.decode("utf-8-sig", errors="replace"))
