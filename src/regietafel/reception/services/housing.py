"""The task to house permit holders: what is known of each half-year of a municipality."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from regietafel.kit.changes import assign, differences, told
from regietafel.kit.refusal import Refused
from regietafel.reception.models import HousingTask
from regietafel.reception.selectors.housing import keepers_of, key_figures
from regietafel.reception.services.writing import log
from regietafel.register.public import Area, Organisation, User

FIRST_DAYS = ((1, 1), (7, 1))


@transaction.atomic
def record_half_year(
    *, organisation: Organisation, municipality: Area, starts_on: date, by: User | None, **values: Any
) -> HousingTask:
    """Note what is known of a half-year; what was noted before is replaced, and the log keeps it.

    Args:
        organisation: who keeps these books: the municipality itself or the coordination point.
        municipality: whose task it is.
        starts_on: 1 January or 1 July.
        values: permit_holders, inhabitants, national_inhabitants, official, housed, opening_balance, source;
            without numbers of inhabitants those of the register are stored with the record.
    """
    if organisation.pk not in {one.pk for one in keepers_of(by, municipality)}:
        raise Refused(_("U houdt de taakstelling van deze gemeente niet bij."))
    if (starts_on.month, starts_on.day) not in FIRST_DAYS:
        raise Refused(
            _("Een halfjaar begint op 1 januari of 1 juli. Kies een van die dagen."), field="starts_on"
        )
    known = _with_key(municipality, starts_on, values=values)
    rows = HousingTask.objects.select_for_update(of=("self",))
    found = rows.filter(organisation=organisation, municipality=municipality, starts_on=starts_on).first()
    if found is None:
        made = HousingTask.objects.create(
            organisation=organisation, municipality=municipality, starts_on=starts_on, **known
        )
        log("taakstelling.vastgelegd", made, organisation_id=organisation.pk, by=by, changes=told(known))
        return made
    changes = differences(found, known)
    assign(found, known)
    log("taakstelling.gewijzigd", found, organisation_id=organisation.pk, by=by, changes=changes)
    return found


def _with_key(municipality: Area, starts_on: date, *, values: dict[str, Any]) -> dict[str, Any]:
    """Fill in the inhabitants of the register where none were given; both or none, of the same day."""
    own, national = values.get("inhabitants"), values.get("national_inhabitants")
    if (own is None) != (national is None):
        missing = "inhabitants" if own is None else "national_inhabitants"
        raise Refused(
            _("Geef beide inwonertallen of geen van beide: zij moeten van dezelfde peildatum zijn."),
            field=missing,
        )
    if own is not None and national is not None:
        if own > national or not national:
            told_more = _(
                "Een gemeente heeft niet meer inwoners dan Nederland. Verbeter een van beide getallen."
            )
            raise Refused(told_more, field="inhabitants")
        return {**values, "key_on": values.get("key_on")}
    figures = key_figures(municipality, starts_on)
    return {
        **values,
        "inhabitants": figures.inhabitants,
        "national_inhabitants": figures.national,
        "key_on": figures.on,
    }
