"""A meeting as the council information system Notubiz hands it out (JSON), written as lines.

The agenda becomes "Agendapunt:" with its number and title; documents, decisions and attendance become lines
with a key, so that the reading itself is the same as of a decision list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from regietafel.deliberation.adapters.minutes.refusing import MinutesRefused
from regietafel.deliberation.adapters.minutes.text_files import decode, to_lines
from regietafel.deliberation.engine.minutes import SourceLine

BROKEN = "Dit JSON-bestand is niet te lezen (regel {line}, teken {column}). Haal het opnieuw op."
NO_MEETING = (
    "Dit JSON-bestand is geen vergadering van Notubiz: de lijst met agendapunten (agenda_items) ontbreekt."
)
NO_PLACE = "Zonder plaats op de agenda"
_DEEPEST = 8
_KINDS = (
    (re.compile(r"besluit|decision", re.IGNORECASE), "Besluit"),
    (re.compile(r"toezegging|actie|action", re.IGNORECASE), "Actie"),
)


def read(data: bytes) -> list[SourceLine]:
    """Return a meeting as lines."""
    text = decode(data)
    try:
        meeting = json.loads(text)
    except json.JSONDecodeError as error:
        raise MinutesRefused(BROKEN.format(line=error.lineno, column=error.colno)) from error
    except RecursionError as error:
        raise MinutesRefused(NO_MEETING) from error
    if isinstance(meeting, list) and len(meeting) == 1:
        meeting = meeting[0]
    if isinstance(meeting, dict) and isinstance(meeting.get("meeting"), dict):
        meeting = meeting["meeting"]
    if not isinstance(meeting, dict) or not isinstance(meeting.get("agenda_items"), list):
        raise MinutesRefused(NO_MEETING)
    return to_lines("\n".join(_lines(meeting)))


def _lines(meeting: dict[str, Any]) -> Iterator[str]:
    yield from _particulars(meeting)
    yield from _attendance(meeting)
    items = [item for item in meeting["agenda_items"] if isinstance(item, dict)]
    placed = [item for item in items if isinstance(item.get("order"), int)]
    for item in sorted(placed, key=lambda item: item["order"]):
        yield from _item(item, depth=0)
    if loose := [item for item in items if not isinstance(item.get("order"), int)]:
        yield from ("", NO_PLACE, "")
        for item in loose:
            yield from _item(item, depth=0)


def _particulars(meeting: dict[str, Any]) -> Iterator[str]:
    attributes = meeting.get("attributes")
    stated = attributes if isinstance(attributes, dict) else {}
    if title := _flat(stated.get("Titel") or meeting.get("title")):
        yield f"Vergadering: {title}"
    plannings = meeting.get("plannings")
    if isinstance(plannings, list) and plannings and isinstance(plannings[0], dict):
        yield f"Datum: {_flat(plannings[0].get('start_date'))}"
    for name in ("Locatie", "Omschrijving"):
        if value := _flat(stated.get(name)):
            yield f"{'Locatie' if name == 'Locatie' else 'Onderwerp'}: {value}"
    for document in _documents(meeting):
        yield f"Document: {document}"


def _attendance(meeting: dict[str, Any]) -> Iterator[str]:
    for name in ("attendance", "attendees", "presence"):
        people = meeting.get(name)
        if isinstance(people, list) and people:
            yield from ("", "Presentie")
            for one in people:
                yield _present(one) if isinstance(one, dict) else _flat(one)


def _present(one: dict[str, Any]) -> str:
    cells = [_flat(one.get(name)) for name in ("organisation", "party", "function", "name", "status")]
    return "  ".join(cell for cell in cells if cell)


def _item(item: dict[str, Any], *, depth: int) -> Iterator[str]:
    data = item.get("type_data")
    data = data if isinstance(data, dict) else {}
    attributes = data.get("attributes")
    values = [_flat(one.get("value")) for one in attributes or [] if isinstance(one, dict)]
    title, more = (values[0], values[1:]) if values else (_flat(item.get("title")), [])
    if data.get("heading"):
        yield from ("", title)
    else:
        number = _flat(data.get("title_prefix")).rstrip(".")
        yield from ("", f"{number + '. ' if number else ''}Agendapunt: {title}")
        if item.get("confidential"):
            yield "Voorstel: Dit agendapunt is vertrouwelijk."
    yield from (f"Noot: {value}" for value in more if value)
    yield from (f"Stuk: {document}" for document in _documents(item))
    yield from _modules(item)
    children = item.get("agenda_items")
    for child in children if isinstance(children, list) and depth < _DEEPEST else []:
        if isinstance(child, dict):
            yield from _item(child, depth=depth + 1)


def _documents(holder: dict[str, Any]) -> Iterator[str]:
    documents = holder.get("documents")
    for document in documents if isinstance(documents, list) else []:
        if isinstance(document, dict) and (title := _flat(document.get("title"))):
            yield title


def _modules(item: dict[str, Any]) -> Iterator[str]:
    """Yield decisions and promises that were noted with the item; other notes as notes."""
    modules = item.get("module_items")
    for module in modules if isinstance(modules, list) else []:
        if not isinstance(module, dict):
            continue
        kind = _flat(module.get("type") or module.get("module"))
        key = next((name for pattern, name in _KINDS if pattern.search(kind)), "Noot")
        for text in (module.get("title"), module.get("value"), module.get("description"), module.get("text")):
            if written := _flat(text):
                yield f"{key}: {written}"


def _flat(value: Any) -> str:
    """Return a value as one line, without markup."""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    return " ".join(re.sub(r"<[^<>]*>", " ", str(value)).split())
