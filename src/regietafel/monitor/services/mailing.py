"""Mail a published omgevingsbeeld to colleagues, each once, also when the mail server is away for a while."""

from collections.abc import Iterable

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kernel.dutch import counted, period
from regietafel.kit.audit import record
from regietafel.kit.jobs import OUTBOX_ATTEMPTS, enqueue, job
from regietafel.kit.mail import post
from regietafel.kit.refusal import Refused
from regietafel.monitor.models import MediaPicture, PictureMailing
from regietafel.monitor.selectors.pictures import document_of, possible_recipients
from regietafel.monitor.services.looking import note_export
from regietafel.register.public import User

JOB = "monitor.beeld-mailen"


@transaction.atomic
def mail_picture(*, picture: MediaPicture, recipients: Iterable[User], by: User) -> PictureMailing:
    """Ask for a published picture to be mailed to colleagues who may read it."""
    if picture.state != MediaPicture.State.PUBLISHED:
        raise Refused(_("Alleen een gepubliceerd omgevingsbeeld gaat per mail weg."))
    chosen = list(recipients)
    if not chosen:
        raise Refused(_("Kies minstens één collega."))
    allowed = set(possible_recipients(picture, by).values_list("pk", flat=True))
    if any(one.pk not in allowed for one in chosen):
        raise Refused(_("Wie u koos, mag dit dossier niet lezen."))
    mailing = PictureMailing.objects.create(picture=picture, sent_by=by)
    mailing.recipients.set(chosen)
    what = _("%(picture)s per mail aan %(count)s") % {
        "picture": picture,
        "count": counted(len(chosen), one=_("collega"), many=_("collega's")),
    }
    note_export(monitor=picture.monitor, what=what, by=by)
    enqueue(JOB, {"mailing": mailing.pk}, key=f"beeld-mailen-{mailing.pk}")
    record(
        "omgevingsbeeld.gemaild",
        picture,
        organisation_id=picture.monitor.dossier.organisation_id,
        by=by,
        details={"changes": {"aan": [None, sorted(one.name for one in chosen)]}},
    )
    return mailing


@job(JOB, label=gettext_lazy("Omgevingsbeeld mailen"), max_attempts=OUTBOX_ATTEMPTS)
def send_mailing(mailing: int) -> None:
    """Send to whom it was not yet sent; who got it is noted at once, so that a second try repeats nothing."""
    row = PictureMailing.objects.select_related("picture__monitor__dossier__organisation").get(pk=mailing)
    waiting = [one for one in row.recipients.order_by("pk") if one.pk not in row.delivered]
    if not waiting:
        return
    picture = row.picture
    paper = document_of(picture, "pdf")
    for one in waiting:
        post(_letter(picture, paper, to=one.email))
        row.delivered = [*row.delivered, one.pk]
        row.save(update_fields=("delivered",))


def _letter(picture: MediaPicture, paper: bytes, *, to: str) -> EmailMessage:
    monitor = picture.monitor
    lines = (
        f"{picture}: {monitor.title}",
        period(picture.period_from, picture.period_until),
        "",
        picture.core_message,
        "",
        _("Het hele beeld is bijgevoegd. Niet representatief voor de publieke opinie."),
    )
    letter = EmailMessage(subject=f"{picture}: {monitor.title}", body="\n".join(lines), to=[to])
    letter.attach(f"{slugify(f'{picture} {monitor.title}')}.pdf", paper, "application/pdf")
    return letter
