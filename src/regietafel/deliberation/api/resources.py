"""Bodies, meetings, agenda items, lines of minutes and questions to members: to read, and to report back."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from regietafel.deliberation.api import shapes
from regietafel.deliberation.models import AgendaItem, Body, Entry, Inquiry, Meeting
from regietafel.deliberation.selectors import programs
from regietafel.deliberation.services.following import report_action
from regietafel.kit.rest.fields import Day, Instant, NumberInAddress, Words
from regietafel.kit.rest.queries import Key, Query
from regietafel.kit.rest.resources import ItemResource, ListResource

READ, WRITE = "overleg:lezen", "overleg:schrijven"
OF_BODY = _("Alleen van dit overlegorgaan.")
OF_MEETING = _("Alleen van deze vergadering.")


class Bodies(ListResource):
    """Bodies."""

    serializer_class = shapes.Overlegorgaan
    read_scope = READ
    said: ClassVar[dict[str, Any]] = {"GET": _("Overlegorganen die de sleutel mag lezen, met hun zetels")}
    query = Query(
        keys=(Key("soort", "kind", Words(choices=Body.Kind.values), _("Alleen deze soort.")),),
        sorts={"naam": "name"},
        usual="name",
    )

    def get_queryset(self) -> QuerySet[Body]:
        return programs.bodies_of_program(self.request.user)


class OneBody(ItemResource):
    """One body."""

    serializer_class = shapes.Overlegorgaan
    read_scope = READ
    said: ClassVar[dict[str, Any]] = {"GET": _("Eén overlegorgaan")}
    parameter = "body"

    def get_queryset(self) -> QuerySet[Body]:
        return programs.bodies_of_program(self.request.user)


class Meetings(ListResource):
    """Meetings."""

    serializer_class = shapes.Vergadering
    read_scope = READ
    said: ClassVar[dict[str, Any]] = {
        "GET": _("Vergaderingen van die overlegorganen, of waar de organisatie te gast is")
    }
    query = Query(
        keys=(
            Key("overlegorgaan", "body_id", NumberInAddress(), OF_BODY),
            Key("stand", "state", Words(choices=Meeting.State.values), _("Alleen in deze stand.")),
            Key("vanaf", "starts_at__gte", Instant(), _("Begint op of na dit moment.")),
            Key("tot", "starts_at__lt", Instant(), _("Begint voor dit moment.")),
        ),
        sorts={"begint": "starts_at"},
        usual="-starts_at",
    )

    def get_queryset(self) -> QuerySet[Meeting]:
        return programs.meetings_of_program(self.request.user)


class OneMeeting(ItemResource):
    """One meeting."""

    serializer_class = shapes.Vergadering
    read_scope = READ
    said: ClassVar[dict[str, Any]] = {"GET": _("Eén vergadering")}
    parameter = "meeting"

    def get_queryset(self) -> QuerySet[Meeting]:
        return programs.meetings_of_program(self.request.user)


class AgendaItems(ListResource):
    """Agenda items."""

    serializer_class = shapes.Agendapunt
    read_scope = READ
    said: ClassVar[dict[str, Any]] = {"GET": _("Agendapunten die de sleutel mag lezen")}
    query = Query(
        keys=(
            Key("vergadering", "meeting_id", NumberInAddress(), OF_MEETING),
            Key("overlegorgaan", "meeting__body_id", NumberInAddress(), OF_BODY),
        ),
        sorts={"volgorde": "order", "vergadering": "meeting__starts_at"},
        usual="order",
    )

    def get_queryset(self) -> QuerySet[AgendaItem]:
        return programs.items_of_program(self.request.user)


class OneAgendaItem(ItemResource):
    """One agenda item."""

    serializer_class = shapes.Agendapunt
    read_scope = READ
    said: ClassVar[dict[str, Any]] = {"GET": _("Eén agendapunt")}
    parameter = "item"

    def get_queryset(self) -> QuerySet[AgendaItem]:
        return programs.items_of_program(self.request.user)


class Entries(ListResource):
    """Decisions, bottlenecks and actions."""

    serializer_class = shapes.Besluit
    read_scope = READ
    said: ClassVar[dict[str, Any]] = {"GET": _("Besluiten (B), knelpunten (K) en acties (A)")}
    query = Query(
        keys=(
            Key("soort", "kind", Words(choices=Entry.Kind.values), _("Alleen besluit, knelpunt of actie.")),
            Key("stand", "state", Words(choices=Entry.State.values), _("Alleen in deze stand.")),
            Key("overlegorgaan", "item__meeting__body_id", NumberInAddress(), OF_BODY),
            Key("vergadering", "item__meeting_id", NumberInAddress(), OF_MEETING),
            Key(
                "actiehouderOrganisatie",
                "owner_organisation_id",
                NumberInAddress(),
                _("Alleen wat deze organisatie doet."),
            ),
            Key("termijnTot", "due_on__lte", Day(), _("Met een termijn op of voor deze dag.")),
        ),
        sorts={"vergadering": "item__meeting__starts_at", "termijn": "term_order"},
        usual="-item__meeting__starts_at",
    )

    def get_queryset(self) -> QuerySet[Entry]:
        return programs.entries_of_program(self.request.user)


class OneEntry(ItemResource):
    """One decision, bottleneck or action."""

    serializer_class = shapes.Besluit
    read_scope = READ
    said: ClassVar[dict[str, Any]] = {"GET": _("Eén besluit, knelpunt of actie")}
    parameter = "entry"

    def get_queryset(self) -> QuerySet[Entry]:
        return programs.entries_of_program(self.request.user)


class EntryReport(ItemResource):
    """Reporting back on an action."""

    http_method_names = ["post"]
    serializer_class = shapes.Besluit
    read_scope = READ
    write_scope = WRITE
    parameter = "entry"
    said: ClassVar[dict[str, Any]] = {
        "POST": _("Meld een actie terug: van de eigen organisatie, of van een eigen overleg")
    }
    input_class: ClassVar[dict[str, Any]] = {"POST": shapes.TerugmeldingInvoer}

    def get_queryset(self) -> QuerySet[Entry]:
        return programs.entries_of_program(self.request.user)

    def post(self, request: Request, **kwargs: Any) -> Response:
        entry, by = self.subject(), self.request.user
        report_action(entry=entry, by=by, **self.sent(request))  # type: ignore[arg-type]
        return self.shown(self.subject(), status=201)


class Inquiries(ListResource):
    """Questions to the members."""

    serializer_class = shapes.Uitvraag
    read_scope = READ
    said: ClassVar[dict[str, Any]] = {"GET": _("Uitvragen aan de leden, met hun antwoorden")}
    query = Query(
        keys=(Key("overlegorgaan", "body_id", NumberInAddress(), OF_BODY),),
        sorts={"antwoordUiterlijkOp": "answer_by", "gevraagdOp": "asked_at"},
        usual="-asked_at",
    )

    def get_queryset(self) -> QuerySet[Inquiry]:
        return programs.inquiries_of_program(self.request.user)


class OneInquiry(ItemResource):
    """One question to the members."""

    serializer_class = shapes.Uitvraag
    read_scope = READ
    said: ClassVar[dict[str, Any]] = {"GET": _("Eén uitvraag")}
    parameter = "inquiry"

    def get_queryset(self) -> QuerySet[Inquiry]:
        return programs.inquiries_of_program(self.request.user)
