"""Pages: list, detail, form and confirmation, of which a capability names only what is its own."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from regietafel.kit.documents.table import Column, Kind, Table
from regietafel.kit.downloads import TABLE_WRITERS, download_table
from regietafel.kit.lists import ListSpec, export_rows, listing, select
from regietafel.kit.navigation import tabs_of
from regietafel.kit.refusal import Refused


@dataclass(frozen=True)
class Action:
    """A button at the right of the title; `method` post makes it a small form."""

    label: str
    url: str
    primary: bool = False
    method: str = "get"


@dataclass(frozen=True)
class Empty:
    """What an empty list says: what belongs here and the first step."""

    title: str
    text: str = ""
    action: Action | None = None


@dataclass(frozen=True)
class Header:
    """Title, one-sentence purpose, path and actions of a page."""

    title: str
    purpose: str = ""
    breadcrumbs: Sequence[tuple[str, str | None]] = field(default_factory=tuple)
    actions: Sequence[Action] = field(default_factory=tuple)


class Page(ABC, View):
    """A page with a header; subclasses say who may open it and what it shows."""

    template_name: ClassVar[str] = "kit/detail.html"
    tab_set: ClassVar[str] = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            raise PermissionDenied
        self.prepare()
        if not self.allowed():
            raise PermissionDenied
        if (target := self.elsewhere()) is not None:
            return redirect(target)
        return super().dispatch(request, *args, **kwargs)

    def prepare(self) -> None:
        """Fetch what the page is about; raise Http404 for what this user may not know of."""

    def allowed(self) -> bool:
        """Say whether this user may open a page that he or she may know of."""
        return True

    def elsewhere(self) -> str | None:
        """Return where to go instead, when there is nothing to ask here any more; say why in a message."""
        return None

    @abstractmethod
    def header(self) -> Header:
        """Return title, purpose, path and actions."""

    def subject(self) -> Any:
        """Return what the tabs are about."""
        return None

    def context(self) -> dict[str, Any]:
        """Return what the template needs besides the header."""
        return {}

    def show(self, status: int = 200, **extra: Any) -> HttpResponse:
        """Render the page."""
        tabs = tabs_of(self.tab_set, self.subject(), request=self.request) if self.tab_set else []
        values = {"page": self.header(), "tabs": tabs, **self.context(), **extra}
        return render(self.request, self.template_name, values, status=status)


class DetailPage(Page):
    """Shows one thing."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show()


class ListPage(Page):
    """Shows many things: search, filters, sorting, paging and export come from the specification."""

    template_name = "kit/list.html"
    spec: ListSpec

    @abstractmethod
    def rows(self) -> QuerySet[Any]:
        """Return everything this user may see, unfiltered."""

    def url_of(self, subject: Any) -> str | None:
        """Return the address a row opens."""
        return None

    def empty(self) -> Empty:
        """Return what is said when there is nothing at all."""
        return Empty(_("Hier staat nog niets."))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.GET.get("uit") and self.spec.export_name:
            return self._export(request.GET["uit"])
        shown = listing(self.spec, self.rows(), params=request.GET, user=request.user, url_of=self.url_of)
        return self.show(listing=shown, empty=self.empty())

    def _export(self, kind: str) -> HttpResponse:
        if kind not in TABLE_WRITERS:
            raise Http404
        kept = select(self.spec, self.rows(), params=self.request.GET, user=self.request.user)
        columns = (Column(str(c.label), Kind.NUMBER if c.numeric else Kind.TEXT) for c in self.spec.columns)
        table = Table(
            columns=tuple(columns),
            rows=(tuple(row) for row in export_rows(self.spec, kept)),
            title=self.header().title,
        )
        return download_table(table, name=self.spec.export_name, kind=kind)


class FormPage(Page):
    """Asks for something, calls one service, says what happened and goes on."""

    template_name = "kit/form.html"
    form_class: ClassVar[type[forms.BaseForm]]
    submit_label: ClassVar[Any] = "Opslaan"

    def form_arguments(self) -> dict[str, Any]:
        """Return extra keyword arguments for the form, such as `user` or `instance`."""
        return {}

    @abstractmethod
    def save(self, form: Any) -> str:
        """Call the service and return the address to go to; Refused becomes an error in the form."""

    def success_message(self) -> str:
        """Return what is said on the next page; nothing where that page tells by itself."""
        return _("Opgeslagen.")

    def cancel_url(self) -> str | None:
        crumbs = [url for _label, url in self.header().breadcrumbs if url]
        return crumbs[-1] if crumbs else None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._ask(self.form_class(**self.form_arguments()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, request.FILES, **self.form_arguments())
        if not form.is_valid():
            return self._ask(form, status=422)
        try:
            target = self.save(form)
        except Refused as refusal:
            form.add_error(_shown_field(form, refusal.field), str(refusal))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if told := self.success_message():
                messages.success(request, told)
            return redirect(target)
        return self._ask(form, status=422)

    def _ask(self, form: forms.BaseForm, status: int = 200) -> HttpResponse:
        return self.show(
            status=status, form=form, submit_label=self.submit_label, cancel_url=self.cancel_url()
        )


def _shown_field(form: Any, name: str) -> str | None:
    """Return the field an error can stand beside; None, the whole form, where there is none to be seen."""
    field = getattr(form, "fields", {}).get(name)
    return None if field is None or field.widget.is_hidden else name


class ConfirmPage(Page):
    """Says what will happen and does it after a POST."""

    template_name = "kit/confirm.html"
    question: ClassVar[Any] = ""
    confirm_label: ClassVar[Any] = "Ja, doorgaan"

    @abstractmethod
    def act(self) -> str:
        """Call the service and return the address to go to."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(question=self.question, confirm_label=self.confirm_label)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return redirect(self.act())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self.show(status=422, question=self.question, confirm_label=self.confirm_label)


class PostPage(Page):
    """Does one thing on a POST and goes on; GET is not for this."""

    http_method_names = ["post"]

    @abstractmethod
    def act(self) -> str:
        """Call the service and return the address to go to."""

    def header(self) -> Header:
        return Header("")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return redirect(self.act())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.fallback_url())

    def fallback_url(self) -> str:
        """Return where to go when the rule refuses."""
        return self.request.META.get("HTTP_REFERER", "/") if _is_own(self.request) else "/"


def _is_own(request: HttpRequest) -> bool:
    referer = str(request.META.get("HTTP_REFERER", ""))
    return referer.startswith(f"{request.scheme}://{request.get_host()}/")
