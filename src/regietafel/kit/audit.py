"""An append-only, hash-chained log: one chain per organisation, its head locked while a link is added."""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from regietafel.kit.models import AuditEvent, AuditHead

SYSTEM_CHAIN = "systeem"
ORIGIN: ContextVar[str] = ContextVar("audit_origin", default="commandoregel")
LINKED = (
    "chain", "sequence", "at", "actor_id", "actor", "origin", "action", "object_type", "object_id",
    "object_label", "result", "reason", "changes",
)  # fmt: skip
LONGEST_TEXT, LONGEST_REASON, LONGEST_LIST = 500, 4000, 50
Anchors = dict[str, list[tuple[int, str]]]


@dataclass(frozen=True)
class Break:
    """The first place where a chain no longer holds."""

    chain: str
    sequence: int
    reason: str


def chain_of(organisation_id: int | None) -> str:
    """Name the chain of an organisation; everything that belongs to none goes into the system chain."""
    return SYSTEM_CHAIN if organisation_id is None else f"organisatie:{organisation_id}"


def record(
    action: str,
    obj: models.Model,
    *,
    organisation_id: int | None,
    by: Any,
    details: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Add one link to the chain of an organisation, inside the caller's transaction.

    Args:
        action: noun and past participle, such as `dossier.gewijzigd`.
        obj: what it happened to.
        organisation_id: whose chain; None for the installation itself.
        by: the acting user; None for the system or the command line.
        details: optional `changes` (field -> [old, new]), `reason` and `result`.
    """
    return record_all(action, [(obj, details or {})], organisation_id=organisation_id, by=by)[0]


def record_all(
    action: str,
    happened: Iterable[tuple[models.Model, Mapping[str, Any]]],
    *,
    organisation_id: int | None,
    by: Any,
) -> list[AuditEvent]:
    """Add a link for each of many objects to which the same was done at once; the head is locked once.

    Args:
        action: as for `record`.
        happened: the objects, each with its details.
        organisation_id: whose chain; None for the installation itself.
        by: the acting user; None for the system or the command line.
    """
    chain = chain_of(organisation_id)
    return _link(chain, [_event(action, obj, by=by, details=details) for obj, details in happened])


def _event(action: str, obj: models.Model, *, by: Any, details: Mapping[str, Any]) -> AuditEvent:
    extra = dict(details)
    event = AuditEvent(
        actor_id=getattr(by, "pk", None),
        actor=_storable(str(by))[:200] if by is not None else "systeem",
        origin=ORIGIN.get()[:64],
        action=action,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=_storable(str(obj))[:300],
        result=extra.pop("result", "gelukt"),
        reason=_shortened(str(extra.pop("reason", "")), LONGEST_REASON),
        changes=_storable(extra.pop("changes", {})),
    )
    if extra:
        raise TypeError(f"unknown audit details: {sorted(extra)}")
    return event


def _storable(value: Any) -> Any:
    """Return what both databases give back exactly as it went in, so that the hash still fits.

    A long text or list keeps its beginning and the hash of the whole: what it was can be proven, not read.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {_shortened(str(key), LONGEST_TEXT): _storable(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        parts = [_storable(part) for part in value]
        rest = len(parts) - LONGEST_LIST
        return [*parts[:LONGEST_LIST], f"… (nog {rest}, sha256 {_sha256(parts)})"] if rest > 0 else parts
    return _shortened(str(value), LONGEST_TEXT)


def _shortened(text: str, most: int) -> str:
    text = text.encode(errors="replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
    if len(text) <= most:
        return text
    return f"{text[:most]}… (nog {len(text) - most} tekens, sha256 {_sha256(text)})"


def _sha256(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _link(chain: str, events: list[AuditEvent]) -> list[AuditEvent]:
    with transaction.atomic():
        AuditHead.objects.get_or_create(chain=chain)
        head = AuditHead.objects.select_for_update().get(chain=chain)
        for event in events:
            event.chain, event.at = chain, timezone.now()
            event.sequence = head.sequence + 1
            event.previous_hash = head.hash
            event.hash = _digest(event)
            head.sequence, head.hash = event.sequence, event.hash
        AuditEvent.objects.bulk_create(events)
        head.save(update_fields=("sequence", "hash"))
    return events


def _digest(event: AuditEvent) -> str:
    content: dict[str, Any] = {name: getattr(event, name) for name in LINKED}
    content["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    content["previous"] = event.previous_hash
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    """Return the key of the chain: not the one of sessions and cookies, which must be free to change."""
    return str(settings.AUDIT_KEY).encode()


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the fields that differ, as field -> [old, new]."""
    return {k: [before.get(k), v] for k, v in after.items() if before.get(k) != v}


def history(obj: models.Model) -> models.QuerySet[AuditEvent]:
    """Return everything that happened to one object, newest first."""
    return AuditEvent.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk)).order_by(
        "-at", "-sequence"
    )


def verify(anchors: Path | None = None) -> list[Break]:
    """Check every chain against itself, its head and the anchors kept outside the database.

    It may run while others write: what is added meanwhile is checked too.

    Returns:
        The first break per chain; an empty list when all holds.
    """
    try:
        known = _read_anchors(anchors or settings.ENVIRONMENT.anchors)
    except UnreadableAnchor as error:
        return [Break("ankers", error.line, f"{error.path.name} is onleesbaar")]
    for head in AuditHead.objects.filter(sequence__gt=0):
        known.setdefault(head.chain, []).append((head.sequence, head.hash))
    chains = known.keys() | set(AuditEvent.objects.order_by().values_list("chain", flat=True).distinct())
    found = (_first_break(chain, known.get(chain, [])) for chain in sorted(chains))
    return [broken for broken in found if broken]


def _first_break(chain: str, fixed: list[tuple[int, str]]) -> Break | None:
    """Walk one chain past the points of which the hash is known elsewhere: its head and its anchors."""
    expected: dict[int, set[str]] = {}
    for number, known_hash in fixed:
        expected.setdefault(number, set()).add(known_hash)
    previous, sequence = "", 0
    for event in AuditEvent.objects.filter(chain=chain).order_by("sequence").iterator(chunk_size=500):
        sequence += 1
        reason = _fault(event, sequence, previous=previous) or _deviation(
            event, expected.pop(sequence, set())
        )
        if reason:
            return Break(chain, sequence, reason)
        previous = event.hash
    if expected:
        return Break(chain, sequence + 1, "regel ontbreekt aan het einde")
    if not AuditHead.objects.filter(chain=chain, sequence__gte=sequence).exists():
        return Break(chain, sequence, "regel staat na het einde van de keten")
    return None


def _fault(event: AuditEvent, sequence: int, *, previous: str) -> str:
    if event.sequence != sequence:
        return "regel ontbreekt"
    fits = event.previous_hash == previous and hmac.compare_digest(event.hash, _digest(event))
    return "" if fits else "inhoud klopt niet met de hash"


def _deviation(event: AuditEvent, known: set[str]) -> str:
    return "" if known <= {event.hash} else "wijkt af van het anker of van de kop van de keten"


def write_anchor(on: date, folder: Path | None = None) -> Path:
    """Write the head of every chain to a dated file outside the database, adding to what is there."""
    folder = folder or settings.ENVIRONMENT.anchors
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{on.isoformat()}.jsonl"
    moment = datetime.now(tz=UTC).isoformat(timespec="seconds")
    lines = [
        json.dumps({"keten": h.chain, "volgnummer": h.sequence, "hash": h.hash, "moment": moment}) + "\n"
        for h in AuditHead.objects.filter(sequence__gt=0).order_by("chain")
    ]
    with path.open("a", encoding="utf-8") as handle:
        handle.write("".join(lines))
        handle.flush()
        os.fsync(handle.fileno())
    return path


class UnreadableAnchor(Exception):
    """A line of an anchor file that says nothing."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(f"{path}:{line}")
        self.path, self.line = path, line


def _read_anchors(folder: Path) -> Anchors:
    anchored: Anchors = {}
    for path in sorted(folder.glob("*.jsonl")):
        for chain, sequence, known_hash in _entries(path):
            anchored.setdefault(chain, []).append((sequence, known_hash))
    return anchored


def _entries(path: Path) -> Iterator[tuple[str, int, str]]:
    """Read one file; a last line without an end was cut off by a crash and is left out."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(keepends=True), start=1):
        try:
            if line.endswith("\n"):
                entry = json.loads(line)
                yield str(entry["keten"]), int(entry["volgnummer"]), str(entry["hash"])
        except (ValueError, KeyError, TypeError):
            raise UnreadableAnchor(path, number) from None
