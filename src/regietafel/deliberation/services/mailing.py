"""Mail the agenda to who sits at the table and to guests, each once and each only what is for him or her."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.deliberation.adapters.exporters.calendar import line_of, meeting_ics, meeting_uid
from regietafel.deliberation.engine.content import MinutesContent
from regietafel.deliberation.engine.inviting import may_mail
from regietafel.deliberation.models import Invitation, Meeting
from regietafel.deliberation.selectors.access import subject_of
from regietafel.deliberation.selectors.meetings import Recipient, recipients_of
from regietafel.deliberation.selectors.minutes import content_of
from regietafel.deliberation.services.writing import lock_meeting, log
from regietafel.kernel import dutch
from regietafel.kit.changes import change
from regietafel.kit.jobs import OUTBOX_ATTEMPTS, enqueue, job
from regietafel.kit.mail import post
from regietafel.kit.refusal import Refused
from regietafel.register.public import User

JOB = "overleg.uitnodigen"
INVITABLE = (Meeting.State.PLANNED, Meeting.State.INVITED)


@transaction.atomic
def send_invitation(*, meeting: Meeting, note: str, by: User | None, site: str = "") -> Invitation:
    """Mail the agenda to every seat and guest with an address, as it stands when the mail goes out.

    `site` is the address of the product, for the link in the mail. Who was invited before gets the change.
    """
    locked = lock_meeting(meeting, by)
    if locked.state not in INVITABLE:
        raise Refused(_("Deze vergadering is al begonnen. Een uitnodiging heeft geen zin meer."))
    if locked.ends_at < timezone.now():
        raise Refused(_("Deze vergadering is al voorbij. Wijzig eerst de dag."))
    again = locked.invited_at is not None
    values: dict[str, Any] = {"state": Meeting.State.INVITED, "invited_at": timezone.now()}
    change(locked, values | ({"revision": locked.revision + 1} if again else {}))
    invitation = _queued(locked, note=note, by=by, site=site)
    count = dutch.counted(len(invitation.addresses), one=_("adres"), many=_("adressen"))
    log("uitnodiging.verstuurd", locked, body=locked.body, by=by, changes={"aan": [None, count]})
    return invitation


def send_cancellation(*, meeting: Meeting, by: User | None, site: str = "") -> None:
    """Tell everybody at the table, and every guest, that the meeting does not take place."""
    if recipients_of(meeting):
        _queued(meeting, note=meeting.cancelled_reason, by=by, site=site)


def _queued(meeting: Meeting, *, note: str, by: User | None, site: str) -> Invitation:
    addresses = [one.address for one in recipients_of(meeting)]
    if not addresses:
        raise Refused(_("Geen lid of gast heeft een e-mailadres. Vul bij Leden een adres in."))
    invitation = Invitation.objects.create(
        meeting=meeting, addresses=addresses, note=note.strip(), sent_by=by
    )
    enqueue(JOB, {"invitation": invitation.pk, "site": site}, key=f"overleg-uitnodigen-{invitation.pk}")
    return invitation


@job(JOB, label=gettext_lazy("Uitnodiging mailen"), max_attempts=OUTBOX_ATTEMPTS)
def deliver_invitation(invitation: int, site: str = "") -> None:
    """Send to whom it was not yet sent; who got it is noted at once, so that a second try repeats nothing.

    A later invitation for the same meeting takes the place of this one; who lost seat or invitation meanwhile
    gets nothing.
    """
    row = Invitation.objects.select_related("meeting__body__organisation").get(pk=invitation)
    if row.meeting.invitations.filter(pk__gt=row.pk).exists():
        return
    waiting = set(row.addresses) - set(row.delivered)
    for one in recipients_of(row.meeting):
        if one.address not in waiting:
            continue
        post(letter_to(one, invitation=row, site=site))
        row.delivered = [*row.delivered, one.address]
        row.save(update_fields=("delivered",))


def letter_to(recipient: Recipient, *, invitation: Invitation, site: str) -> EmailMessage:
    """Write the mail to one recipient, with the items that may go there and nothing about others."""
    meeting = invitation.meeting
    content = shared_with(recipient, meeting)
    url = urljoin(site, reverse("meeting", args=[meeting.pk])) if site else ""
    is_cancelled = meeting.state == Meeting.State.CANCELLED
    letter = EmailMessage(
        subject=" ".join(f"{_kind(meeting)}: {meeting}, {dutch.moment(meeting.starts_at)}".split()),
        body=_text(_Letter(content, invitation.note, url, is_cancelled)),
        to=[recipient.address],
    )
    calendar = meeting_ics(
        content,
        url=url,
        uid=meeting_uid(meeting.pk),
        sequence=meeting.revision,
        is_cancelled=is_cancelled,
    )
    letter.attach(f"{slugify(str(meeting)) or 'vergadering'}.ics", calendar, "text/calendar")
    return letter


def shared_with(recipient: Recipient, meeting: Meeting) -> MinutesContent:
    """Return the agenda as far as it may go to this address: no notes, no names of who comes."""
    items = meeting.items.select_related("meeting__body")
    keys = {one.pk for one in items if may_mail(subject_of(one), to=recipient.addressee)}
    content = content_of(meeting).limited_to(keys)
    bare = tuple(replace(one, notes="", entries=()) for one in content.items)
    return replace(content, items=bare, attendance=(), press_line="")


def _kind(meeting: Meeting) -> str:
    if meeting.state == Meeting.State.CANCELLED:
        return _("Vervallen")
    return _("Gewijzigd") if meeting.invitations.count() > 1 else _("Uitnodiging")


@dataclass(frozen=True)
class _Letter:
    """What is told in a mail."""

    content: MinutesContent
    note: str
    url: str
    is_cancelled: bool


def _text(letter: _Letter) -> str:
    content = letter.content
    lines = [f"{content.meeting} ({content.organisation})", when(content)]
    lines += [_("Plaats: %s") % content.place] if content.place else []
    lines += [_("Voorzitter: %s") % content.chair] if content.chair else []
    if letter.is_cancelled:
        told = [_("Deze vergadering gaat niet door."), *([letter.note] if letter.note else [])]
        return "\n".join([*lines, "", *told, *(["", letter.url] if letter.url else [])])
    lines += ["", letter.note] if letter.note else []
    lines += ["", _("Agenda"), *(row for item in content.items for row in _item_lines(item))]
    if not content.items:
        lines += [_("De agenda leest u na inloggen.")]
    more = _("Na inloggen kan er meer op de agenda staan dan in deze mail; ook de stukken vindt u daar.")
    lines += ["", more, *([letter.url] if letter.url else [])]
    lines += ["", _("De vergadering is bijgevoegd voor uw eigen agenda.")]
    return "\n".join(lines)


def when(content: MinutesContent) -> str:
    """Say on which day and from when until when a meeting is."""
    ends = dutch.clock(content.ends_at)
    return _("%(start)s tot %(end)s") % {"start": dutch.moment(content.starts_at), "end": ends}


def _item_lines(item: Any) -> list[str]:
    return [line_of(item), *(_("   stuk: %s") % name for name in item.papers)]
