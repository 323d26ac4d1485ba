"""The log as people read it: of one dossier with all that is in it, of one object, of one organisation."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.kernel import dutch
from regietafel.kit.audit import SYSTEM_CHAIN, chain_of
from regietafel.kit.models import AuditEvent
from regietafel.register.models import (
    ApiToken,
    Attachment,
    Confidentiality,
    Dossier,
    DossierMember,
    Fact,
    JournalEntry,
    Link,
    Membership,
    Moment,
    Organisation,
    User,
)
from regietafel.register.selectors.access import standing_of

PARTS: tuple[type[Model], ...] = (Attachment, DossierMember, Fact, JournalEntry, Link, Moment)


def dossier_events(dossier: Dossier) -> QuerySet[AuditEvent]:
    """Return what happened to a dossier and to everything in it."""
    rule = Q(object_type=Dossier._meta.label_lower, object_id=str(dossier.pk))
    for model in PARTS:
        rows: QuerySet[Any] = model._default_manager.filter(dossier=dossier)
        ids = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
        rule |= Q(object_type=model._meta.label_lower, object_id__in=ids)
    return AuditEvent.objects.filter(rule, chain=chain_of(dossier.organisation_id))


def organisation_events(organisation: Organisation) -> QuerySet[AuditEvent]:
    """Return everything in the chain of an organisation."""
    return AuditEvent.objects.filter(chain=chain_of(organisation.pk))


def system_events() -> QuerySet[AuditEvent]:
    """Return what happened to the installation itself."""
    return AuditEvent.objects.filter(chain=SYSTEM_CHAIN)


def distinct_values(events: QuerySet[AuditEvent], field: str) -> list[str]:
    """Return the different values of a field in some events, for a filter above them."""
    return list(events.order_by(field).values_list(field, flat=True).distinct())


MANAGED = {model._meta.label_lower for model in (ApiToken, Membership, Organisation, User)}
EMPTY: tuple[Any, ...] = (None, "", [])
ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")
PERIODS = (
    ("1", _("vandaag")),
    ("7", _("laatste 7 dagen")),
    ("30", _("laatste 30 dagen")),
    ("365", _("laatste jaar")),
)


def within(events: QuerySet[AuditEvent], days: str) -> QuerySet[AuditEvent]:
    """Keep what happened today or in the last days."""
    first = timezone.localdate() - timedelta(days=int(days) - 1)
    start = timezone.make_aware(datetime.combine(first, time.min))
    return events.filter(at__gte=start)


def reads_everything(user: Any, organisation: Organisation) -> bool:
    """Say whether a person may read confidential records of an organisation, and so the words in its log."""
    return any(
        grant.organisation_id == organisation.pk and grant.reads_up_to >= Confidentiality.CONFIDENTIAL
        for grant in standing_of(user).staff_grants
    )


def kind_words(event: AuditEvent) -> str:
    """Return the Dutch word for the kind of thing an event is about."""
    app, _dot, model = event.object_type.partition(".")
    try:
        return str(apps.get_model(app, model)._meta.verbose_name)
    except LookupError:
        return event.object_type


def is_told(event: AuditEvent, *, in_full: bool) -> bool:
    """Say whether the words of an event may be shown: who manages reads about people, not about dossiers."""
    return in_full or event.object_type in MANAGED


def subject_words(event: AuditEvent, *, in_full: bool) -> str:
    """Name what an event is about; only its number when its words are not for this reader."""
    if is_told(event, in_full=in_full):
        return f"{kind_words(event)}: {event.object_label}"
    return f"{kind_words(event)} {event.object_id}"


def action_words(event: AuditEvent) -> str:
    """Name what was done, as words."""
    return event.action.replace(".", " ")


def change_words(event: AuditEvent, *, in_full: bool) -> str:
    """Return the changes and the reason of an event in one text."""
    if not is_told(event, in_full=in_full):
        return str(_("niet te zien voor uw rol"))
    parts = [f"{label}: {_change(old, new)}" for label, (old, new) in event.changes.items()]
    if event.reason:
        parts.append(f"{_('Reden')}: {event.reason}")
    return "; ".join(parts)


def _change(old: Any, new: Any) -> str:
    return _told(new) if old in EMPTY else f"{_told(old)} → {_told(new)}"


def _told(value: Any) -> str:
    if value in EMPTY:
        return str(_("leeg"))
    if isinstance(value, bool):
        return str(_("ja") if value else _("nee"))
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return _told_time(value) if isinstance(value, str) else str(value)


def _told_time(text: str) -> str:
    """Write a day or moment as Dutch readers do; other texts stay as they are."""
    try:
        if len(text) == len("2022-04-07"):
            return dutch.date(date.fromisoformat(text))
        return dutch.moment(datetime.fromisoformat(text)) if ISO_MOMENT.match(text) else text
    except ValueError:
        return text
