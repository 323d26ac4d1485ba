"""Make and change the sources of an organisation."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from regietafel.kit.audit import changes_between, record
from regietafel.kit.refusal import Refused
from regietafel.monitor.models import Source
from regietafel.register.public import Organisation, User

EDITABLE = ("name", "address", "message_kind", "silent_after_hours", "is_active")


@transaction.atomic
def create_source(*, organisation: Organisation, by: User | None, **fields: Any) -> Source:
    """Make a source: a feed with its address, or a series of files."""
    source = Source(organisation=organisation, **fields)
    _save(source)
    record(
        "bron.gemaakt",
        source,
        organisation_id=organisation.pk,
        by=by,
        details={"changes": {name: [None, getattr(source, name)] for name in ("kind", *EDITABLE)}},
    )
    return source


@transaction.atomic
def change_source(*, source: Source, by: User | None, **fields: Any) -> Source:
    """Change what people may set of a source; another address is fetched afresh."""
    before = {name: getattr(source, name) for name in EDITABLE}
    for name in fields.keys() & set(EDITABLE):
        setattr(source, name, fields[name])
    if source.address != before["address"]:
        source.etag, source.last_modified, source.last_error = "", "", ""
    changes = changes_between(before, {name: getattr(source, name) for name in EDITABLE})
    if changes:
        _save(source)
        record(
            "bron.gewijzigd",
            source,
            organisation_id=source.organisation_id,
            by=by,
            details={"changes": changes},
        )
    return source


@transaction.atomic
def keep_mapping(*, source: Source, columns: Mapping[str, str], by: User | None) -> None:
    """Remember which column of its files holds what, for the next delivery."""
    if dict(columns) == source.column_mapping:
        return
    change = {"column_mapping": [source.column_mapping, dict(columns)]}
    source.column_mapping = dict(columns)
    source.save(update_fields=("column_mapping",))
    record(
        "bron.gekoppeld", source, organisation_id=source.organisation_id, by=by, details={"changes": change}
    )


@transaction.atomic
def source_named(meant: Source, *, keep: bool, by: User | None = None) -> Source:
    """Return the source of that name of its organisation, or else the one that is meant, kept if asked."""
    found = Source.objects.filter(organisation=meant.organisation, name=meant.name).first()
    if found or not keep:
        return found or meant
    return create_source(
        organisation=meant.organisation, by=by, name=meant.name, kind=meant.kind, address=meant.address
    )


def _save(source: Source) -> None:
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError as error:
        raise Refused(_("Er is al een bron met de naam “%s”.") % source.name) from error
