"""Making a question of a message or a story, for those who will answer it."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.kit.pages import FormPage, Header
from regietafel.monitor.forms.webcare import QuestionForm
from regietafel.monitor.models import Message
from regietafel.monitor.selectors.messages import message_known_as, shown_messages
from regietafel.monitor.services.webcare import hand_over_question, origin_of
from regietafel.monitor.views.pages import WritingPage, person


class MakeQuestion(WritingPage, FormPage):
    """Write a question that people have, in own words, into the journal of the dossier."""

    form_class = QuestionForm
    template_name = "monitor/question.html"
    step = _("Maak er een vraag van")
    submit_label = _("Zet in het dossier")
    message: Message | None
    is_new = True

    def prepare(self) -> None:
        super().prepare()
        self.message = message_known_as(self.monitor, self.request.GET.get("bericht", ""))

    def header(self) -> Header:
        crumbs = (
            (_("Omgeving"), reverse("monitors")),
            (self.monitor.title, self.back_url()),
            (str(self.step), None),
        )
        purpose = _("De vraag komt in het journaal van het dossier “%s”.") % self.monitor.dossier.title
        return Header(str(self.step), purpose, crumbs)

    def back_url(self) -> str:
        came_from = self.request.GET.get("van")
        if came_from == "labelen":
            return reverse("monitor-label", args=[self.monitor.pk])
        if came_from == "bericht" and self._shown():
            return reverse("monitor-message", args=[self.monitor.pk, self.message.pk])  # type: ignore[union-attr]
        return reverse("monitor", args=[self.monitor.pk])

    def _shown(self) -> Message | None:
        """Return the message when it may be shown: one of a medium."""
        return shown_messages(self.monitor).filter(pk=self.message.pk).first() if self.message else None

    def context(self) -> dict[str, Any]:
        return super().context() | {"message": self._shown(), "is_of_people": bool(self.message)}

    def save(self, form: QuestionForm) -> str:
        asked = form.asked(origin_of(self.monitor))
        self.is_new = hand_over_question(monitor=self.monitor, asked=asked, by=person(self.request))
        return self.back_url()

    def success_message(self) -> str:
        if self.is_new:
            return _("De vraag staat in het journaal en op de tijdlijn van het dossier.")
        return _("Deze vraag stond er al. Zij is niet nog eens opgeschreven.")


urlpatterns = [
    path("omgeving/monitors/<int:pk>/vraag", MakeQuestion.as_view(), name="monitor-question"),
]
