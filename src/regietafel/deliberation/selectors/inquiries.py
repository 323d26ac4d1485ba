"""Questions to the members: who answered what, who did not, and what it comes to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from regietafel.deliberation.engine.tallying import Reply, Tally, tally
from regietafel.deliberation.models import Body, Inquiry, InquiryAnswer, Seat
from regietafel.deliberation.selectors.access import keeps, reader_of, seats_in_force, visible_inquiries
from regietafel.kernel import dutch
from regietafel.register.public import Organisation


@dataclass(frozen=True)
class AnswerRow:
    """One organisation with its answer; None while it did not answer."""

    organisation: Organisation
    answer: InquiryAnswer | None
    is_seated: bool = True
    may_answer: bool = False

    @property
    def number(self) -> str:
        """Return the number that was answered, in words; unknown is not 0."""
        return _written(self.answer.number if self.answer else None)


@dataclass(frozen=True)
class InquiryState:
    """Where a question stands."""

    inquiry: Inquiry
    rows: tuple[AnswerRow, ...]
    tally: Tally

    @property
    def total(self) -> str:
        """Return the sum of the numbers, in words; unknown without any number."""
        return _written(self.tally.total)

    @property
    def missing(self) -> tuple[Organisation, ...]:
        """Return who did not answer yet."""
        return tuple(row.organisation for row in self.rows if row.is_seated and row.answer is None)


def _written(value: Decimal | None) -> str:
    if value is None:
        return dutch.UNKNOWN
    return dutch.number(value, decimals=0 if value == value.to_integral_value() else 2)


def seated_organisations(bodies: Iterable[int]) -> dict[int, dict[int, Organisation]]:
    """Return per body the organisations with a seat today, in the order of the table."""
    seats = Seat.objects.filter(seats_in_force(), body__in=list(bodies), organisation__isnull=False)
    found: dict[int, dict[int, Organisation]] = defaultdict(dict)
    for seat in seats.select_related("organisation").order_by("body_id", "order", "pk"):
        assert seat.organisation is not None
        found[seat.body_id].setdefault(seat.organisation.pk, seat.organisation)
    return found


def states_of(inquiries: Iterable[Inquiry], user: Any = None) -> list[InquiryState]:
    """Return where questions stand, with two questions to the database however many there are."""
    asked = list(inquiries)
    seated = seated_organisations({one.body_id for one in asked})
    answers: dict[int, dict[int, InquiryAnswer]] = defaultdict(dict)
    rows = InquiryAnswer.objects.filter(inquiry__in=[one.pk for one in asked])
    for answer in rows.select_related("organisation", "answered_by"):
        answers[answer.inquiry_id][answer.organisation_id] = answer
    may = _answerable(user)
    return [_state(one, seated[one.body_id], answers=answers[one.pk], may=may) for one in asked]


def _answerable(user: Any) -> set[int]:
    return {grant.organisation_id for grant in reader_of(user).grants if grant.may_write}


def _state(
    inquiry: Inquiry,
    seated: dict[int, Organisation],
    *,
    answers: dict[int, InquiryAnswer],
    may: set[int],
) -> InquiryState:
    is_open = inquiry.closed_at is None
    rows = [
        AnswerRow(organisation, answers.get(pk), may_answer=is_open and pk in may)
        for pk, organisation in seated.items()
    ]
    left = [one for pk, one in answers.items() if pk not in seated]
    rows += [AnswerRow(one.organisation, one, is_seated=False) for one in left]
    replies = [Reply(organisation_id=pk, number=one.number, is_yes=one.is_yes) for pk, one in answers.items()]
    return InquiryState(inquiry, tuple(rows), tally(seated.keys(), replies))


def inquiries_of(user: Any, body: Body) -> QuerySet[Inquiry]:
    """Return the questions of a body, open ones first."""
    return visible_inquiries(user).filter(body=body).order_by("closed_at", "answer_by", "pk")


def answering_choices(user: Any, inquiry: Inquiry) -> list[Organisation]:
    """Return for which organisations a person may answer: the own ones, and all for the secretariat."""
    seated = seated_organisations({inquiry.body_id})[inquiry.body_id]
    if keeps(user, inquiry.body):
        return list(seated.values())
    may = _answerable(user)
    return [organisation for pk, organisation in seated.items() if pk in may]


def organisations_among(organisations: Iterable[Organisation]) -> QuerySet[Organisation]:
    """Return organisations as rows to choose from."""
    return Organisation.objects.filter(pk__in=[one.pk for one in organisations]).order_by("name")


def answer_of(inquiry: Inquiry, organisation_id: int) -> InquiryAnswer | None:
    """Return what an organisation answered, when it did."""
    return InquiryAnswer.objects.filter(inquiry=inquiry, organisation_id=organisation_id).first()


def waiting_inquiries(user: Any) -> QuerySet[Inquiry]:
    """Return the open questions to which an organisation of this person did not answer yet."""
    may = _answerable(user)
    unanswered = Seat.objects.filter(
        seats_in_force(),
        ~Exists(
            InquiryAnswer.objects.filter(
                inquiry=OuterRef(OuterRef("pk")), organisation_id=OuterRef("organisation_id")
            )
        ),
        body=OuterRef("body_id"),
        organisation_id__in=may,
    )
    rows = visible_inquiries(user).filter(Exists(unanswered), closed_at__isnull=True)
    return rows.order_by("answer_by", "pk")
