"""Requests for assistance: who answered what, who did not yet, and for whom a person may answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from regietafel.reception.engine import access
from regietafel.reception.models import AssistanceAnswer, AssistanceRequest
from regietafel.reception.selectors.access import (
    grants_of,
    may_coordinate,
    region_of_point,
    visible_requests,
)
from regietafel.register.public import Area, Organisation


@dataclass(frozen=True)
class AnswerRow:
    """One municipality with its answer; None while it did not answer, which is not 0."""

    municipality: Area
    answer: AssistanceAnswer | None
    may_answer: bool

    @property
    def places(self) -> int | None:
        """Return the places that were offered; None is unknown."""
        return self.answer.places if self.answer else None

    @property
    def from_on(self) -> date | None:
        """Return from which day; None is unknown."""
        return self.answer.from_on if self.answer else None


@dataclass(frozen=True)
class RequestState:
    """Where a request stands."""

    request: AssistanceRequest
    rows: tuple[AnswerRow, ...]

    @property
    def answered(self) -> int:
        """Return how many municipalities answered."""
        return sum(1 for row in self.rows if row.answer)

    @property
    def offered(self) -> int | None:
        """Return the places offered so far; None while nobody answered."""
        return sum(row.places or 0 for row in self.rows) if self.answered else None

    @property
    def short(self) -> int | None:
        """Return how many of the places asked were not offered yet, at least 0."""
        return None if self.offered is None else max(0, self.request.people - self.offered)

    @property
    def over(self) -> int | None:
        """Return how many places were offered beyond those asked, at least 0."""
        return None if self.offered is None else max(0, self.offered - self.request.people)

    @property
    def missing(self) -> tuple[Area, ...]:
        """Return who did not answer yet."""
        return tuple(row.municipality for row in self.rows if row.answer is None)


def municipalities_of(request: AssistanceRequest) -> tuple[Area, ...]:
    """Return the municipalities that were asked: those of the region."""
    region = region_of_point(request.organisation)
    return region.municipalities if region else ()


def municipality_ids(user: Any) -> set[int]:
    """Return the municipalities for which a person may answer: those he or she writes for."""
    grants = grants_of(user)
    own = [one.organisation_id for one in grants if access.may_coordinate(grants, one.organisation_id)]
    rows = Organisation.objects.filter(
        pk__in=own, kind=Organisation.Kind.MUNICIPALITY, area__kind=Area.Kind.MUNICIPALITY
    )
    return {pk for pk in rows.values_list("area_id", flat=True) if pk is not None}


def answers_for(user: Any, municipality: Area) -> bool:
    """Say whether a person may answer for a municipality."""
    return municipality.pk in municipality_ids(user)


def states_of(requests: Iterable[AssistanceRequest], user: Any) -> list[RequestState]:
    """Return where requests stand."""
    asked = list(requests)
    answers = AssistanceAnswer.objects.filter(request__in=[one.pk for one in asked])
    found = {
        (one.request_id, one.municipality_id): one
        for one in answers.select_related("municipality", "answered_by")
    }
    own = municipality_ids(user)
    return [_state(one, found, user=user, own=own) for one in asked]


def _state(
    request: AssistanceRequest,
    found: dict[tuple[int, int], AssistanceAnswer],
    *,
    user: Any,
    own: set[int],
) -> RequestState:
    is_open = request.closed_at is None
    points = is_open and may_coordinate(user, request.organisation_id)
    asked = {one.pk: one for one in municipalities_of(request)}
    asked |= {
        answer.municipality_id: answer.municipality
        for (pk, _area), answer in found.items()
        if pk == request.pk
    }
    rows = tuple(
        AnswerRow(area, found.get((request.pk, pk)), is_open and (points or pk in own))
        for pk, area in sorted(asked.items(), key=lambda pair: pair[1].name)
    )
    return RequestState(request, rows)


def answerable(user: Any, request: AssistanceRequest) -> QuerySet[Area]:
    """Return the municipalities for which a person may answer a request."""
    if request.closed_at is not None:
        return Area.objects.none()
    asked = {one.pk for one in municipalities_of(request)}
    kept = asked if may_coordinate(user, request.organisation_id) else asked & municipality_ids(user)
    return Area.objects.filter(pk__in=kept).defer("geometry").order_by("name")


def waiting_requests(user: Any) -> list[tuple[AssistanceRequest, Area]]:
    """Return the open requests with each municipality for which a person still owes an answer."""
    own = municipality_ids(user)
    if not own:
        return []
    rows = visible_requests(user).filter(closed_at__isnull=True).prefetch_related("answers")
    asked: dict[int, tuple[Area, ...]] = {}
    for request in rows:
        if request.organisation_id not in asked:
            asked[request.organisation_id] = municipalities_of(request)
    return [
        (request, area)
        for request in rows
        for area in asked[request.organisation_id]
        if area.pk in own and area.pk not in {one.municipality_id for one in request.answers.all()}
    ]
