"""The tables of the fictional region: bodies, meetings and what came of them, told through the services."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from regietafel.deliberation.engine.agenda import agenda_lines
from regietafel.deliberation.models import AgendaItem, Body, Entry, Inquiry, Meeting
from regietafel.deliberation.services.agenda import change_item, fill_agenda
from regietafel.deliberation.services.bodies import add_seat, create_body, save_portfolios
from regietafel.deliberation.services.confirming import confirm_minutes
from regietafel.deliberation.services.following import (
    close_bottleneck,
    escalate,
    reply_escalation,
    report_action,
)
from regietafel.deliberation.services.inquiries import Answer, answer_inquiry, ask_members
from regietafel.deliberation.services.meetings import (
    change_meeting,
    close_meeting,
    invite_guest,
    note_attendance,
    open_meeting,
    plan_meeting,
)
from regietafel.deliberation.services.noting import add_entry, write_notes
from regietafel.kit.clock import Story, as_if
from regietafel.register.public import Dossier, Organisation, User

PLANNED_BEFORE = 12
SETTING_UP = -40
Happening = tuple[int, Callable[[], Any]]


@dataclass(frozen=True)
class Stage(Story):
    """The day that counts as today, who acts, for whom, and about what."""

    people: Mapping[str, User]
    organisations: Mapping[str, Organisation]
    dossiers: Mapping[str, Dossier]


@transaction.atomic
def tell_demo_deliberation(*, script: Mapping[str, Any], stage: Stage) -> None:
    """Set up the bodies of the script and hold their meetings, each on its day."""
    for plan in script["overleg"]:
        with as_if(stage.at(SETTING_UP)):
            body = _body(plan, stage)
        for day, tell in sorted(_happenings(plan, body, stage=stage), key=lambda one: one[0]):
            with as_if(stage.at(min(day, 0))):
                tell()


def _body(plan: Mapping[str, Any], stage: Stage) -> Body:
    by = stage.people[plan["door"]]
    body = create_body(
        organisation=stage.organisations[plan["secretariaat"]],
        by=by,
        kind=plan["soort"],
        name=plan["naam"],
        purpose=plan["waarvoor"],
        confidentiality=plan.get("vertrouwelijkheid", 1),
        interval_weeks=plan["om_de_weken"],
        starts_at=time.fromisoformat(plan["begint"]),
        minutes=plan["minuten"],
        place=plan["plaats"],
        until_when=plan.get("tot_wanneer", ""),
        fixed_items=[_numbered(line) for line in plan["vaste_punten"]],
        process=[_agreed(line) for line in plan.get("werkafspraken", ())],
    )
    seats = {}
    for entry in plan["zetel"]:
        seat = add_seat(
            body=body,
            by=by,
            organisation=stage.organisations.get(entry.get("organisatie", "")),
            function=entry.get("functie", ""),
            part=entry.get("rol", "lid"),
            person=stage.people.get(entry.get("persoon", "")),
            deputy=entry.get("plaatsvervanger", ""),
            email=entry.get("email", ""),
        )
        seats[str(seat)] = seat
    rows = [(one["thema"], seats[one["zetel"]], one["projectleider"]) for one in plan.get("portefeuille", ())]
    save_portfolios(body=body, rows=rows, by=by)
    return body


def _numbered(line: str) -> dict[str, str]:
    ((number, title),) = agenda_lines(line)
    return {"nummer": number, "titel": title}


def _agreed(line: str) -> dict[str, str]:
    step, _colon, agreement = line.partition(": ")
    return {"stap": step, "afspraak": agreement}


def _happenings(plan: Mapping[str, Any], body: Body, *, stage: Stage) -> Iterator[Happening]:
    by = stage.people[plan["door"]]
    for part in plan["vergadering"]:
        held: list[Meeting] = []
        telling = _Telling(part, body, held, by, stage)
        yield part["dag"] - PLANNED_BEFORE, telling.plan
        yield part["dag"] - 1, telling.prepare
        if part["dag"] < 0:
            yield part["dag"], telling.hold
        if "vastgesteld_dag" in part:
            yield part["vastgesteld_dag"] + 1, telling.confirm
        for entry in (line for item in part.get("punt", ()) for line in item["regels"]):
            if "teruggemeld" in entry:
                yield entry["teruggemeld_dag"], partial(telling.report, entry)
            if asked := entry.get("doorgeleid"):
                yield asked["dag"], partial(telling.ask_above, entry)
                yield asked["antwoord_dag"], partial(telling.answer_from_above, entry)
    for part in plan.get("uitvraag", ()):
        yield part["dag"], partial(_ask, part, body, stage=stage, by=by)


@dataclass
class _Telling:
    """One meeting of the script, told step by step."""

    part: Mapping[str, Any]
    body: Body
    held: list[Meeting]
    by: User
    stage: Stage

    @property
    def meeting(self) -> Meeting:
        return Meeting.objects.get(pk=self.held[0].pk)

    def plan(self) -> None:
        assert self.body.starts_at is not None
        starts_at = datetime.combine(self.stage.day(self.part["dag"]), self.body.starts_at)
        self.held.append(plan_meeting(body=self.body, starts_at=timezone.make_aware(starts_at), by=self.by))
        for guest in self.part.get("gasten", ()):
            told = {"function": guest["functie"], "email": guest.get("email", "")}
            invite_guest(meeting=self.held[0], by=self.by, **told)
        for number in self.part.get("voor_gasten", ()):
            change_item(item=self.held[0].items.get(number=number), by=self.by, for_guests=True)

    def prepare(self) -> None:
        fill_agenda(meeting=self.meeting, by=self.by)
        if self.part.get("uitgenodigd") or self.part["dag"] < 0:
            Meeting.objects.filter(pk=self.held[0].pk).update(
                state=Meeting.State.INVITED, invited_at=timezone.now()
            )

    def hold(self) -> None:
        meeting = open_meeting(meeting=self.meeting, by=self.by)
        for item in self.part.get("punt", ()):
            self._discuss(meeting.items.get(number=item["nummer"], kind="vast"), item)
        self._attend(meeting)
        changed = change_meeting(
            meeting=meeting, revision=meeting.revision, by=self.by, press_line=self.part["perslijn"]
        )
        close_meeting(meeting=changed, by=self.by)

    def _discuss(self, item: AgendaItem, part: Mapping[str, Any]) -> None:
        if "thema" in part:
            item = change_item(item=item, by=self.by, theme=part["thema"])
        if "dossier" in part:
            item = change_item(
                item=item,
                by=self.by,
                dossier=self.stage.dossiers[part["dossier"]],
                confidentiality=2 if part.get("vertrouwelijk") else item.confidentiality,
            )
        write_notes(item=item, text=part["besproken"], was="", by=self.by)
        for line in part["regels"]:
            self._note(item, line)

    def _note(self, item: AgendaItem, line: Mapping[str, Any]) -> None:
        entry = add_entry(
            item=item,
            kind=line["soort"],
            text=line["tekst"],
            by=self.by,
            explanation=line.get("toelichting", ""),
            condition_kind=line.get("voorwaarde_soort", ""),
            condition=line.get("voorwaarde", ""),
            owner_organisation=self.stage.organisations.get(line.get("organisatie", "")),
            owner_function=line.get("functie", ""),
            owner_person=self.stage.people.get(line.get("persoon", "")),
            due_on=self.stage.day(line["termijn"]) if "termijn" in line else None,
            due_written=line.get("termijn_tekst", ""),
            feedback_via=line.get("via", ""),
        )
        if begun := line.get("lost_op"):
            stuck = Entry.objects.get(item__meeting__body=self.body, kind="K", text__startswith=begun)
            close_bottleneck(entry=stuck, through=entry, by=self.by)

    def _attend(self, meeting: Meeting) -> None:
        replaced = self.part.get("vervangen", {})
        for one in meeting.attendances.select_related("seat__organisation", "guest"):
            name = str(one.seat or one.guest)
            status = (
                "afgemeld"
                if name in self.part.get("afgemeld", ())
                else "afwezig"
                if name in self.part.get("afwezig", ())
                else "vervangen"
                if name in replaced
                else "aanwezig"
            )
            note_attendance(attendance=one, status=status, by=self.by, replaced_by=replaced.get(name, ""))

    def confirm(self) -> None:
        following = Meeting.objects.filter(body=self.body, starts_at__gt=self.meeting.starts_at)
        confirm_minutes(
            meeting=self.meeting, by=self.by, confirmed_in=following.order_by("starts_at").first()
        )

    def report(self, line: Mapping[str, Any]) -> None:
        report_action(entry=self._line(line), report=line["teruggemeld"], is_done=True, by=self.by)

    def ask_above(self, line: Mapping[str, Any]) -> None:
        asked = line["doorgeleid"]
        escalate(entry=self._line(line), question=asked["vraag"], to_name=asked["aan"], by=self.by)

    def answer_from_above(self, line: Mapping[str, Any]) -> None:
        asked = self._line(line).escalations.get()
        reply_escalation(escalation=asked, reply=line["doorgeleid"]["antwoord"], by=self.by)

    def _line(self, line: Mapping[str, Any]) -> Entry:
        return Entry.objects.get(item__meeting=self.held[0], text=line["tekst"])


def _ask(part: Mapping[str, Any], body: Body, *, stage: Stage, by: User) -> None:
    inquiry: Inquiry = ask_members(
        body=body,
        question=part["vraag"],
        answer_by=stage.day(part["uiterlijk"]),
        by=by,
        form=part["soort"],
        unit=part.get("eenheid", ""),
    )
    for one in part["antwoorden"]:
        answer = Answer(text=one.get("tekst", ""), number=Decimal(one["getal"]))
        answer_inquiry(
            inquiry=inquiry, organisation=stage.organisations[one["organisatie"]], answer=answer, by=by
        )
