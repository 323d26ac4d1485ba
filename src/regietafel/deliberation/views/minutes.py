"""The minutes as people read them, their versions, and laying them down."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.deliberation.adapters.exporters.wording import STATUS_WORDS, entry_remarks
from regietafel.deliberation.engine.content import EntryContent, ItemContent, MinutesContent
from regietafel.deliberation.engine.differences import differences_of
from regietafel.deliberation.forms.noting import NewVersionForm
from regietafel.deliberation.models import Meeting, MinutesVersion
from regietafel.deliberation.selectors.access import keeps, visible_meetings
from regietafel.deliberation.selectors.minutes import minutes_for, versions_of
from regietafel.deliberation.services.confirming import begin_new_version, confirm_minutes
from regietafel.deliberation.views.pages import KeepingMeetingPage, MeetingPage, person
from regietafel.kernel import dutch
from regietafel.kit.fields import number_sent
from regietafel.kit.pages import Action, ConfirmPage, DetailPage, FormPage

State = Meeting.State


class MeetingMinutes(MeetingPage, DetailPage):
    """The minutes in three columns, with who was there and what the press hears."""

    template_name = "deliberation/minutes.html"
    step = _("Verslag")

    @property
    def is_readable(self) -> bool:
        """Say whether there are minutes to read: the meeting is over, or this person keeps them."""
        return self.meeting.closed_at is not None or self.may_change

    def actions(self) -> tuple[Action, ...]:
        pk = [self.meeting.pk]
        state, found = self.meeting.state, []
        if self.is_readable:
            found.append(Action(_("Word"), reverse("meeting-file", args=[*pk, "docx"])))
            found.append(Action(_("PDF"), reverse("meeting-file", args=[*pk, "pdf"])))
        if self.may_change and state not in (State.CONFIRMED, State.CANCELLED):
            found.append(Action(_("Notuleren"), reverse("meeting-noting", args=pk)))
        if self.may_confirm and state == State.DRAFT:
            url = reverse("minutes-confirm", args=pk)
            found.append(Action(_("Stel het verslag vast"), url, primary=True))
        if self.may_confirm and state == State.CONFIRMED:
            found.append(Action(_("Maak een nieuwe versie"), reverse("minutes-new-version", args=pk)))
        return tuple(found)

    def context(self) -> dict[str, Any]:
        content = self._content()
        return super().context() | {
            "content": content,
            "is_readable": self.is_readable,
            "rows": [(item, _remarked(item)) for item in content.items],
            "attendance": [(one, STATUS_WORDS.get(one.status, one.status)) for one in content.attendance],
            "versions": versions_of(self.meeting) if self.reads_body else [],
            "is_earlier": number_sent(self.request.GET.get("versie", "")) is not None,
        }

    def _content(self) -> MinutesContent:
        return _content_of(self, self.request.GET.get("versie", ""))


def _remarked(item: ItemContent) -> list[tuple[EntryContent, list[tuple[str, str]]]]:
    return [(line, list(entry_remarks(line))) for line in item.entries]


def _content_of(page: MeetingPage, asked: str) -> MinutesContent:
    """Return the minutes, or a version of them."""
    try:
        return minutes_for(page.request.user, page.meeting, number=number_sent(asked))
    except MinutesVersion.DoesNotExist as error:
        raise Http404 from error


class MinutesDifference(MeetingPage, DetailPage):
    """What a later version says otherwise; without a later one, what the draft does."""

    template_name = "deliberation/minutes_difference.html"
    tab_set = ""
    step = _("Verschil tussen versies")

    def allowed(self) -> bool:
        return self.meeting.closed_at is not None or self.may_change

    def context(self) -> dict[str, Any]:
        before, after = (self.request.GET.get(name, "") for name in ("van", "naar"))
        if number_sent(before) is None:
            raise Http404
        found = differences_of(_content_of(self, before), _content_of(self, after))
        return super().context() | {"differences": found, "before": before, "after": after}


def _checked(content: MinutesContent) -> list[str]:
    """Say what the minutes hold and what one may have forgotten, before they are laid down."""
    lines = [line for item in content.items for line in item.entries if line.state != "ingetrokken"]
    kinds = [
        dutch.counted(sum(line.kind == kind for line in lines), one=one, many=many)
        for kind, one, many in (
            ("B", _("besluit"), _("besluiten")),
            ("K", _("knelpunt"), _("knelpunten")),
            ("A", _("actie"), _("acties")),
        )
    ]
    told = [_("Dit verslag heeft %(b)s, %(k)s en %(a)s.") % dict(zip("bka", kinds, strict=True))]
    actions = [line for line in lines if line.kind == "A"]
    missing = (
        (sum(not line.owner for line in actions), _("Nog geen actiehouder: %s."), _("actie"), _("acties")),
        (
            sum(not (line.due_on or line.due_written) for line in actions),
            _("Nog geen termijn: %s."),
            _("actie"),
            _("acties"),
        ),
        (
            sum(one.status == "onbekend" for one in content.attendance),
            _("Aanwezigheid nog onbekend: %s."),
            _("deelnemer"),
            _("deelnemers"),
        ),
    )
    told += [words % dutch.counted(count, one=one, many=many) for count, words, one, many in missing if count]
    return [*told, _("Daarna verandert het verslag niet meer; een wijziging wordt een nieuwe versie.")]


class ConfirmMinutes(KeepingMeetingPage, ConfirmPage):
    """Lay down the draft: from then on nobody changes it."""

    step = _("Stel het verslag vast")
    question = _("U legt het verslag vast met een vingerafdruk. Klopt alles?")
    confirm_label = _("Ja, stel vast")
    later: Meeting | None = None

    def prepare(self) -> None:
        super().prepare()
        asked = number_sent(self.request.GET.get("in", ""))
        if asked is not None:
            self.later = get_object_or_404(
                visible_meetings(self.request.user), body_id=self.meeting.body_id, pk=asked
            )

    def allowed(self) -> bool:
        return self.may_confirm or (self.later is not None and keeps(self.request.user, self.meeting.body))

    def context(self) -> dict[str, Any]:
        content = minutes_for(self.request.user, self.meeting)
        return super().context() | {"consequences": _checked(content), "cancel_url": self._back()}

    def _back(self) -> str:
        if self.later is not None:
            return reverse("meeting-noting", args=[self.later.pk])
        return reverse("meeting-minutes", args=[self.meeting.pk])

    def act(self) -> str:
        version = confirm_minutes(meeting=self.meeting, confirmed_in=self.later, by=person(self.request))
        messages.success(self.request, _("Het verslag is vastgesteld als versie %s.") % version.number)
        return self._back()


class NewVersion(KeepingMeetingPage, FormPage):
    """Open laid-down minutes for a change, with the reason."""

    form_class = NewVersionForm
    step = _("Maak een nieuwe versie")
    submit_label = _("Maak een nieuwe versie")

    def allowed(self) -> bool:
        return self.may_confirm

    def save(self, form: NewVersionForm) -> str:
        begin_new_version(meeting=self.meeting, reason=form.cleaned_data["reason"], by=person(self.request))
        return reverse("meeting-noting", args=[self.meeting.pk])

    def success_message(self) -> str:
        return _("U kunt het verslag nu wijzigen. Stel het daarna opnieuw vast.")


_ONE = "overleg/vergaderingen/<int:pk>/verslag"
urlpatterns = [
    path(_ONE, MeetingMinutes.as_view(), name="meeting-minutes"),
    path(f"{_ONE}/verschil", MinutesDifference.as_view(), name="minutes-difference"),
    path(f"{_ONE}/vaststellen", ConfirmMinutes.as_view(), name="minutes-confirm"),
    path(f"{_ONE}/nieuwe-versie", NewVersion.as_view(), name="minutes-new-version"),
]
