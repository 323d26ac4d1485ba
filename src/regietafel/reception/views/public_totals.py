"""What everybody may see of a region, and publishing and withdrawing it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from regietafel.kernel import dutch
from regietafel.kit.pages import Action, FormPage, Header, Page
from regietafel.reception.engine.ledger import Private
from regietafel.reception.forms.public_totals import PublishForm, WithdrawForm
from regietafel.reception.models import PublicTotal
from regietafel.reception.selectors.board import Question, board_of, days_before, known_on
from regietafel.reception.selectors.public_totals import may_publish, public_regions, visible_totals
from regietafel.reception.services.public_totals import publish_total, withdraw_total
from regietafel.reception.views.regions import Crumb, RegionPage, person


@require_safe
def public_totals(request: HttpRequest) -> HttpResponse:
    """Show the published totals per region; no log-in, no location, no municipality."""
    header = Header(
        _("Opvang in cijfers"), _("Hoeveel plaatsen een regio heeft voor de opvang, zoals gepubliceerd.")
    )
    values = {"page": header, "regions": public_regions()}
    return render(request, "reception/public_totals.html", values)


class PublicationsPage(RegionPage):
    """What the region published."""

    template_name = "reception/publications.html"
    title = gettext_lazy("Openbare cijfers")
    purpose = gettext_lazy("Totalen van de regio die iedereen zonder inloggen mag zien.")

    @property
    def publishes(self) -> bool:
        """Say whether this person may publish."""
        point = self.region.point if self.region else None
        return point is not None and may_publish(self.request.user, point)

    def actions(self) -> tuple[Action, ...]:
        found = [Action(_("Openbare bladzijde"), reverse("public-reception"))]
        if self.publishes:
            found.append(Action(_("Publiceer een stand"), reverse("publication-new"), primary=True))
        return tuple(found)

    def context(self) -> dict[str, Any]:
        totals = visible_totals(self.request.user).filter(organisation=self.the_region.point)
        return super().context() | {"totals": totals, "publishes": self.publishes}


class PublishTotal(PublicationsPage, FormPage):
    """Publish a position; the numbers of today stand above the form."""

    tab_set = ""
    template_name = "reception/publish.html"
    form_class = PublishForm
    title = gettext_lazy("Publiceer een stand")
    purpose = gettext_lazy("Wat u publiceert, kan iedereen lezen. De getallen veranderen daarna niet meer.")
    submit_label = gettext_lazy("Publiceer")

    def allowed(self) -> bool:
        return self.publishes

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return FormPage.get(self, request, **kwargs)

    def header(self) -> Header:
        crumbs: tuple[Crumb, ...] = (
            (_("Opvang"), reverse("reception")),
            (_("Openbare cijfers"), reverse("publications")),
            (str(self.title), None),
        )
        return Header(str(self.title), str(self.purpose), crumbs)

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"day": timezone.localdate()}}

    def context(self) -> dict[str, Any]:
        today = timezone.localdate()
        boards = [
            board_of(self.the_region, _asked(today, private))
            for private in (Private.EXCLUDED, Private.INCLUDED)
        ]
        return super().context() | {"boards": boards, "today": today}

    def save(self, form: Any) -> str:
        sent = form.cleaned_data
        private = Private.INCLUDED if sent["counts_private"] else Private.EXCLUDED
        question = _asked(sent["day"], private)
        publish_total(region=self.the_region, question=question, text=sent["text"], by=person(self.request))
        return reverse("publications")

    def success_message(self) -> str:
        return _("De stand is openbaar.")


def _asked(day: Any, private: Private) -> Question:
    return Question(day=day, at=known_on(None), private=private, since=days_before(day))


class WithdrawTotal(FormPage, Page):
    """Withdraw what was published."""

    form_class = WithdrawForm
    submit_label = gettext_lazy("Trek in")
    total: PublicTotal

    def prepare(self) -> None:
        rows = visible_totals(self.request.user).filter(withdrawn_at__isnull=True)
        self.total = get_object_or_404(rows, pk=self.kwargs["pk"])

    def allowed(self) -> bool:
        return may_publish(self.request.user, self.total.organisation)

    def header(self) -> Header:
        title = _("Trek de stand van %s in") % dutch.date(self.total.day)
        crumbs: tuple[Crumb, ...] = (
            (_("Opvang"), reverse("reception")),
            (_("Openbare cijfers"), reverse("publications")),
            (_("Intrekken"), None),
        )
        return Header(title, _("De getallen verdwijnen van de openbare bladzijde; uw reden blijft."), crumbs)

    def save(self, form: Any) -> str:
        withdraw_total(total=self.total, reason=form.cleaned_data["reason"], by=person(self.request))
        return reverse("publications")


urlpatterns = [
    path("opvangcijfers", public_totals, name="public-reception"),
    path("opvang/openbaar", PublicationsPage.as_view(), name="publications"),
    path("opvang/openbaar/nieuw", PublishTotal.as_view(), name="publication-new"),
    path("opvang/openbaar/<int:pk>/intrekken", WithdrawTotal.as_view(), name="publication-withdraw"),
]
