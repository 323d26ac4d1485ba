"""The letter with a link for a new password, written in the background so that its time tells nothing."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.jobs import enqueue, job
from regietafel.register.public import person_by_email
from regietafel.register.public.entrance import note_access, one_time_path, person_by_number

LETTER = "account.herstelmail"
NOBODY = 0


def ask_letter(email: str, *, site: str) -> None:
    """Have a letter written; for an unknown address the same job is asked for, with nobody to write to."""
    person = person_by_email(email)
    enqueue(LETTER, {"account": person.pk if person else NOBODY, "site": site})


@job(LETTER, label=gettext_lazy("Mail met een link voor een nieuw wachtwoord"))
def write_letter(*, account: int, site: str) -> bool:
    """Send the link to the address of an account that gives access, and say whether that was so."""
    person = person_by_number(account)
    if person is None:
        return False
    link = site.rstrip("/") + one_time_path(person)
    text = render_to_string("host/accounts/letter.txt", {"person": person, "link": link})
    send_mail(_("Nieuw wachtwoord voor Regietafel"), text, settings.DEFAULT_FROM_EMAIL, [person.email])
    note_access(person=person, what="account.herstelmail-verstuurd", by=None, details={})
    return True
