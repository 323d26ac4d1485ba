"""Proofs that erased text is gone: per source and run."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.pages import DetailPage, Empty, Header, ListPage
from regietafel.monitor.models import RetentionProof
from regietafel.monitor.selectors.retention import (
    copies_of,
    places_told,
    visible_proofs,
    working_organisations,
)
from regietafel.monitor.views.privacy.overview import ROOT, crumbs

OUTCOMES = (("weg", _("niets teruggevonden")), ("terug", _("iets teruggevonden")))


def _outcome(rows: QuerySet[RetentionProof], chosen: str) -> QuerySet[RetentionProof]:
    return rows.filter(remains=0) if chosen == "weg" else rows.filter(remains__gt=0)


def _sources(user: Any) -> list[tuple[int, str]]:
    found = visible_proofs(user).order_by("source__name").values_list("source_id", "source__name").distinct()
    return list(found)


class Proofs(ListPage):
    """What was erased, and whether anything was found again."""

    tab_set = "privacy"
    spec = ListSpec(
        columns=(
            Column("gewist", _("Gewist op"), "erased_at", sort=("erased_at",), key_fact=True),
            Column("bron", _("Bron"), "source.name", sort=("source__name",), key_fact=True),
            Column("berichten", _("Berichten"), "message_count", sort=("message_count",), numeric=True),
            Column("termijn", _("Termijn (dagen)"), "retention_days", numeric=True),
            Column(
                "terug",
                _("Teruggevonden"),
                lambda proof: proof.remains or _("niets"),
                sort=("remains",),
                badge=lambda proof: "fout" if proof.remains else "ok",
                key_fact=True,
            ),
            Column("kopieen", _("Kopieën met deze tekst"), lambda proof: len(copies_of(proof)), numeric=True),
            Column("organisatie", _("Organisatie"), "source.organisation.name"),
        ),
        filters=(
            Filter("bron", _("Bron"), _sources, "source_id"),
            Filter("uitkomst", _("Uitkomst"), lambda _user: OUTCOMES, _outcome),
        ),
        search=("source__name",),
        default_sort="-gewist",
        export_name="bewijzen-van-wissen",
    )

    def allowed(self) -> bool:
        return working_organisations(self.request.user).exists()

    def header(self) -> Header:
        return Header(
            _("Bewijs van wissen"),
            _("Na het wissen zoeken wij naar wat gewist is. Hier staat waar, en wat er nog was."),
            crumbs((_("Bewijs van wissen"), None)),
        )

    def rows(self) -> QuerySet[RetentionProof]:
        return visible_proofs(self.request.user)

    def url_of(self, subject: RetentionProof) -> str:
        return reverse("retention-proof", args=[subject.pk])

    def empty(self) -> Empty:
        return Empty(
            _("Er is nog niets gewist"),
            _("Elke nacht wissen wij tekst waarvan de bewaartermijn voorbij is. Het bewijs komt hier."),
        )


class Proof(DetailPage):
    """One proof."""

    template_name = "monitor/privacy/proof.html"
    tab_set = "privacy"
    proof: RetentionProof

    def prepare(self) -> None:
        self.proof = get_object_or_404(visible_proofs(self.request.user), pk=self.kwargs["pk"])

    def header(self) -> Header:
        steps = ((_("Bewijs van wissen"), reverse("retention-proofs")), (self.proof.source.name, None))
        return Header(
            _("Bewijs van wissen: %s") % self.proof.source.name,
            self.proof.source.organisation.name,
            crumbs(*steps),
        )

    def context(self) -> dict[str, Any]:
        proof = self.proof
        facts = [
            (_("Gewist op"), proof.erased_at),
            (_("Berichten gewist"), proof.message_count),
            (_("Bewaartermijn"), _("%s dagen na ontvangst") % proof.retention_days),
            (_("Ontvangen tot en met"), proof.received_until),
            (_("Reden"), proof.places.get("reden") or _("bewaartermijn voorbij")),
        ]
        return {
            "proof": proof,
            "facts": facts,
            "places": places_told(proof),
            "copies": copies_of(proof),
            "drafts": proof.places.get("concepten", ()),
        }


urlpatterns = [
    path(f"{ROOT}/wissen", Proofs.as_view(), name="retention-proofs"),
    path(f"{ROOT}/wissen/<int:pk>", Proof.as_view(), name="retention-proof"),
]
