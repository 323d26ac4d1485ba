"""The letter with a link for a new password, written outside the request so that its time tells nothing."""

from threading import Thread

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from regietafel.register.public import may_enter, note_access, one_time_path, person_by_email


def ask_letter(email: str, *, site: str) -> None:
    """Have the letter written when the address has an account; the answer to the person is the same."""
    Thread(target=_in_own_connection, args=(email, site), daemon=True).start()


def _in_own_connection(email: str, site: str) -> None:
    try:
        write_letter(email, site=site)
    finally:
        connection.close()


def write_letter(email: str, *, site: str) -> bool:
    """Send the link to the address of an account that gives access, and say whether that was so."""
    person = person_by_email(email)
    if person is None or person.is_demo or not may_enter(person):
        return False
    link = site.rstrip("/") + one_time_path(person)
    text = render_to_string("host/accounts/letter.txt", {"person": person, "link": link})
    send_mail(_("Nieuw wachtwoord voor Regietafel"), text, settings.DEFAULT_FROM_EMAIL, [person.email])
    note_access(person=person, what="account.herstelmail-verstuurd", by=None, details={})
    return True
