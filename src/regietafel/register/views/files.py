"""The papers of a dossier: list, upload, download, describe, remove and put back."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from regietafel.kit.downloads import attachment
from regietafel.kit.pages import Action, DetailPage, Header, PostPage
from regietafel.register.forms.parts import DescriptionForm, ReasonForm, UploadForm
from regietafel.register.models import Attachment
from regietafel.register.selectors import dossiers
from regietafel.register.services import papers
from regietafel.register.views.dossiers import DossierFormPage, DossierPage


class DossierFiles(DossierPage, DetailPage):
    """The papers, searchable by what is in them."""

    template_name = "register/dossiers/files.html"

    def header(self) -> Header:
        actions: tuple[Action, ...] = ()
        if self.may_write and not self.dossier.phase.is_closed:
            actions = (Action(_("Bestand toevoegen"), self.address("attachment-add"), primary=True),)
        return self.below(
            _("Bestanden"), _("Stukken bij %(title)s.") % {"title": self.dossier.title}, actions=actions
        )

    def context(self) -> dict[str, Any]:
        words = self.request.GET.get("zoek", "")[:200]
        return super().context() | {
            "words": words,
            "papers": dossiers.attachments_of(self.dossier, words),
            "removed": dossiers.removed_attachments(self.dossier) if self.may_write else [],
        }


class AddFile(DossierFormPage):
    """Send a file."""

    form_class = UploadForm
    submit_label = gettext_lazy("Toevoegen")

    def header(self) -> Header:
        purpose = _("Wij lezen de tekst uit PDF, Word en tekst, zodat u er later in kunt zoeken.")
        return self.below(_("Bestand toevoegen"), purpose)

    def done_url(self) -> str:
        return self.address("dossier-files")

    def save(self, form: UploadForm) -> str:
        papers.attach_file(
            dossier=self.dossier,
            upload=form.cleaned_data["file"],
            description=form.cleaned_data["description"],
            by=self.request.user,
        )
        return self.done_url()


class FilePage(DossierPage):
    """A page about one paper of the dossier."""

    def prepare(self) -> None:
        super().prepare()
        self.attachment = get_object_or_404(self.choose(), pk=self.kwargs["part"])

    def choose(self) -> QuerySet[Attachment]:
        """Return the papers this page may be about."""
        return dossiers.attachments_of(self.dossier)

    def done_url(self) -> str:
        """Return where to go after saving."""
        return self.address("dossier-files")


class DownloadFile(FilePage, View):
    """Give a paper to who may read the dossier: always as an attachment, never shown by the browser."""

    def header(self) -> Header:
        return Header(self.attachment.name)

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        kept = self.attachment
        return attachment(kept.file, name=kept.name, media_type=kept.media_type)


class DescribeFile(FilePage, DossierFormPage):
    """Say in words what is in a file."""

    form_class = DescriptionForm

    def header(self) -> Header:
        return self.below(_("Bestand beschrijven"), self.attachment.name)

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"description": self.attachment.description}}

    def save(self, form: DescriptionForm) -> str:
        papers.describe_file(
            attachment=self.attachment, description=form.cleaned_data["description"], by=self.request.user
        )
        return self.done_url()


class RemoveFile(FilePage, DossierFormPage):
    """Take a file out of sight."""

    form_class = ReasonForm
    submit_label = gettext_lazy("Verwijderen")

    def header(self) -> Header:
        purpose = _("“%(name)s” verdwijnt uit het dossier. U kunt het later terugzetten.")
        return self.below(_("Bestand verwijderen"), purpose % {"name": self.attachment.name})

    def save(self, form: ReasonForm) -> str:
        papers.remove_file(
            attachment=self.attachment, reason=form.cleaned_data["reason"], by=self.request.user
        )
        return self.done_url()


class RestoreFile(FilePage, PostPage):
    """Put a file back."""

    needs_writing = True

    def choose(self) -> QuerySet[Attachment]:
        return dossiers.removed_attachments(self.dossier)

    def act(self) -> str:
        papers.restore_file(attachment=self.attachment, by=self.request.user)
        return self.done_url()
