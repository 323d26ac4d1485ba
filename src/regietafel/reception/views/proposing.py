"""Proposals of places: asking for one, reading it, putting a group elsewhere, and deciding."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kernel import dutch
from regietafel.kit.fields import number_sent
from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.pages import (
    Action,
    ConfirmPage,
    DetailPage,
    Empty,
    FormPage,
    Header,
    ListPage,
    Page,
)
from regietafel.kit.refusal import Refused
from regietafel.reception.forms.proposing import ChooseForm, ProposeForm, ReasonForm
from regietafel.reception.models import Group, Proposal, ProposalLine
from regietafel.reception.selectors import proposal_shown as shown
from regietafel.reception.selectors.access import points_of, visible_proposals
from regietafel.reception.selectors.alternatives import Alternative, alternatives_of, table_of
from regietafel.reception.selectors.proposing import (
    Span,
    expected_people,
    groups_without_place,
    is_there,
    visible_lines,
)
from regietafel.reception.services.buses import Bus
from regietafel.reception.services.deciding import (
    change_line,
    confirm_proposal,
    refuse_proposal,
    renew_proposal,
)
from regietafel.reception.services.proposing import Order, make_proposal, propose_for_bus
from regietafel.reception.views.forecasting import board_crumb, person
from regietafel.register.public import Organisation

BADGES = {
    Proposal.State.OPEN: "let-op",
    Proposal.State.CONFIRMED: "ok",
    Proposal.State.REFUSED: "neutraal",
}
NOWHERE = "geen"
Crumb = tuple[str, str | None]


def _proposals_crumb() -> Crumb:
    return (_("Voorstellen"), reverse("proposals"))


class Proposals(ListPage):
    """The proposals of who coordinates, newest first."""

    tab_set = "reception"
    spec = ListSpec(
        columns=(
            Column("voor", gettext_lazy("Voor"), "title", ("title",)),
            Column("nummer", gettext_lazy("Nummer"), "pk", ("pk",), numeric=True),
            Column(
                "stand",
                gettext_lazy("Stand"),
                "get_state_display",
                ("state",),
                badge=lambda row: BADGES[row.state],
                key_fact=True,
            ),
            Column("eerste-nacht", gettext_lazy("Eerste nacht"), "first_on", ("first_on",)),
            Column("geplaatst", gettext_lazy("Met een plek (personen)"), "placed", ("placed",), numeric=True),
            Column(
                "zonder", gettext_lazy("Zonder plek (personen)"), "unplaced", ("unplaced",), numeric=True,
                key_fact=True,
            ),
            Column("variant", gettext_lazy("Variant"), "get_variant_display", ("variant",)),
            Column("gemaakt", gettext_lazy("Gemaakt"), "made_at", ("made_at",)),
        ),
        filters=(Filter("stand", gettext_lazy("Stand"), lambda _user: Proposal.State.choices, "state"),),
        search=("title",),
        default_sort="-gemaakt",
        export_name="plaatsingsvoorstellen",
    )  # fmt: skip

    def allowed(self) -> bool:
        return points_of(self.request.user).exists()

    def header(self) -> Header:
        new = Action(_("Plaatsing voorstellen"), reverse("proposal-create"), primary=True)
        purpose = _("Wie kan waarheen, met de reden erbij. Een voorstel boekt niets: dat doet u.")
        return Header(_("Plaatsingsvoorstellen"), purpose, (board_crumb(), (_("Voorstellen"), None)), (new,))

    def rows(self) -> QuerySet[Proposal]:
        return visible_proposals(self.request.user)

    def url_of(self, subject: Proposal) -> str:
        return reverse("proposal", args=[subject.pk])

    def empty(self) -> Empty:
        return Empty(
            _("Er is nog niets voorgesteld."),
            _("Kies groepen zonder plek of kondig een bus aan; u ziet wie waarheen kan, en waarom."),
            Action(_("Plaatsing voorstellen"), reverse("proposal-create")),
        )


class CreateProposal(FormPage):
    """Ask for a proposal: groups that wait, a new bus, or both."""

    form_class = ProposeForm
    template_name = "reception/propose.html"
    submit_label = gettext_lazy("Stel voor")
    organisation: Organisation

    def prepare(self) -> None:
        points = points_of(self.request.user).order_by("-kind", "name")
        asked = self.request.GET.get("voor", "")
        number = number_sent(asked)
        found = points.filter(pk=number or 0).first() if asked else points.first()
        if asked and found is None:
            raise Http404
        self.points = list(points)
        if found is not None:
            self.organisation = found

    def allowed(self) -> bool:
        return bool(self.points)

    def header(self) -> Header:
        crumbs = (board_crumb(), _proposals_crumb(), (_("Nieuw"), None))
        purpose = _("Wie heeft een plek nodig, en voor welke nachten? Er wordt niets geboekt.")
        return Header(_("Plaatsing voorstellen"), purpose, crumbs)

    def waiting(self) -> QuerySet[Group]:
        """Return the groups that may be chosen."""
        return groups_without_place(self.organisation, timezone.localdate())

    def form_arguments(self) -> dict[str, Any]:
        groups = self.waiting()
        asked = self.request.GET.getlist("groep")
        chosen = [pk for text in asked if (pk := number_sent(text)) is not None]
        later = expected_people(self.organisation, timezone.localdate())
        return {"groups": groups, "later": later, "initial": {"groepen": chosen}}

    def context(self) -> dict[str, Any]:
        others = [one for one in self.points if one.pk != self.organisation.pk]
        return {"organisation_placed_for": self.organisation, "others": others}

    def save(self, form: ProposeForm) -> str:
        sent = form.cleaned_data
        groups = list(sent.get("groepen") or ())
        order = Order(
            title=_title(sent, groups),
            first_on=sent["eerste_nacht"],
            until_on=sent["tot"],
            variant=sent["variant"],
            seconds=sent["seconden"],
            seed=sent["zaad"],
            later=sent["straks"] or 0,
        )
        place, by = self.organisation, person(self.request)
        if sent["huishoudens"]:
            bus = Bus(name=sent["bus"], arrives_on=sent["eerste_nacht"], households=sent["huishoudens"])
            made = propose_for_bus(organisation=place, bus=bus, groups=groups, order=order, by=by)
        else:
            made = make_proposal(organisation=place, groups=groups, order=order, by=by)
        return reverse("proposal", args=[made.pk])

    def success_message(self) -> str:
        return _("Het voorstel is er. Er is nog niets geboekt.")


def _title(sent: dict[str, Any], groups: list[Group]) -> str:
    """Name a proposal after its bus, its one group, or how many groups there are."""
    told = [sent["bus"]] if sent.get("bus") else []
    if len(groups) == 1:
        told.append(groups[0].code)
    elif groups:
        told.append(dutch.counted(len(groups), one=_("groep"), many=_("groepen")))
    return _(" en ").join(told)


class ProposalPage(Page):
    """A page of one proposal that the person coordinates."""

    step: Any = ""
    proposal: Proposal

    def prepare(self) -> None:
        found = visible_proposals(self.request.user).select_related("made_by", "decided_by")
        self.proposal = get_object_or_404(found, pk=self.kwargs["pk"])

    @property
    def is_open(self) -> bool:
        """Say whether nobody decided yet."""
        return self.proposal.state == Proposal.State.OPEN

    def url(self) -> str:
        """Return the address of the proposal."""
        return reverse("proposal", args=[self.proposal.pk])

    def header(self) -> Header:
        here: tuple[Crumb, ...] = ((self.proposal.title, None),)
        if self.step:
            here = ((self.proposal.title, self.url()), (str(self.step), None))
        title = str(self.step) or _("Voorstel voor %s") % self.proposal.title
        crumbs = (board_crumb(), _proposals_crumb(), *here)
        return Header(title, shown.purpose_of(self.proposal), crumbs, self.actions())

    def actions(self) -> tuple[Action, ...]:
        """Return the buttons beside the title."""
        return ()

    def fallback_url(self) -> str:
        """Return where to go when a rule refuses."""
        return self.url()


class OpenProposal(ProposalPage):
    """A step that only a proposal has about which nobody decided yet."""

    def elsewhere(self) -> str | None:
        return None if self.is_open else _decided(self.request, self.url())


def _decided(request: HttpRequest, url: str) -> str:
    messages.info(request, _("Over dit voorstel is al besloten."))
    return url


class ProposalDetail(ProposalPage, DetailPage):
    """One proposal: a line per group, why it goes there, and how good it is as a whole."""

    template_name = "reception/proposal.html"

    def actions(self) -> tuple[Action, ...]:
        if not self.is_open:
            return ()
        pk = [self.proposal.pk]
        found = [Action(_("Nieuw voorstel"), reverse("proposal-renew", args=pk))]
        found.append(Action(_("Wijs af"), reverse("proposal-refuse", args=pk)))
        if self.proposal.placed:
            found.append(Action(_("Bevestig en boek"), reverse("proposal-confirm", args=pk), primary=True))
        return tuple(found)

    def context(self) -> dict[str, Any]:
        return {"proposal": self.proposal, "badge": BADGES[Proposal.State(self.proposal.state)]} | shown.told(
            self.proposal
        )


class ConfirmProposal(OpenProposal, ConfirmPage):
    """Book every line, or nothing."""

    step = gettext_lazy("Bevestig en boek")
    question = gettext_lazy(
        "Alle regels worden samen geboekt. Past er één niet meer, dan wordt er niets geboekt."
    )
    confirm_label = gettext_lazy("Ja, boek alles")

    def context(self) -> dict[str, Any]:
        return {"consequences": shown.bookings_told(self.proposal), "cancel_url": self.url()}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return redirect(self.act())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.url())

    def act(self) -> str:
        made = confirm_proposal(proposal=self.proposal, by=person(self.request))
        told = dutch.counted(len(made), one=_("boeking"), many=_("boekingen"))
        messages.success(self.request, _("Geboekt: %s.") % told)
        return self.url()


class RefuseProposal(OpenProposal, FormPage):
    """Put a proposal aside, and say why."""

    form_class = ReasonForm
    step = gettext_lazy("Wijs het voorstel af")
    submit_label = gettext_lazy("Wijs af")

    def save(self, form: ReasonForm) -> str:
        refuse_proposal(proposal=self.proposal, by=person(self.request), **form.cleaned_data)
        return self.url()

    def success_message(self) -> str:
        return _("Het voorstel is afgewezen. Er is niets geboekt.")


class RenewProposal(OpenProposal, ConfirmPage):
    """Propose anew for who still has no place, after telling what of this proposal is lost."""

    step = gettext_lazy("Nieuw voorstel")
    question = gettext_lazy(
        "Regietafel rekent opnieuw voor de groepen die nog geen plek hebben. Dit voorstel wordt dan "
        "afgewezen, met de reden dat er een nieuw is."
    )
    confirm_label = gettext_lazy("Ja, reken opnieuw")

    def context(self) -> dict[str, Any]:
        return {"consequences": shown.choices_lost(self.proposal), "cancel_url": self.url()}

    def act(self) -> str:
        made = renew_proposal(proposal=self.proposal, by=person(self.request))
        messages.success(self.request, _("Dit is het nieuwe voorstel. Er is nog niets geboekt."))
        return reverse("proposal", args=[made.pk])


class ChooseForLine(FormPage):
    """Another place for one group: what it costs, or which rule blocks it."""

    form_class = ChooseForm
    template_name = "reception/proposal_line.html"
    submit_label = gettext_lazy("Kies deze plek")
    line: ProposalLine
    alternatives: list[Alternative]

    def prepare(self) -> None:
        self.line = get_object_or_404(visible_lines(self.request.user), pk=self.kwargs["pk"])
        proposal = self.line.proposal
        span = Span(proposal.first_on, proposal.until_on)
        if self.line.group is None or not is_there(self.line.group, span):
            raise Http404

    def elsewhere(self) -> str | None:
        is_open = self.line.proposal.state == Proposal.State.OPEN
        return None if is_open else _decided(self.request, self.proposal_url())

    def proposal_url(self) -> str:
        """Return the address of the proposal."""
        return reverse("proposal", args=[self.line.proposal_id])

    def header(self) -> Header:
        proposal = self.line.proposal
        crumbs = (
            board_crumb(),
            _proposals_crumb(),
            (proposal.title, self.proposal_url()),
            (str(self.line.group), None),
        )
        title = _("Een andere plek voor %s") % self.line.group
        return Header(title, shown.group_told(self.line), crumbs)

    def form_arguments(self) -> dict[str, Any]:
        self.table = table_of(self.line.proposal)
        asked = self.request.POST.get("plek", self.request.GET.get("plek", ""))
        self.alternatives = alternatives_of(self.table, self.line, first=asked)
        possible = [(str(one.pool.pk), one.code) for one in self.alternatives if one.may_be_chosen]
        return {
            "places": [*possible, (NOWHERE, _("Nog geen plek"))],
            "initial": {"gezien": self.table.seen, "plek": str(self.line.chosen_id or NOWHERE)},
        }

    def context(self) -> dict[str, Any]:
        return {
            "line": self.line,
            "seen": self.table.seen,
            "possible": [one for one in self.alternatives if not one.blocked],
            "blocked": [one for one in self.alternatives if one.blocked],
            "trouble": shown.trouble_told(self.table, self.line),
            "about_km": shown.about_km(self.table),
        }

    def save(self, form: ChooseForm) -> str:
        sent = form.cleaned_data
        pool = next((one.pool for one in self.alternatives if str(one.pool.pk) == sent["plek"]), None)
        by = person(self.request)
        change_line(line=self.line, pool=pool, reason=sent["reason"], seen=sent["gezien"], by=by)
        return self.proposal_url()

    def success_message(self) -> str:
        return _("De regel is gewijzigd. Er is nog niets geboekt.")


_ONE = "opvang/voorstellen/<int:pk>"
urlpatterns = [
    path("opvang/voorstellen", Proposals.as_view(), name="proposals"),
    path("opvang/voorstellen/nieuw", CreateProposal.as_view(), name="proposal-create"),
    path(_ONE, ProposalDetail.as_view(), name="proposal"),
    path(f"{_ONE}/bevestigen", ConfirmProposal.as_view(), name="proposal-confirm"),
    path(f"{_ONE}/afwijzen", RefuseProposal.as_view(), name="proposal-refuse"),
    path(f"{_ONE}/opnieuw", RenewProposal.as_view(), name="proposal-renew"),
    path("opvang/voorstelregels/<int:pk>", ChooseForLine.as_view(), name="proposal-line"),
]
