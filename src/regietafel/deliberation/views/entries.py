"""All of one line of the minutes, and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.deliberation.forms.noting import EntryForm, WithdrawForm
from regietafel.deliberation.models import Entry, Meeting
from regietafel.deliberation.selectors.noting import entries_of_meeting
from regietafel.deliberation.services.noting import change_entry, withdraw_entry
from regietafel.deliberation.views.pages import KeepingMeetingPage, person
from regietafel.kit.pages import FormPage


class EntryPage(KeepingMeetingPage, FormPage):
    """A step about one line of this meeting."""

    entry: Entry

    def prepare(self) -> None:
        super().prepare()
        found = entries_of_meeting(self.request.user, self.meeting)
        linked = found.select_related("supersedes__item__meeting", "carries_out__item__meeting")
        self.entry = get_object_or_404(linked, pk=self.kwargs["entry"])

    def allowed(self) -> bool:
        frozen = (Meeting.State.CONFIRMED, Meeting.State.CANCELLED)
        return super().allowed() and self.meeting.state not in frozen

    def context(self) -> dict[str, Any]:
        return super().context() | {"entry": self.entry}

    def cancel_url(self) -> str:
        return reverse("meeting-noting", args=[self.meeting.pk]) + f"#regel-{self.entry.pk}"


class EditEntry(EntryPage):
    """Change all of a line; a colleague's change of another field stays."""

    template_name = "deliberation/noting_entry.html"
    form_class = EntryForm
    step = _("Bijzonderheden van een regel")
    kept: tuple[str, ...] = ()

    def form_arguments(self) -> dict[str, Any]:
        return {"entry": self.entry, "user": self.request.user, "host": self.request.get_host()}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "zoek" not in request.POST:
            return super().post(request, **kwargs)
        typed = {name: value for name, value in request.POST.items() if name in EntryForm.base_fields}
        return self._ask(EntryForm(initial=typed, **self.form_arguments()))

    def save(self, form: EntryForm) -> str:
        changed = change_entry(
            entry=self.entry,
            was=form.cleaned_data["was"],
            by=person(self.request),
            **form.changed_values(),
        )
        self.kept = tuple(str(form.fields[name].label) for name in changed.kept)
        return self.cancel_url()

    def success_message(self) -> str:
        if self.kept:
            told = _("Een collega wijzigde intussen hetzelfde. Die keuze staat er nog: %s.")
            messages.warning(self.request, told % ", ".join(self.kept))
        return _("Opgeslagen.")


class WithdrawEntry(EntryPage):
    """Take a line back, with the reason."""

    form_class = WithdrawForm
    step = _("Trek een regel in")
    submit_label = _("Trek in")
    template_name = "deliberation/noting_withdraw.html"

    def save(self, form: WithdrawForm) -> str:
        withdraw_entry(entry=self.entry, reason=form.cleaned_data["reason"], by=person(self.request))
        return self.cancel_url()

    def success_message(self) -> str:
        return _("De regel is ingetrokken. Zij staat doorgehaald in het verslag.")


_ONE = "overleg/vergaderingen/<int:pk>/notuleren/regels/<int:entry>"
urlpatterns = [
    path(_ONE, EditEntry.as_view(), name="entry-edit"),
    path(f"{_ONE}/intrekken", WithdrawEntry.as_view(), name="entry-withdraw"),
]
