"""Omgevingsbeelden: make one, edit it in place, publish it, read it, hand it on and compare."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from regietafel.kit.downloads import download
from regietafel.kit.fields import number_sent
from regietafel.kit.pages import Action, DetailPage, FormPage, Header, Page, PostPage
from regietafel.kit.refusal import Refused
from regietafel.monitor.forms.pictures import MailingForm, PeriodForm, WordsForm
from regietafel.monitor.models import MediaPicture, Monitor
from regietafel.monitor.selectors.monitors import may_steer
from regietafel.monitor.selectors.pictures import (
    changes_since,
    content_of,
    document_of,
    earlier_pictures,
    mailings_of,
    pictures_of,
    possible_recipients,
    shown_content,
    usual_periods,
    visible_pictures,
    words_of,
)
from regietafel.monitor.services.looking import note_export
from regietafel.monitor.services.mailing import mail_picture
from regietafel.monitor.services.pictures import (
    discard_picture,
    edit_picture,
    make_picture,
    publish_picture,
    renew_figures,
)
from regietafel.monitor.views.pages import MonitorPage, WritingPage, person
from regietafel.register.public import may

State = MediaPicture.State
FORMS = ("docx", "pdf", "json")


class MonitorPictures(MonitorPage, DetailPage):
    """Every picture of one monitor."""

    template_name = "monitor/pictures.html"

    def actions(self) -> tuple[Action, ...]:
        if not self.may_change or self.monitor.started_at is None:
            return ()
        url = reverse("picture-create", args=[self.monitor.pk])
        return (Action(_("Maak omgevingsbeeld"), url, primary=True),)

    def context(self) -> dict[str, Any]:
        return super().context() | {"pictures": pictures_of(self.request.user, self.monitor)}


class CreatePicture(WritingPage, FormPage):
    """Choose the days; the figures follow at once."""

    form_class = PeriodForm
    template_name = "monitor/picture_create.html"
    step = _("Maak een omgevingsbeeld")
    submit_label = _("Maak concept")
    back = "monitor-pictures"

    def form_arguments(self) -> dict[str, Any]:
        week = usual_periods()[1]
        return {"initial": {"period_from": week.first, "period_until": week.last}}

    def context(self) -> dict[str, Any]:
        return super().context() | {"periods": usual_periods()}

    def save(self, form: PeriodForm) -> str:
        picture = make_picture(monitor=self.monitor, by=person(self.request), **form.cleaned_data)
        return reverse("picture", args=[picture.pk])

    def success_message(self) -> str:
        return _("Het concept staat klaar. Pas het kernbeeld aan en publiceer.")


class PicturePage(Page):
    """A page of one picture that the person may see."""

    picture: MediaPicture

    def prepare(self) -> None:
        self.picture = get_object_or_404(visible_pictures(self.request.user), pk=self.kwargs["pk"])
        if self.picture.state == State.DRAFT and not self.may_change:
            raise Http404

    @property
    def may_change(self) -> bool:
        """Say whether this person may work on the draft."""
        return may_steer(self.request.user, self.picture.monitor.dossier)

    @property
    def may_publish(self) -> bool:
        """Say whether this person may freeze it."""
        return may(
            self.request.user, "may_publish", organisation_id=self.picture.monitor.dossier.organisation_id
        )

    def header(self) -> Header:
        monitor = self.picture.monitor
        crumbs = (
            (_("Omgeving"), reverse("monitors")),
            (monitor.title, reverse("monitor-pictures", args=[monitor.pk])),
            (str(self.picture), None),
        )
        return Header(f"{self.picture}: {monitor.title}", breadcrumbs=crumbs, actions=self.actions())

    def actions(self) -> tuple[Action, ...]:
        """Return the buttons beside the title."""
        return ()

    def own_url(self) -> str:
        """Return the page of the picture."""
        return reverse("picture", args=[self.picture.pk])


class PictureDetail(PicturePage):
    """A picture as a mayor reads it; a draft is edited in place."""

    template_name = "monitor/picture.html"

    def actions(self) -> tuple[Action, ...]:
        pk = self.picture.pk
        names = {"docx": "Word", "pdf": "PDF", "json": "JSON"}
        files = [Action(names[kind], reverse("picture-file", args=[pk, kind])) for kind in FORMS]
        if self.picture.state == State.PUBLISHED and self.may_change:
            files.append(Action(_("Mail"), reverse("picture-mail", args=[pk])))
        return tuple(files)

    def context(self) -> dict[str, Any]:
        picture = self.picture
        earlier = earlier_pictures(picture).first()
        return {
            "picture": picture,
            "monitor": picture.monitor,
            "shown": shown_content(picture),
            "earlier": earlier,
            "changes": changes_since(picture, earlier) if earlier else (),
            "may_change": self.may_change,
            "may_publish": self.may_publish,
            "is_draft": picture.state == State.DRAFT,
            "mailings": mailings_of(picture) if self.may_change else (),
        }

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(form=self._form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.may_change or self.picture.state != State.DRAFT:
            raise SuspiciousOperation("only a draft is edited")
        form = WordsForm(request.POST)
        if not form.is_valid():
            return self.show(status=422, form=form)
        try:
            edit_picture(
                picture=self.picture,
                revision=form.cleaned_data["revision"],
                by=person(request),
                **form.words(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.show(status=409 if self._is_changed(form) else 422, form=form)
        messages.success(request, _("Uw tekst is opgeslagen."))
        return redirect(self.own_url())

    def _form(self) -> WordsForm | None:
        if not self.may_change or self.picture.state != State.DRAFT:
            return None
        return WordsForm(initial=words_of(self.picture))

    def _is_changed(self, form: WordsForm) -> bool:
        """Tell whether someone else changed the draft since it was read."""
        self.picture.refresh_from_db(fields=("revision", "state"))
        return form.cleaned_data["revision"] != self.picture.revision or self.picture.state != State.DRAFT


class DraftStep(PicturePage, PostPage):
    """One step with a draft, refused when someone else changed it meanwhile."""

    def allowed(self) -> bool:
        return self.may_change and self.picture.state == State.DRAFT

    def revision(self) -> int:
        """Return the revision the person had in front of him or her."""
        given = number_sent(self.request.POST.get("revision", ""))
        return -1 if given is None else given

    def fallback_url(self) -> str:
        return self.own_url()


class PublishPicture(DraftStep):
    """Freeze a draft under the next number."""

    def allowed(self) -> bool:
        return super().allowed() and self.may_publish

    def act(self) -> str:
        picture = publish_picture(
            picture=self.picture, revision=self.revision(), by=person(self.request), **self._words()
        )
        messages.success(self.request, _("%s is gepubliceerd en verandert niet meer.") % picture)
        return self.own_url()

    def _words(self) -> dict[str, Any]:
        """Return what the maker typed since the last save; the button takes it along."""
        if "core_message" not in self.request.POST:
            return {}
        form = WordsForm(self.request.POST)
        if not form.is_valid():
            raise Refused(_("Kijk de tekst na: het kernbeeld ontbreekt, of een tekst is te lang."))
        return form.words()


class RenewFigures(DraftStep):
    """Count a draft again."""

    def act(self) -> str:
        renew_figures(picture=self.picture, revision=self.revision(), by=person(self.request))
        messages.success(self.request, _("De cijfers zijn opnieuw geteld."))
        return self.own_url()


class DiscardPicture(DraftStep):
    """Throw a draft away."""

    def act(self) -> str:
        monitor: Monitor = self.picture.monitor
        discard_picture(picture=self.picture, by=person(self.request))
        messages.success(self.request, _("Het concept is weggegooid."))
        return reverse("monitor-pictures", args=[monitor.pk])


class PictureFile(PicturePage):
    """A picture as a file to hand on."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        kind = self.kwargs["kind"]
        if kind not in FORMS:
            raise Http404
        name = slugify(f"{self.picture} {self.picture.monitor.title}")
        what = _("%(picture)s als %(kind)s") % {"picture": self.picture, "kind": kind.upper()}
        note_export(monitor=self.picture.monitor, what=what, by=person(request))
        return download(document_of(self.picture, kind), name=name, kind=kind)


