"""Papers in a dossier: kept under a name nobody can guess, with their text, and never really gone at once."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from regietafel.kit.changes import assign, differences
from regietafel.kit.refusal import Refused
from regietafel.register.adapters.papers import PaperKind, PaperRefused, extract_text, recognise
from regietafel.register.models import Attachment, Dossier
from regietafel.register.services.writing import Change, author_of, lock_dossier, log, set_hidden

LONGEST_NAME = 150
Upload = File[bytes]


@dataclass(frozen=True)
class Examined:
    """A file as it was found: a safe name, what kind it is, its size and fingerprint, and the text in it."""

    name: str
    media_type: str
    size_bytes: int
    sha256: str
    text: str
    text_note: str


def examine_upload(upload: Upload) -> Examined:
    """Look at a file that somebody sends, before anything is stored.

    Raises:
        Refused: it is not of a kind we keep, or not what its name says.
    """
    handle: Any = upload.file
    try:
        kind = recognise(handle)
    except PaperRefused as refusal:
        raise Refused(str(refusal)) from refusal
    found = extract_text(handle, kind)
    return Examined(
        name=_safe_name(upload.name or "", kind),
        media_type=kind.media_type,
        size_bytes=upload.size,
        sha256=_fingerprint(upload),
        text=found.text,
        text_note=found.note,
    )


def attach_file(*, dossier: Dossier, upload: Upload, description: str = "", by: Any) -> Attachment:
    """Keep a file in the dossier, with the text that is in it.

    The text is read before the transaction begins, so that a slow file keeps nobody else waiting.
    """
    values = {**asdict(examine_upload(upload)), "description": description.strip()}
    with transaction.atomic():
        return _store(dossier, upload, values=values, by=by)


def _store(dossier: Dossier, upload: Upload, *, values: dict[str, Any], by: Any) -> Attachment:
    locked = lock_dossier(dossier, by)
    same = Attachment.objects.filter(dossier=locked, sha256=values["sha256"], removed_at__isnull=True).first()
    if same is not None:
        raise Refused(_("Dit bestand staat al in het dossier, als “%(name)s”.") % {"name": same.name})
    attachment = Attachment(dossier=locked, created_by=author_of(by), **values)
    upload.seek(0)
    attachment.file.save(values["name"], upload, save=True)
    shown = {key: values[key] for key in ("name", "description", "media_type", "size_bytes", "sha256")}
    changes = differences(Attachment(), shown)
    log(locked, attachment, change=Change("bijlage.toegevoegd", changes), by=by)
    return attachment


def _safe_name(name: str, kind: PaperKind) -> str:
    """Return a name without path and control signs, with the ending that fits the content."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = " ".join("".join(sign if sign.isprintable() else " " for sign in last).split()).strip(". ")
    stem = clean.rsplit(".", 1)[0].removesuffix(f".{kind.ending}") if "." in clean else clean
    return f"{stem[:LONGEST_NAME].strip() or 'bijlage'}.{kind.ending}"


def _fingerprint(upload: Upload) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for piece in upload.chunks():
        digest.update(piece)
    return digest.hexdigest()


@transaction.atomic
def describe_file(*, attachment: Attachment, description: str, by: Any) -> Attachment:
    """Say in words what is in a file, for who cannot see it."""
    dossier = lock_dossier(attachment.dossier, by)
    kept = Attachment.objects.get(pk=attachment.pk)
    changes = differences(kept, {"description": description.strip()})
    if changes:
        assign(kept, {"description": description.strip()})
        log(dossier, kept, change=Change("bijlage.beschreven", changes), by=by)
    return kept


@transaction.atomic
def remove_file(*, attachment: Attachment, reason: str, by: Any) -> Attachment:
    """Take a file out of sight, with the reason; it can be put back."""
    return set_hidden(attachment, hidden=True, change=Change("bijlage.verwijderd", reason=reason), by=by)


@transaction.atomic
def restore_file(*, attachment: Attachment, by: Any) -> Attachment:
    """Put a file back that was taken out of sight."""
    return set_hidden(attachment, hidden=False, change=Change("bijlage.teruggezet"), by=by)
