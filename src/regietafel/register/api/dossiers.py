"""Dossiers with their facts and moments: the same services, rights and log as the pages."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from regietafel.kit.rest.fields import Instant, Text, Words
from regietafel.kit.rest.queries import Key, Query
from regietafel.kit.rest.resources import ItemResource, ListResource
from regietafel.register.api import shapes
from regietafel.register.models import ApiToken, Area, Confidentiality, Dossier, Fact, Moment
from regietafel.register.selectors import programs
from regietafel.register.services import dossier_parts, dossiers

CONTENT = ("title", "kind", "summary", "reference")
HAPPENING = ("title", "kind", "starts_at", "ends_at", "place", "note")


class DossierScopes:
    """Which scopes the resources of dossiers need."""

    read_scope: ClassVar[str] = ApiToken.Scope.READ_DOSSIERS
    write_scope: ClassVar[str] = ApiToken.Scope.WRITE_DOSSIERS


class Dossiers(DossierScopes, ListResource):
    """Dossiers."""

    serializer_class = shapes.DossierUitvoer
    said: ClassVar[dict[str, Any]] = {
        "GET": gettext_lazy("Dossiers die de sleutel mag lezen"),
        "POST": gettext_lazy("Maak een dossier, in de eerste fase"),
    }
    input_class: ClassVar[dict[str, Any]] = {"POST": shapes.DossierInvoer}
    query = Query(
        keys=(
            Key("soort", "kind", Words(choices=Dossier.Kind.values), gettext_lazy("Alleen deze soort.")),
            Key("fase", "phase__code", Text(max_length=40), gettext_lazy("Code van de fase.")),
            Key("gebied", "area__code", Text(max_length=20), gettext_lazy("CBS-code van het gebied.")),
            Key(
                "gewijzigdVanaf",
                "updated_at__gte",
                Instant(),
                gettext_lazy("Alleen wat vanaf dit moment is gewijzigd."),
            ),
        ),
        sorts={"gewijzigdOp": "updated_at", "titel": "title"},
        usual="-updated_at",
    )

    def get_queryset(self) -> QuerySet[Dossier]:
        return programs.dossiers_of_program(self.request.user)

    def post(self, request: Request) -> Response:
        sent = self.sent(request)
        organisation = programs.organisations_of_program(request.user).filter(pk=sent["organisatie"]).first()
        if organisation is None:
            raise ValidationError({"organisatie": [_("Deze sleutel hoort niet bij die organisatie.")]})
        made = dossiers.create_dossier(
            organisation=organisation,
            content=dossiers.DossierContent(area=_area(sent), **_part(sent, CONTENT)),
            confidentiality=sent.get("confidentiality", Confidentiality.INTERNAL),
            by=request.user,
        )
        return self.shown(made, status=201)


class OneDossier(DossierScopes, ItemResource):
    """One dossier."""

    serializer_class = shapes.DossierUitvoer
    parameter = "dossier"
    said: ClassVar[dict[str, Any]] = {
        "GET": gettext_lazy("Eén dossier"),
        "PATCH": gettext_lazy("Wijzig wat een dossier over zichzelf zegt"),
    }
    input_class: ClassVar[dict[str, Any]] = {"PATCH": shapes.DossierwijzigingInvoer}

    def get_queryset(self) -> QuerySet[Dossier]:
        return programs.dossiers_of_program(self.request.user)

    def patch(self, request: Request, **kwargs: Any) -> Response:
        dossier, sent = self.subject(), self.sent(request)
        kept = {name: getattr(dossier, name) for name in CONTENT} | _part(sent, CONTENT)
        area = _area(sent) if "gebied" in sent else dossier.area
        changed = dossiers.change_dossier(
            dossier=dossier,
            content=dossiers.DossierContent(area=area, **kept),
            version=sent.get("versie"),
            by=request.user,
        )
        return self.shown(changed)


class Facts(DossierScopes, ListResource):
    """Facts of a dossier."""

    serializer_class = shapes.Feit
    said: ClassVar[dict[str, Any]] = {
        "GET": gettext_lazy("Feiten van een dossier, ook vervangen en ingetrokken"),
        "POST": gettext_lazy("Leg een feit vast, of vervang er een"),
    }
    input_class: ClassVar[dict[str, Any]] = {"POST": shapes.FeitInvoer}
    query = Query(
        keys=(
            Key("status", "status", Words(choices=Fact.Status.values), gettext_lazy("Alleen deze status.")),
        ),
        sorts={"peildatum": "as_of", "vastgelegdOp": "created_at"},
        usual="created_at",
    )

    def get_queryset(self) -> QuerySet[Fact]:
        return programs.facts_of_program(self.request.user, self.kwargs["dossier"])

    def get(self, request: Request, **kwargs: Any) -> Response:
        _dossier(self)
        return super().get(request, **kwargs)

    def post(self, request: Request, **kwargs: Any) -> Response:
        dossier, sent = _dossier(self), self.sent(request)
        replaced = sent.pop("vervangt", None)
        statement = dossier_parts.Statement(**{"source": "", **sent})
        if replaced is None:
            made = dossier_parts.add_fact(dossier=dossier, statement=statement, by=request.user)
        else:
            made = dossier_parts.replace_fact(
                fact=self._replaced(replaced), statement=statement, by=request.user
            )
        return self.shown(made, status=201)

    def _replaced(self, number: int) -> Fact:
        fact = self.get_queryset().filter(pk=number).first()
        if fact is None:
            raise ValidationError({"vervangt": [_("Dit dossier heeft geen feit met dit nummer.")]})
        return fact


class OneFact(DossierScopes, ItemResource):
    """One fact."""

    serializer_class = shapes.Feit
    parameter = "fact"
    said: ClassVar[dict[str, Any]] = {"GET": gettext_lazy("Eén feit")}

    def get_queryset(self) -> QuerySet[Fact]:
        return programs.facts_of_program(self.request.user, self.kwargs["dossier"])


class FactWithdrawal(DossierScopes, ItemResource):
    """Taking a fact back."""

    http_method_names = ["post"]
    serializer_class = shapes.Feit
    parameter = "fact"
    said: ClassVar[dict[str, Any]] = {"POST": gettext_lazy("Trek een feit in; het blijft in de geschiedenis")}
    input_class: ClassVar[dict[str, Any]] = {"POST": shapes.IntrekkingInvoer}

    def get_queryset(self) -> QuerySet[Fact]:
        return programs.facts_of_program(self.request.user, self.kwargs["dossier"])

    def post(self, request: Request, **kwargs: Any) -> Response:
        fact, sent = self.subject(), self.sent(request)
        withdrawn = dossier_parts.withdraw_fact(fact=fact, reason=sent["reason"], by=request.user)
        return self.shown(withdrawn, status=201)


class Moments(DossierScopes, ListResource):
    """Moments of a dossier."""

    serializer_class = shapes.MomentUitvoer
    said: ClassVar[dict[str, Any]] = {
        "GET": gettext_lazy("Momenten op de tijdlijn van een dossier"),
        "POST": gettext_lazy("Leg een moment vast"),
    }
    input_class: ClassVar[dict[str, Any]] = {"POST": shapes.MomentInvoer}
    query = Query(
        keys=(
            Key("soort", "kind", Words(choices=Moment.Kind.values), gettext_lazy("Alleen deze soort.")),
            Key("vanaf", "starts_at__gte", Instant(), gettext_lazy("Begint op of na dit moment.")),
            Key("tot", "starts_at__lt", Instant(), gettext_lazy("Begint voor dit moment.")),
        ),
        sorts={"begint": "starts_at"},
        usual="starts_at",
    )

    def get_queryset(self) -> QuerySet[Moment]:
        return programs.moments_of_program(self.request.user, self.kwargs["dossier"])

    def get(self, request: Request, **kwargs: Any) -> Response:
        _dossier(self)
        return super().get(request, **kwargs)

    def post(self, request: Request, **kwargs: Any) -> Response:
        dossier, sent = _dossier(self), self.sent(request)
        happening = dossier_parts.Happening(**sent)
        return self.shown(
            dossier_parts.add_moment(dossier=dossier, happening=happening, by=request.user), status=201
        )


class OneMoment(DossierScopes, ItemResource):
    """One moment."""

    serializer_class = shapes.MomentUitvoer
    parameter = "moment"
    said: ClassVar[dict[str, Any]] = {
        "GET": gettext_lazy("Eén moment"),
        "PATCH": gettext_lazy("Wijzig wanneer, waar of wat een moment is"),
    }
    input_class: ClassVar[dict[str, Any]] = {"PATCH": shapes.MomentInvoer}

    def get_queryset(self) -> QuerySet[Moment]:
        return programs.moments_of_program(self.request.user, self.kwargs["dossier"])

    def patch(self, request: Request, **kwargs: Any) -> Response:
        moment, sent = self.subject(), self.sent(request)
        kept = {name: getattr(moment, name) for name in HAPPENING} | sent
        happening = dossier_parts.Happening(**kept)
        return self.shown(dossier_parts.change_moment(moment=moment, happening=happening, by=request.user))


def _dossier(resource: Any) -> Dossier:
    visible = programs.dossiers_of_program(resource.request.user)
    found: Dossier = get_object_or_404(visible, pk=resource.kwargs["dossier"])
    return found


def _part(sent: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: sent[name] for name in names if name in sent}


def _area(sent: dict[str, Any]) -> Area | None:
    code = sent.get("gebied")
    area = programs.area_by_code(code)
    if code and area is None:
        raise ValidationError({"gebied": [_("Er is geen gebied met code %(code)s.") % {"code": code}]})
    return area
