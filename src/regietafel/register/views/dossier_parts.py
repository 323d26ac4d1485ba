"""Forms for what is in a dossier: facts, moments, participants, links and notes."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.pages import Action, Header, PostPage
from regietafel.register.forms.parts import FactForm, LinkForm, MemberForm, MomentForm, NoteForm, ReasonForm
from regietafel.register.selectors import dossiers
from regietafel.register.services import dossier_parts as services
from regietafel.register.services import participants
from regietafel.register.views.dossiers import DossierFormPage, DossierPage


class AddFact(DossierFormPage):
    """Record what is known or not yet known."""

    form_class = FactForm

    def header(self) -> Header:
        return self.below(_("Feit vastleggen"), _("Ook wat nog niet bekend is, legt u hier vast."))

    def save(self, form: FactForm) -> str:
        services.add_fact(dossier=self.dossier, statement=form.statement(), by=self.request.user)
        return self.done_url()


class FactPage(DossierFormPage):
    """A form about one fact that holds now."""

    def prepare(self) -> None:
        super().prepare()
        self.fact = get_object_or_404(dossiers.current_facts(self.dossier), pk=self.kwargs["part"])


class ReplaceFact(FactPage):
    """Say what has become known since."""

    form_class = FactForm

    def header(self) -> Header:
        purpose = _("Nu staat er: %(text)s Dat blijft te zien in de geschiedenis.") % {"text": self.fact.text}
        return self.below(_("Feit bijwerken"), purpose)

    def form_arguments(self) -> dict[str, Any]:
        fact = self.fact
        return {"initial": {"text": fact.text, "status": fact.status, "source": fact.source}}

    def save(self, form: FactForm) -> str:
        services.replace_fact(fact=self.fact, statement=form.statement(), by=self.request.user)
        return self.done_url()


class WithdrawFact(FactPage):
    """Take a fact back."""

    form_class = ReasonForm
    submit_label = gettext_lazy("Intrekken")

    def header(self) -> Header:
        purpose = _("“%(text)s” verdwijnt van het overzicht en blijft te zien in de geschiedenis.")
        return self.below(_("Feit intrekken"), purpose % {"text": self.fact.text})

    def save(self, form: ReasonForm) -> str:
        services.withdraw_fact(fact=self.fact, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.done_url()


class AddMoment(DossierFormPage):
    """Put something on the timeline."""

    form_class = MomentForm

    def header(self) -> Header:
        return self.below(
            _("Moment toevoegen"), _("Iets wat is gebeurd of gaat gebeuren, op een dag en een tijd.")
        )

    def save(self, form: MomentForm) -> str:
        services.add_moment(dossier=self.dossier, happening=form.happening(), by=self.request.user)
        return self.done_url()


class MomentPage(DossierPage):
    """A page about one moment that was not withdrawn."""

    needs_writing = True

    def prepare(self) -> None:
        super().prepare()
        self.moment = get_object_or_404(dossiers.shown_moments(self.dossier), pk=self.kwargs["part"])


class ChangeMoment(MomentPage, DossierFormPage):
    """Change when, where or what a moment is."""

    form_class = MomentForm

    def header(self) -> Header:
        return self.below(_("Moment wijzigen"))

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": MomentForm.initial_of(self.moment)}

    def save(self, form: MomentForm) -> str:
        services.change_moment(moment=self.moment, happening=form.happening(), by=self.request.user)
        return self.done_url()


class WithdrawMoment(MomentPage, DossierFormPage):
    """Take a moment off the timeline."""

    form_class = ReasonForm
    submit_label = gettext_lazy("Intrekken")

    def header(self) -> Header:
        purpose = _("“%(title)s” verdwijnt van de tijdlijn. Het logboek bewaart dat het er stond.")
        return self.below(_("Moment intrekken"), purpose % {"title": self.moment.title})

    def save(self, form: ReasonForm) -> str:
        services.withdraw_moment(moment=self.moment, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.done_url()


class FinishMoment(MomentPage, PostPage):
    """Mark a moment as done."""

    def act(self) -> str:
        services.finish_moment(moment=self.moment, by=self.request.user)
        return self.address("dossier")


class ReopenMoment(MomentPage, PostPage):
    """Undo that a moment was marked as done."""

    def act(self) -> str:
        services.reopen_moment(moment=self.moment, by=self.request.user)
        return self.address("dossier")


class AddMember(DossierFormPage):
    """Let somebody take part."""

    form_class = MemberForm
    needs_directing = True

    def header(self) -> Header:
        purpose = _(
            "Wie een account heeft, kan het dossier dan lezen. Een functie zonder account is ter informatie."
        )
        return self.below(_("Deelnemer toevoegen"), purpose)

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def save(self, form: MemberForm) -> str:
        participants.add_member(
            dossier=self.dossier, participation=form.participation(), by=self.request.user
        )
        return self.done_url()


class EndMember(DossierFormPage):
    """End somebody's part in the dossier."""

    form_class = ReasonForm
    needs_directing = True
    submit_label = gettext_lazy("Deelname beëindigen")

    def prepare(self) -> None:
        super().prepare()
        self.member = get_object_or_404(dossiers.members_of(self.dossier), pk=self.kwargs["part"])

    def header(self) -> Header:
        purpose = _("%(who)s doet vanaf nu niet meer mee. Wat er is vastgelegd, blijft staan.")
        return self.below(
            _("Deelname beëindigen"), purpose % {"who": self.member.user or self.member.function}
        )

    def save(self, form: ReasonForm) -> str:
        participants.end_member(member=self.member, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.done_url()


class AddLink(DossierFormPage):
    """Point to an address elsewhere."""

    form_class = LinkForm

    def header(self) -> Header:
        return self.below(_("Koppeling toevoegen"), _("Een openbaar adres dat bij deze kwestie hoort."))

    def save(self, form: LinkForm) -> str:
        services.add_link(dossier=self.dossier, by=self.request.user, **form.cleaned_data)
        return self.done_url()


class RemoveLink(DossierFormPage):
    """Take a link out of sight."""

    form_class = ReasonForm
    submit_label = gettext_lazy("Verwijderen")

    def prepare(self) -> None:
        super().prepare()
        self.link = get_object_or_404(dossiers.links_of(self.dossier), pk=self.kwargs["part"])

    def header(self) -> Header:
        purpose = _("“%(title)s” verdwijnt uit het overzicht. U kunt de koppeling later terugzetten.")
        return self.below(_("Koppeling verwijderen"), purpose % {"title": self.link.title})

    def save(self, form: ReasonForm) -> str:
        services.remove_link(link=self.link, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.done_url()


class RestoreLink(DossierPage, PostPage):
    """Put a link back."""

    needs_writing = True

    def prepare(self) -> None:
        super().prepare()
        removed = dossiers.links_of(self.dossier, removed=True)
        self.link = get_object_or_404(removed, pk=self.kwargs["part"])

    def act(self) -> str:
        services.restore_link(link=self.link, by=self.request.user)
        return self.address("dossier")


class WriteNote(DossierFormPage):
    """Write in the journal."""

    form_class = NoteForm

    def header(self) -> Header:
        purpose = _("Een notitie met datum en uw naam. Schrijf niets over bewoners als persoon.")
        moment = Action(_("Liever een moment toevoegen"), self.address("moment-add"))
        return self.below(_("Notitie schrijven"), purpose, actions=(moment,))

    def context(self) -> dict[str, Any]:
        return super().context() | {"autosave_key": f"notitie-{self.dossier.pk}"}

    def done_url(self) -> str:
        return self.address("dossier-timeline")

    def save(self, form: NoteForm) -> str:
        services.write_journal(dossier=self.dossier, text=form.cleaned_data["text"], by=self.request.user)
        return self.done_url()
