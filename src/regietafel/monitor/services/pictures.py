"""Make, edit and publish an omgevingsbeeld; once published neither words nor figures change."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.refusal import Refused
from regietafel.monitor.adapters.exporters import labels_json, proposal
from regietafel.monitor.engine.privacy.quoting import quoted_runs
from regietafel.monitor.models import MediaPicture, Monitor
from regietafel.monitor.selectors.additions import additions_of
from regietafel.monitor.selectors.material import figures_of, texts_of
from regietafel.monitor.selectors.monitors import current_query
from regietafel.monitor.selectors.pictures import content_of
from regietafel.register.public import User

State = MediaPicture.State
WORDS = ("core_message", "advice", "expected_moments", "hotspots", "uncertainty")
LONGEST_PERIOD_DAYS = 92


@transaction.atomic
def make_picture(*, monitor: Monitor, period_from: date, period_until: date, by: User | None) -> MediaPicture:
    """Make a draft with the figures of a period as they are now."""
    version = current_query(monitor)
    if version is None or monitor.started_at is None:
        raise Refused(_("Start de monitor eerst; daarna kunt u een omgevingsbeeld maken."))
    _refuse_period(period_from, period_until)
    figures = figures_of(monitor, starts_on=period_from, ends_on=period_until)
    picture = MediaPicture.objects.create(
        monitor=monitor,
        period_from=period_from,
        period_until=period_until,
        query_version=version,
        figures=figures.to_json(),
        additions=_additions(monitor, period_from, last=period_until),
        figures_at=timezone.now(),
        core_message=proposal(figures),
        created_by=by,
        maker=by.name if by else "",
    )
    _record(
        "omgevingsbeeld.gemaakt",
        picture,
        by=by,
        changes={"period": [None, f"{period_from} – {period_until}"]},
    )
    return picture


@transaction.atomic
def edit_picture(*, picture: MediaPicture, revision: int, by: User | None, **words: Any) -> MediaPicture:
    """Change the words of a draft, unless someone else did so since this revision was read.

    Raises:
        Refused: someone else changed it, or the words quote a person.
    """
    texts = _texts(words)
    _refuse_quotes(picture, texts)
    _change(picture, revision, **texts)
    changes = {
        name: [getattr(picture, name), text] for name, text in texts.items() if getattr(picture, name) != text
    }
    picture.refresh_from_db()
    _record("omgevingsbeeld.gewijzigd", picture, by=by, changes=changes)
    return picture


def _additions(monitor: Monitor, first: date, *, last: date) -> list[dict[str, Any]]:
    return [one.to_json() for one in additions_of(monitor, first=first, last=last)]


def _texts(words: Mapping[str, Any]) -> dict[str, Any]:
    texts: dict[str, Any] = {name: words[name].strip() for name in words.keys() & set(WORDS)}
    if "labels" in words:
        texts["sections"] = labels_json(words["labels"])
    return texts


def _refuse_quotes(picture: MediaPicture, texts: Mapping[str, Any]) -> None:
    """Refuse words of people as they wrote them; what media brought may be quoted."""
    parts = [texts[name] for name in WORDS if name in texts]
    for notes in texts.get("sections", {}).values():
        parts += [notes["wat_wij_zien"], *notes["voorbeelden"], notes["advies"]]
    found = quoted_runs(
        parts,
        by_people=texts_of(picture, media=False),
        in_public=texts_of(picture, media=True),
    )
    if found:
        raise Refused(
            _(
                "“%s” staat zo in een bericht van iemand. Vertel het in eigen woorden: "
                "een letterlijk citaat is terug te vinden."
            )
            % found[0]
        )


@transaction.atomic
def renew_figures(*, picture: MediaPicture, revision: int, by: User | None) -> MediaPicture:
    """Count a draft again, with the messages and the question of now."""
    version = current_query(picture.monitor)
    figures = figures_of(picture.monitor, starts_on=picture.period_from, ends_on=picture.period_until)
    _change(
        picture,
        revision,
        figures=figures.to_json(),
        additions=_additions(picture.monitor, picture.period_from, last=picture.period_until),
        figures_at=timezone.now(),
        query_version=version,
    )
    picture.refresh_from_db()
    _record("omgevingsbeeld.herteld", picture, by=by, changes={})
    return picture


@transaction.atomic
def publish_picture(*, picture: MediaPicture, revision: int, by: User | None, **words: Any) -> MediaPicture:
    """Freeze a draft, with the last words of its maker, under the next number of its monitor."""
    Monitor.objects.select_for_update(no_key=True).get(pk=picture.monitor_id)
    texts = _texts(words)
    _refuse_quotes(picture, texts)
    _change(picture, revision, **texts)
    picture.refresh_from_db()
    if not picture.core_message:
        raise Refused(_("Schrijf eerst het kernbeeld."))
    last = MediaPicture.objects.filter(monitor=picture.monitor_id).aggregate(last=Max("number"))["last"]
    now = timezone.now()
    frozen = content_of(picture).published(number=(last or 0) + 1, at=now, by=by.name if by else "")
    content = frozen.to_json()
    picture.next_report_at = frozen.next_report_at
    picture.number, picture.state = (last or 0) + 1, State.PUBLISHED
    picture.published_at, picture.published_by = now, by
    picture.content, picture.content_sha256 = content, fingerprint(content)
    picture.save()
    _record(
        "omgevingsbeeld.gepubliceerd",
        picture,
        by=by,
        changes={"number": [None, picture.number], "content_sha256": [None, picture.content_sha256]},
    )
    return picture


@transaction.atomic
def discard_picture(*, picture: MediaPicture, by: User | None) -> None:
    """Throw a draft away; the log keeps that it was there."""
    found = (
        MediaPicture.objects.select_for_update(of=("self",)).filter(pk=picture.pk, state=State.DRAFT).first()
    )
    if found is None:
        raise Refused(_("Een gepubliceerd omgevingsbeeld verdwijnt niet."))
    _record(
        "omgevingsbeeld.weggegooid",
        picture,
        by=by,
        changes={name: [getattr(found, name), None] for name in WORDS},
    )
    found.delete()


def fingerprint(content: dict[str, Any]) -> str:
    """Return the SHA-256 of frozen content in its one written form."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _change(picture: MediaPicture, revision: int, **fields: Any) -> None:
    """Change a draft in one statement that fails when it is no longer the draft that was read."""
    same = MediaPicture.objects.filter(pk=picture.pk, state=State.DRAFT, revision=revision)
    if not same.update(revision=F("revision") + 1, **fields):
        raise Refused(
            _(
                "Iemand anders heeft dit omgevingsbeeld intussen gewijzigd of gepubliceerd. "
                "Neem uw tekst over in de nieuwste versie."
            )
        )


def _refuse_period(first: date, last: date) -> None:
    if last < first:
        raise Refused(_("De laatste dag ligt voor de eerste."))
    if last > timezone.localdate():
        raise Refused(_("De laatste dag ligt in de toekomst."))
    if (last - first).days >= LONGEST_PERIOD_DAYS:
        raise Refused(_("Een omgevingsbeeld gaat over hoogstens drie maanden."))


def _record(action: str, picture: MediaPicture, *, by: User | None, changes: dict[str, Any]) -> None:
    record(
        action,
        picture,
        organisation_id=picture.monitor.dossier.organisation_id,
        by=by,
        details={"changes": changes},
    )
