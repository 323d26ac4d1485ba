"""Decisions, bottlenecks and actions across meetings, and what is owed: lists to search and take along."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.deliberation.engine import wording
from regietafel.deliberation.engine.folding import folded
from regietafel.deliberation.models import Entry
from regietafel.deliberation.selectors.entries import (
    bodies_with_entries,
    days_late,
    due_within,
    last_day_of,
    late_on,
    listed_actions,
    listed_entries,
    of_organisations,
    of_person,
    owners_of_entries,
    reporter,
    themes_with_entries,
    with_open_condition,
    years_of_entries,
)
from regietafel.deliberation.selectors.minutes import owner_of
from regietafel.deliberation.services.exporting import note_entries
from regietafel.deliberation.views.pages import BodyPage
from regietafel.kernel import dutch
from regietafel.kit.lists import Column, Filter, ListSpec, listing, select
from regietafel.kit.pages import Action, Empty, Header, ListPage
from regietafel.register.public import own_organisations

ENTRY_BADGES = {
    Entry.State.OPEN: "info",
    Entry.State.CLOSED: "ok",
    Entry.State.WITHDRAWN: "neutraal",
    Entry.State.REPLACED: "neutraal",
}
MINE = "mijn"
PERIODS = {"30": gettext_lazy("afgelopen 30 dagen"), "90": gettext_lazy("afgelopen 90 dagen")}
KEYS = 9


def term_told(entry: Entry) -> str:
    """Say a term with its last day."""
    return wording.term_told(entry.due_on, is_inclusive=entry.due_is_inclusive, written=entry.due_written)


def condition_told(entry: Entry) -> str:
    """Say a condition and whether it is met."""
    if not entry.condition_kind:
        return ""
    words = wording.condition_told(entry.condition_kind, entry.condition)
    if entry.condition_met_at is None:
        return _("%s (loopt nog)") % words
    return _("%(words)s (vervuld op %(day)s)") % {"words": words, "day": dutch.date(entry.condition_met_at)}


def state_told(entry: Entry) -> str:
    """Say how a line stands; a decision that holds is not called open."""
    if entry.kind == Entry.Kind.DECISION and entry.state == Entry.State.OPEN:
        return _("geldt onder voorwaarde") if waits_for_condition(entry) else _("geldt")
    return entry.get_state_display()


def waits_for_condition(entry: Entry) -> bool:
    """Say whether a line holds under a condition that is not met yet."""
    is_open = entry.state == Entry.State.OPEN
    return is_open and bool(entry.condition_kind) and entry.condition_met_at is None


def badge_of(entry: Entry) -> str:
    """Return the kind of badge of a line."""
    is_doubtful = entry.condition_kind in (Entry.Condition.PROVIDED, Entry.Condition.UNLESS)
    return "let-op" if is_doubtful and waits_for_condition(entry) else ENTRY_BADGES[Entry.State(entry.state)]


def shown_text(entry: Entry) -> Any:
    """Return the text of a line; what was taken back is struck through, with the reason."""
    if entry.state != Entry.State.WITHDRAWN:
        return entry.text
    reason = _("Ingetrokken: %s") % entry.withdrawn_reason
    return format_html('<s>{}</s> <span class="rt-soft">{}</span>', entry.text, reason)


def _sits(entry: Entry) -> str:
    return f"{entry.item.number} {entry.item.title}".strip()


def _day(entry: Entry) -> Any:
    return timezone.localtime(entry.item.meeting.starts_at).date()


TEXT = Column("tekst", gettext_lazy("Tekst"), shown_text, key_fact=True)
KIND = Column("soort", gettext_lazy("Soort"), "get_kind_display", sort=("kind",), key_fact=True)
MEETING = Column(
    "vergadering",
    gettext_lazy("Vergadering"),
    _day,
    sort=("item__meeting__starts_at", "-item__meeting_id", "-item__order", "-order"),
)
BODY = Column(
    "overleg", gettext_lazy("Overleg"), "item.meeting.body.name", sort=("item__meeting__body__name",)
)
OWNER = Column("actiehouder", gettext_lazy("Actiehouder"), owner_of, sort=("owner_organisation__name",))
TERM = Column("termijn", gettext_lazy("Termijn"), term_told, sort=("term_order", "due_is_inclusive"))
STATE = Column(
    "stand",
    gettext_lazy("Stand"),
    state_told,
    sort=("state",),
    badge=badge_of,
    key_fact=True,
)
EXPORTED = (
    BODY,
    MEETING,
    Column("punt", gettext_lazy("Agendapunt"), _sits),
    KIND,
    Column("tekst", gettext_lazy("Tekst"), "text"),
    Column("toelichting", gettext_lazy("Toelichting"), "explanation"),
    Column("stand", gettext_lazy("Stand"), state_told, sort=("state",)),
    Column("voorwaarde", gettext_lazy("Voorwaarde"), condition_told),
    OWNER,
    Column("uiterlijk", gettext_lazy("Uiterlijk op"), last_day_of),
    TERM,
    Column("terugmelding", gettext_lazy("Terugmelding"), "report"),
    Column("teruggemeld", gettext_lazy("Teruggemeld op"), "reported_at"),
    Column("reden", gettext_lazy("Reden van intrekken"), "withdrawn_reason"),
)


def _bodies(user: Any) -> Iterable[tuple[Any, Any]]:
    return bodies_with_entries(user).values_list("pk", "name")


def _owners(user: Any) -> list[tuple[Any, Any]]:
    owners = list(owners_of_entries(user).values_list("pk", "name"))
    return [(MINE, _("mijn organisatie")), *owners]


def _owned(user: Any) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    def kept(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(of_organisations(user) if value == MINE else Q(owner_organisation_id=value))

    return kept


def _periods(user: Any) -> list[tuple[Any, Any]]:
    return [*PERIODS.items(), *((str(year), str(year)) for year in years_of_entries(user))]


def _in_period(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value in PERIODS:
        since = timezone.now() - timedelta(days=int(value))
        return rows.filter(item__meeting__starts_at__gte=since)
    return rows.filter(item__meeting__starts_at__year=int(value))


def _by_condition(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "loopt":
        return rows.filter(with_open_condition())
    return rows.filter(condition_met_at__isnull=False)


def _filters(user: Any) -> tuple[Filter, ...]:
    conditions = [("loopt", _("loopt nog")), ("vervuld", _("vervuld"))]
    return (
        Filter("soort", _("Soort"), lambda _user: Entry.Kind.choices, "kind"),
        Filter("overleg", _("Overleg"), _bodies, "item__meeting__body_id"),
        Filter("stand", _("Stand"), lambda _user: Entry.State.choices, "state"),
        Filter(
            "thema", _("Thema"), lambda user: [(one, one) for one in themes_with_entries(user)], "item__theme"
        ),
        Filter("van", _("Actiehouder"), _owners, _owned(user)),
        Filter("periode", _("Periode"), _periods, _in_period),
        Filter("voorwaarde", _("Voorwaarde"), lambda _user: conditions, _by_condition),
    )


def _spec(columns: tuple[Column, ...], filters: tuple[Filter, ...], *, sort: str, name: str) -> ListSpec:
    return ListSpec(
        columns=columns,
        filters=filters,
        search=("search_text",),
        default_sort=sort,
        export_name=name,
        fold=folded,
    )


class EntryList(ListPage):
    """A list of lines of minutes; a file holds more columns of exactly the same lines, and is noted."""

    columns: tuple[Column, ...] = (TEXT, KIND, STATE, MEETING, BODY, OWNER, TERM)
    sort = "-vergadering"
    export_name = "besluiten"

    def filters(self) -> tuple[Filter, ...]:
        """Return the choices above the list."""
        return _filters(self.request.user)

    def shown_columns(self) -> tuple[Column, ...]:
        """Return the columns of the page; a file has its own."""
        return self.columns

    @property
    def spec(self) -> ListSpec:  # type: ignore[override]
        """Return what a file of this list holds."""
        return _spec(EXPORTED, self.filters(), sort=self.sort, name=self.export_name)

    def rows(self) -> QuerySet[Entry]:
        return listed_entries(self.request.user)

    def url_of(self, subject: Entry) -> str:
        return reverse("entry", args=[subject.pk])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.GET.get("uit"):
            kept = select(self.spec, self.rows(), params=request.GET, user=request.user)
            note_entries(entries=kept, what=_("lijst als bestand"), by=request.user)
            return self._export(request.GET["uit"])
        spec = _spec(self.shown_columns(), self.filters(), sort=self.sort, name=self.export_name)
        shown = listing(spec, self.rows(), params=request.GET, user=request.user, url_of=self.url_of)
        return self.show(listing=shown, empty=self.empty())


class Decisions(EntryList):
    """Everything decided, stuck and promised that a person may read."""

    def header(self) -> Header:
        return Header(
            _("Besluiten, knelpunten en acties"),
            _("Wat in uw overleggen is besloten, wat vastzit en wie wat doet."),
            ((_("Overleg"), reverse("bodies")), (_("Besluiten, knelpunten en acties"), None)),
        )

    def empty(self) -> Empty:
        return Empty(
            _("Er is nog niets vastgelegd."),
            _("Besluiten, knelpunten en acties komen hier zodra een vergadering is gesloten."),
        )


class BodyDecisions(BodyPage, EntryList):
    """Everything decided, stuck and promised in one body."""

    columns = (TEXT, KIND, STATE, MEETING, OWNER, TERM)

    def filters(self) -> tuple[Filter, ...]:
        return tuple(one for one in super().filters() if one.name != "overleg")

    def rows(self) -> QuerySet[Entry]:
        return super().rows().filter(item__meeting__body=self.body)

    def empty(self) -> Empty:
        return Empty(
            _("In dit overleg is nog niets vastgelegd."),
            _("Besluiten, knelpunten en acties komen hier zodra een vergadering is gesloten."),
        )


ACTION_STATES = {"afgerond": Entry.State.CLOSED, "ingetrokken": Entry.State.WITHDRAWN}


def _by_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(state=ACTION_STATES[value]) if value in ACTION_STATES else rows


def _by_term(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    today = timezone.localdate()
    rules = {"te-laat": late_on(today), "week": due_within(today, 7), "zonder": Q(due_on__isnull=True)}
    return rows.filter(rules[value])


def _lateness(entry: Entry) -> str:
    last = last_day_of(entry)
    if entry.state != Entry.State.OPEN:
        return entry.get_state_display()
    return dutch.lateness(last, today_on=timezone.localdate()) if last else _("geen termijn")


def _lateness_badge(entry: Entry) -> str:
    if entry.state != Entry.State.OPEN:
        return ENTRY_BADGES[Entry.State(entry.state)]
    if days_late(entry):
        return "fout"
    last = last_day_of(entry)
    return "let-op" if last and (last - timezone.localdate()).days <= 3 else "neutraal"


class Actions(EntryList):
    """What is owed, late first; open unless somebody asks for the rest."""

    template_name = "deliberation/actions.html"
    tab_set = "actions"
    sort = "termijn"
    export_name = "acties"

    def header(self) -> Header:
        return Header(
            _("Acties"),
            _("Wie wat doet en voor wanneer. Wat te laat is, staat bovenaan."),
            ((_("Overleg"), reverse("bodies")), (_("Acties"), None)),
        )

    def filters(self) -> tuple[Filter, ...]:
        states = [("afgerond", _("afgerond")), ("ingetrokken", _("ingetrokken")), ("alle", _("alle standen"))]
        terms = [
            ("te-laat", _("te laat")),
            ("week", _("komende zeven dagen")),
            ("zonder", _("zonder termijn")),
        ]
        return (
            Filter("termijn", _("Termijn"), lambda _user: terms, _by_term),
            Filter("overleg", _("Overleg"), _bodies, "item__meeting__body_id"),
            Filter("stand", _("Stand"), lambda _user: states, _by_state, empty_label=_("open")),
        )

    def shown_columns(self) -> tuple[Column, ...]:
        may_report, keys = reporter(self.request.user), iter(range(1, KEYS + 1))

        def tool(entry: Entry) -> Any:
            if not may_report(entry):
                return ""
            key = next(keys, None)
            words = format_html(' data-key="{}"', key) if key else ""
            return format_html(
                '<a class="utrecht-button utrecht-button--secondary-action utrecht-button--small"'
                ' href="{}?van={}"{}>{}<span class="rt-hidden"> {}</span></a>',
                reverse("entry-report", args=[entry.pk]),
                self.request.path,
                words,
                _("Meld\N{NO-BREAK SPACE}terug"),
                entry.text[:60],
            )

        late = Column("stand", _("Stand"), _lateness, badge=_lateness_badge, key_fact=True)
        report = Column("meld", _("Terugmelden"), tool, key_fact=True)
        return (TEXT, late, TERM, OWNER, BODY, MEETING, report)

    def rows(self) -> QuerySet[Entry]:
        rows = listed_actions(self.request.user)
        return rows if self.request.GET.get("stand") else rows.filter(state=Entry.State.OPEN)

    def empty(self) -> Empty:
        return Empty(_("Er staan geen acties open."), _("Acties komen uit de verslagen van uw overleggen."))


class MyActions(Actions):
    """What a person owes in person."""

    def empty(self) -> Empty:
        more = Action(_("Acties van mijn organisatie"), reverse("actions-organisation"))
        text = _("Op uw eigen naam staat niets open. Uw organisatie kan wel acties hebben.")
        return Empty(_("U heeft geen open acties."), text, more)

    def rows(self) -> QuerySet[Entry]:
        return super().rows().filter(of_person(self.request.user))


class OrganisationActions(Actions):
    """What the own organisations owe."""

    def empty(self) -> Empty:
        more = Action(_("Alle acties die ik mag lezen"), reverse("actions"))
        return Empty(_("Uw organisatie heeft geen open acties."), super().empty().text, more)

    def rows(self) -> QuerySet[Entry]:
        return super().rows().filter(of_organisations(self.request.user))

    def context(self) -> dict[str, Any]:
        return {"organisations": own_organisations(self.request.user)}


urlpatterns = [
    path("overleg/besluiten", Decisions.as_view(), name="decisions"),
    path("overleg/acties", Actions.as_view(), name="actions"),
    path("overleg/acties/van-mij", MyActions.as_view(), name="actions-mine"),
    path("overleg/acties/organisatie", OrganisationActions.as_view(), name="actions-organisation"),
    path("overleg/<int:pk>/besluiten", BodyDecisions.as_view(), name="body-decisions"),
]
