"""Letters on their way out; what the mail server does not take is tried again by the job that sends it."""

import smtplib

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from regietafel.kit.jobs import JobFailed


def post(letter: EmailMessage) -> None:
    """Send a letter from a job.

    Raises:
        JobFailed: the mail server did not take it; the job is tried again.
    """
    try:
        letter.send()
    except (smtplib.SMTPException, OSError) as error:
        raise JobFailed(_("De mailserver nam het bericht niet aan. Wij proberen het opnieuw.")) from error
