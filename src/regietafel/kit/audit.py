"""An append-only, hash-chained log: one chain per organisation, its head locked while a link is added."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
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
    extra = dict(details or {})
    event = AuditEvent(
        chain=chain_of(organisation_id),
        at=timezone.now(),
        actor_id=getattr(by, "pk", None),
        actor=str(by) if by is not None else "systeem",
        origin=ORIGIN.get(),
        action=action,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=str(obj)[:300],
        result=extra.pop("result", "gelukt"),
        reason=extra.pop("reason", ""),
        changes=json.loads(json.dumps(extra.pop("changes", {}), default=str)),
    )
    if extra:
        raise TypeError(f"unknown audit details: {sorted(extra)}")
    return _link(event)


def _link(event: AuditEvent) -> AuditEvent:
    with transaction.atomic():
        AuditHead.objects.get_or_create(chain=event.chain)
        head = AuditHead.objects.select_for_update().get(chain=event.chain)
        event.sequence = head.sequence + 1
        event.previous_hash = head.hash
        event.hash = _digest(event)
        event.save(force_insert=True)
        head.sequence, head.hash = event.sequence, event.hash
        head.save(update_fields=("sequence", "hash"))
    return event


def _digest(event: AuditEvent) -> str:
    content: dict[str, Any] = {name: getattr(event, name) for name in LINKED}
    content["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    content["previous"] = event.previous_hash
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    return hashlib.sha256(b"regietafel.audit:" + settings.SECRET_KEY.encode()).digest()


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

    Returns:
        The first break per chain; an empty list when all holds.
    """
    anchored = _read_anchors(anchors or settings.ENVIRONMENT.anchors)
    heads = {head.chain: head for head in AuditHead.objects.all()}
    chains = sorted(
        heads.keys() | anchored.keys() | set(AuditEvent.objects.values_list("chain", flat=True).distinct())
    )
    found = (_first_break(chain, heads.get(chain), anchored=anchored.get(chain, {})) for chain in chains)
    return [broken for broken in found if broken]


def _first_break(chain: str, head: AuditHead | None, *, anchored: Mapping[int, str]) -> Break | None:
    previous, sequence = "", 0
    for event in AuditEvent.objects.filter(chain=chain).order_by("sequence").iterator(chunk_size=2000):
        if event.sequence != sequence + 1:
            return Break(chain, sequence + 1, "regel ontbreekt")
        sequence = event.sequence
        if event.previous_hash != previous or event.hash != _digest(event):
            return Break(chain, sequence, "inhoud klopt niet met de hash")
        if anchored.get(sequence, event.hash) != event.hash:
            return Break(chain, sequence, "wijkt af van het anker buiten de database")
        previous = event.hash
    if head is None or (head.sequence, head.hash) != (sequence, previous):
        return Break(chain, sequence + 1, "einde van de keten ontbreekt")
    missing = [number for number in anchored if number > sequence]
    return Break(chain, min(missing), "regel uit het anker ontbreekt") if missing else None


def write_anchor(on: date, folder: Path | None = None) -> Path:
    """Write the head of every chain to a dated file outside the database, adding to what is there."""
    folder = folder or settings.ENVIRONMENT.anchors
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{on.isoformat()}.jsonl"
    moment = datetime.now(tz=UTC).isoformat(timespec="seconds")
    lines = [
        json.dumps({"keten": h.chain, "volgnummer": h.sequence, "hash": h.hash, "moment": moment})
        for h in AuditHead.objects.order_by("chain")
        if h.sequence
    ]
    with path.open("a", encoding="utf-8") as handle:
        handle.writelines(line + "\n" for line in lines)
    return path


def _read_anchors(folder: Path) -> dict[str, dict[int, str]]:
    anchored: dict[str, dict[int, str]] = {}
    for line in _anchor_lines(sorted(folder.glob("*.jsonl"))):
        entry = json.loads(line)
        anchored.setdefault(entry["keten"], {})[entry["volgnummer"]] = entry["hash"]
    return anchored


def _anchor_lines(paths: Iterable[Path]) -> Iterable[str]:
    for path in paths:
        yield from (line for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