class MailPicture(PicturePage, FormPage):
    """Mail a published picture to colleagues."""

    form_class = MailingForm
    submit_label = _("Verstuur")

    def allowed(self) -> bool:
        return self.may_change and self.picture.state == State.PUBLISHED

    def header(self) -> Header:
        crumbs = (
            (_("Omgeving"), reverse("monitors")),
            (str(self.picture), self.own_url()),
            (_("Mail"), None),
        )
        purpose = _("De collega’s krijgen het kernbeeld in de mail en het hele beeld als PDF.")
        return Header(_("Mail %s") % self.picture, purpose, breadcrumbs=crumbs)

    def form_arguments(self) -> dict[str, Any]:
        return {"people": possible_recipients(self.picture, self.request.user)}

    def save(self, form: MailingForm) -> str:
        mail_picture(picture=self.picture, by=person(self.request), **form.cleaned_data)
        return self.own_url()

    def success_message(self) -> str:
        return _("Het omgevingsbeeld wordt verstuurd.")


class ComparePictures(PicturePage, DetailPage):
    """What changed since an earlier picture, which may be chosen."""

    template_name = "monitor/compare.html"

    def context(self) -> dict[str, Any]:
        choices = earlier_pictures(self.picture)
        asked = self.request.GET.get("met", "")
        number = number_sent(asked)
        earlier = choices.first() if number is None else choices.filter(number=number).first()
        if asked and earlier is None:
            raise Http404
        return {
            "picture": self.picture,
            "choices": choices,
            "earlier": earlier,
            "now": content_of(self.picture),
            "then": content_of(earlier) if earlier else None,
            "changes": changes_since(self.picture, earlier) if earlier else (),
        }


_ONE = "omgeving/beelden/<int:pk>"
urlpatterns = [
    path("omgeving/monitors/<int:pk>/beelden", MonitorPictures.as_view(), name="monitor-pictures"),
    path("omgeving/monitors/<int:pk>/beelden/nieuw", CreatePicture.as_view(), name="picture-create"),
    path(_ONE, PictureDetail.as_view(), name="picture"),
    path(f"{_ONE}/publiceren", PublishPicture.as_view(), name="picture-publish"),
    path(f"{_ONE}/hertellen", RenewFigures.as_view(), name="picture-renew"),
    path(f"{_ONE}/weggooien", DiscardPicture.as_view(), name="picture-discard"),
    path(f"{_ONE}/bestand/<str:kind>", PictureFile.as_view(), name="picture-file"),
    path(f"{_ONE}/mailen", MailPicture.as_view(), name="picture-mail"),
    path(f"{_ONE}/verschil", ComparePictures.as_view(), name="picture-compare"),
]
