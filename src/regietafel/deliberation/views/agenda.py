"""The agenda of a meeting: what is on it, where that comes from, and changing it."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.deliberation.forms.meetings import ItemForm
from regietafel.deliberation.models import AgendaItem, Meeting
from regietafel.deliberation.selectors.access import visible_items
from regietafel.deliberation.selectors.meetings import agenda_of, guests_of, last_invitation, missing_on
from regietafel.deliberation.services.agenda import (
    add_item,
    change_item,
    fill_agenda,
    move_item,
    remove_item,
)
from regietafel.deliberation.services.mailing import INVITABLE
from regietafel.deliberation.views.pages import KeepingMeetingPage, MeetingPage, person
from regietafel.kernel import dutch
from regietafel.kit.fields import number_sent
from regietafel.kit.pages import Action, ConfirmPage, DetailPage, FormPage, PostPage

FROZEN = (Meeting.State.CONFIRMED, Meeting.State.CANCELLED)


class MeetingAgenda(MeetingPage, DetailPage):
    """The agenda, as far as this person may read it."""

    template_name = "deliberation/meeting.html"

    @property
    def may_fill(self) -> bool:
        """Say whether this person may still change the agenda."""
        return self.may_change and self.meeting.state not in FROZEN

    def actions(self) -> tuple[Action, ...]:
        if not self.may_fill:
            return ()
        pk = [self.meeting.pk]
        found: tuple[Action, ...] = (Action(_("Wijzig"), reverse("meeting-edit", args=pk)),)
        if self.meeting.state in INVITABLE:
            invited = self.meeting.invited_at is not None
            label = _("Verstuur opnieuw") if invited else _("Verstuur de uitnodiging")
            found += (Action(label, reverse("meeting-invite", args=pk), primary=not invited),)
        if self.meeting.invited_at is not None or self.meeting.opened_at is not None:
            waits = self.meeting.state != Meeting.State.DRAFT
            found += (Action(_("Notuleren"), reverse("meeting-noting", args=pk), primary=waits),)
        return found

    def context(self) -> dict[str, Any]:
        meeting, user = self.meeting, self.request.user
        invitation = last_invitation(meeting) if self.may_change else None
        return super().context() | {
            "lines": agenda_of(user, meeting),
            "may_fill": self.may_fill,
            "may_cancel": self.may_fill and meeting.state in INVITABLE,
            "missing": missing_on(user, meeting) if self.may_fill else 0,
            "reads_body": self.reads_body,
            "guests": guests_of(meeting) if self.reads_body else (),
            "invitation": invitation,
        }


class AgendaStep(KeepingMeetingPage):
    """A step that goes back to the agenda."""

    def back_url(self) -> str:
        """Return the agenda."""
        return reverse("meeting", args=[self.meeting.pk])

    def fallback_url(self) -> str:
        return self.back_url()


class NewItem(AgendaStep, FormPage):
    """Put an item on the agenda, free or from a dossier."""

    form_class = ItemForm
    step = _("Agendapunt toevoegen")
    submit_label = gettext_lazy("Toevoegen")

    def form_arguments(self) -> dict[str, Any]:
        dossier = number_sent(self.request.GET.get("dossier", ""))
        initial = {} if dossier is None else {"dossier": dossier}
        return {"user": self.request.user, "body": self.meeting.body, "initial": initial}

    def save(self, form: ItemForm) -> str:
        kind = AgendaItem.Kind.PROPOSAL if form.cleaned_data.get("dossier") else AgendaItem.Kind.FREE
        add_item(meeting=self.meeting, by=person(self.request), kind=kind, **form.cleaned_data)
        return self.back_url()


class ItemStep(AgendaStep):
    """A step of one item that this person may read."""

    item: AgendaItem

    def prepare(self) -> None:
        super().prepare()
        items = visible_items(self.request.user).filter(meeting=self.meeting)
        self.item = get_object_or_404(items, pk=self.kwargs["part"])

    def back_url(self) -> str:
        return f"{super().back_url()}#punt-{self.item.pk}"


class EditItem(ItemStep, FormPage):
    """Change an item of the agenda."""

    form_class = ItemForm
    step = _("Wijzig het agendapunt")

    def form_arguments(self) -> dict[str, Any]:
        return {
            "user": self.request.user,
            "body": self.meeting.body,
            "item": self.item,
            "initial": ItemForm.initial_of(self.item),
        }

    def save(self, form: ItemForm) -> str:
        change_item(item=self.item, by=person(self.request), **form.cleaned_data)
        return self.back_url()


class MoveItem(ItemStep, PostPage):
    """Let an item change places with its neighbour."""

    up = True

    def act(self) -> str:
        move_item(item=self.item, up=self.up, by=person(self.request))
        return self.back_url()


class RemoveItem(ItemStep, ConfirmPage):
    """Take an item off the agenda."""

    step = _("Haal van de agenda")
    confirm_label = gettext_lazy("Haal eraf")

    def context(self) -> dict[str, Any]:
        told = [_("“%s” verdwijnt van de agenda, met de stukken die eraan hangen.") % self.item]
        if self.item.carried_id or self.item.inquiry_id or self.item.confirms_id:
            told.append(_("Het blijft wel open staan, en komt terug als u de agenda aanvult."))
        return super().context() | {"consequences": told, "cancel_url": self.back_url()}

    def act(self) -> str:
        remove_item(item=self.item, by=person(self.request))
        return reverse("meeting", args=[self.meeting.pk])


class FillAgenda(AgendaStep, PostPage):
    """Put on the agenda what is open and not on it yet."""

    def act(self) -> str:
        made = fill_agenda(meeting=self.meeting, by=person(self.request))
        seen = visible_items(self.request.user).filter(pk__in=[one.pk for one in made]).count()
        if seen:
            count = dutch.counted(seen, one=_("punt"), many=_("punten"))
            messages.success(self.request, _("%s toegevoegd, onderaan de agenda.") % count)
        else:
            messages.success(self.request, _("Alles wat openstaat, staat al op de agenda."))
        return self.back_url()


_ONE = "overleg/vergaderingen/<int:pk>"
_ITEM = f"{_ONE}/punten/<int:part>"
urlpatterns = [
    path(_ONE, MeetingAgenda.as_view(), name="meeting"),
    path(f"{_ONE}/aanvullen", FillAgenda.as_view(), name="agenda-fill"),
    path(f"{_ONE}/punten/nieuw", NewItem.as_view(), name="item-create"),
    path(f"{_ITEM}/wijzigen", EditItem.as_view(), name="item-edit"),
    path(f"{_ITEM}/omhoog", MoveItem.as_view(up=True), name="item-up"),
    path(f"{_ITEM}/omlaag", MoveItem.as_view(up=False), name="item-down"),
    path(f"{_ITEM}/verwijderen", RemoveItem.as_view(), name="item-remove"),
]
