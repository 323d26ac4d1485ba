"""Questions to the members of a body: asking, answering, what it comes to, and closing."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.deliberation.forms.inquiries import AnswerForm, AskForm
from regietafel.deliberation.models import Entry, Inquiry
from regietafel.deliberation.selectors.access import keeps, visible_entries, visible_inquiries
from regietafel.deliberation.selectors.inquiries import (
    answer_of,
    answering_choices,
    inquiries_of,
    organisations_among,
    states_of,
)
from regietafel.deliberation.services.inquiries import Answer, answer_inquiry, ask_members, close_inquiry
from regietafel.deliberation.services.reminding import remind_members
from regietafel.deliberation.views.pages import BodyPage, Crumb, KeepingBodyPage, person
from regietafel.kernel import dutch
from regietafel.kit.fields import number_sent
from regietafel.kit.pages import Action, ConfirmPage, DetailPage, Empty, FormPage, Header, Page, PostPage


class BodyInquiries(BodyPage, DetailPage):
    """The questions of one body with how many answered."""

    template_name = "deliberation/inquiries.html"

    def actions(self) -> tuple[Action, ...]:
        if not self.may_change:
            return ()
        return (Action(_("Vraag de leden"), reverse("inquiry-ask", args=[self.body.pk]), primary=True),)

    def context(self) -> dict[str, Any]:
        user = self.request.user
        empty = Empty(
            _("Dit overleg heeft nog geen uitvraag gedaan."),
            _("Een uitvraag is één vraag aan alle organisaties met een zetel, met een laatste dag."),
        )
        return super().context() | {"states": states_of(inquiries_of(user, self.body), user), "empty": empty}


class AskMembers(KeepingBodyPage, FormPage):
    """Ask every organisation with a seat the same question."""

    form_class = AskForm
    step = _("Vraag de leden")
    submit_label = gettext_lazy("Stel de vraag")
    asked: Inquiry

    def from_entry(self) -> Entry | None:
        """Return the line the question comes from; only one of this body that the person may read."""
        number = number_sent(self.request.GET.get("regel", ""))
        if number is None:
            return None
        rows = visible_entries(self.request.user).filter(item__meeting__body=self.body)
        return rows.filter(pk=number).first()

    def form_arguments(self) -> dict[str, Any]:
        entry = self.from_entry()
        may_quote = entry is not None and entry.item.confidentiality <= self.body.confidentiality
        return {"initial": {"question": entry.text if entry and may_quote else ""}}

    def save(self, form: AskForm) -> str:
        self.asked = ask_members(
            body=self.body, by=person(self.request), entry=self.from_entry(), **form.cleaned_data
        )
        return reverse("inquiry", args=[self.asked.pk])

    def success_message(self) -> str:
        return _("De vraag staat bij alle leden op Vandaag.")


class InquiryPage(Page):
    """A page of one question that the person may read."""

    step = ""
    inquiry: Inquiry

    def prepare(self) -> None:
        found = visible_inquiries(self.request.user).select_related("entry", "asked_by")
        self.inquiry = get_object_or_404(found, pk=self.kwargs["pk"])

    @property
    def keeps(self) -> bool:
        """Say whether this person keeps the secretariat of the body."""
        return keeps(self.request.user, self.inquiry.body)

    def inquiry_url(self) -> str:
        """Return the address of the question."""
        return reverse("inquiry", args=[self.inquiry.pk])

    def header(self) -> Header:
        body = self.inquiry.body
        here: tuple[Crumb, ...] = ((_("Uitvraag"), None),)
        if self.step:
            here = ((_("Uitvraag"), self.inquiry_url()), (str(self.step), None))
        crumbs = (
            (_("Overleg"), reverse("bodies")),
            (body.name, reverse("body", args=[body.pk])),
            (_("Uitvragen"), reverse("body-inquiries", args=[body.pk])),
            *here,
        )
        asked = _("Gevraagd op %(day)s, antwoord uiterlijk op %(last)s.") % {
            "day": dutch.date(self.inquiry.asked_at),
            "last": dutch.date(self.inquiry.answer_by),
        }
        return Header(str(self.step) or _("Uitvraag"), asked, crumbs, self.actions())

    def actions(self) -> tuple[Action, ...]:
        """Return the buttons beside the title."""
        return ()

    def context(self) -> dict[str, Any]:
        return {"inquiry": self.inquiry, "cancel_url": self.inquiry_url()}


class InquiryDetail(InquiryPage, DetailPage):
    """One question with the answer of every organisation."""

    template_name = "deliberation/inquiry.html"

    def actions(self) -> tuple[Action, ...]:
        if self.inquiry.closed_at is not None:
            return ()
        pk, found = [self.inquiry.pk], []
        if answering_choices(self.request.user, self.inquiry):
            found.append(Action(_("Antwoord"), reverse("inquiry-answer", args=pk), primary=True))
        if self.keeps:
            found.append(Action(_("Herinner"), reverse("inquiry-remind", args=pk), method="post"))
            found.append(Action(_("Sluit"), reverse("inquiry-close", args=pk)))
        return tuple(found)

    def context(self) -> dict[str, Any]:
        user, entry = self.request.user, self.inquiry.entry
        known = entry and visible_entries(user).filter(pk=entry.pk).first()
        state = states_of([self.inquiry], user)[0]
        return super().context() | {"state": state, "known_entry": known, "keeps": self.keeps}


class AnswerInquiry(InquiryPage, FormPage):
    """Answer for an organisation; the secretariat notes what came by telephone."""

    form_class = AnswerForm
    template_name = "deliberation/answer.html"
    step = _("Antwoord")
    submit_label = gettext_lazy("Bewaar het antwoord")

    def allowed(self) -> bool:
        return bool(answering_choices(self.request.user, self.inquiry))

    def form_arguments(self) -> dict[str, Any]:
        choices = answering_choices(self.request.user, self.inquiry)
        chosen = self._chosen([one.pk for one in choices])
        return {
            "inquiry": self.inquiry,
            "organisations": organisations_among(choices),
            "given": answer_of(self.inquiry, chosen),
            "initial": {"organisation": chosen},
        }

    def _chosen(self, pks: list[int]) -> int:
        asked = self.request.GET.get("organisatie", "")
        return next((pk for pk in pks if str(pk) == asked), pks[0])

    def cancel_url(self) -> str:
        return self.inquiry_url()

    def save(self, form: AnswerForm) -> str:
        sent = form.cleaned_data
        answer = Answer(
            text=sent["text"],
            number=sent.get("number"),
            is_yes={"ja": True, "nee": False}.get(sent.get("is_yes", "")),
        )
        answer_inquiry(
            inquiry=self.inquiry, organisation=sent["organisation"], answer=answer, by=person(self.request)
        )
        return self.inquiry_url()


class RemindMembers(InquiryPage, PostPage):
    """Remind who did not answer yet."""

    def allowed(self) -> bool:
        return self.keeps

    def act(self) -> str:
        count = remind_members(inquiry=self.inquiry, by=person(self.request))
        told = dutch.counted(count, one=_("adres"), many=_("adressen"))
        messages.success(self.request, _("Er gaat een herinnering naar %s.") % told)
        return self.inquiry_url()

    def fallback_url(self) -> str:
        return self.inquiry_url()


class CloseInquiry(InquiryPage, ConfirmPage):
    """Close a question."""

    step = _("Sluit de uitvraag")
    question = gettext_lazy("Daarna kan niemand meer antwoorden, en komt de uitvraag niet meer op de agenda.")
    confirm_label = gettext_lazy("Ja, sluit de uitvraag")

    def prepare(self) -> None:
        super().prepare()
        if self.inquiry.closed_at is not None:
            raise Http404

    def allowed(self) -> bool:
        return self.keeps

    def act(self) -> str:
        close_inquiry(inquiry=self.inquiry, by=person(self.request))
        return self.inquiry_url()


_ONE = "overleg/uitvragen/<int:pk>"
urlpatterns = [
    path("overleg/<int:pk>/uitvragen", BodyInquiries.as_view(), name="body-inquiries"),
    path("overleg/<int:pk>/uitvragen/nieuw", AskMembers.as_view(), name="inquiry-ask"),
    path(_ONE, InquiryDetail.as_view(), name="inquiry"),
    path(f"{_ONE}/antwoord", AnswerInquiry.as_view(), name="inquiry-answer"),
    path(f"{_ONE}/herinneren", RemindMembers.as_view(), name="inquiry-remind"),
    path(f"{_ONE}/sluiten", CloseInquiry.as_view(), name="inquiry-close"),
]
