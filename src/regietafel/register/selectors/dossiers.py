"""What a dossier shows: phases, facts, moments, people, papers, and how it is shared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.navigation import Notice
from regietafel.register.engine.sharing import Sharing
from regietafel.register.engine.workflow import EDGES, PhaseState, Step, step_between
from regietafel.register.models import (
    Area,
    Attachment,
    Confidentiality,
    Dossier,
    DossierMember,
    Fact,
    Link,
    Moment,
    Organisation,
    Phase,
    PhaseChange,
)
from regietafel.register.selectors.access import standing_of, visible_dossiers

SEARCH_LIMIT = 20
MOST_WORDS = 10


@dataclass(frozen=True)
class PhaseMark:
    """One phase on the bar: before, at or after where the dossier is, and since when."""

    label: str
    state: str
    since: date | None = None


@dataclass(frozen=True)
class PhaseOption:
    """A phase a dossier can go to, the kind of step that is, and why it asks for a reason."""

    phase: Phase
    step: Step
    needs_reason: bool
    ground: str


def phase_state(phase: Phase) -> PhaseState:
    """Return a phase as the rules see it."""
    return PhaseState(phase.code, phase.order, phase.is_closed)


def step_to(dossier: Dossier, target: Phase) -> Step:
    """Say what kind of step it is to bring a dossier to a phase."""
    phases = [phase_state(phase) for phase in Phase.objects.all()]
    return step_between(phase_state(dossier.phase), phase_state(target), phases=phases)


def phase_options(dossier: Dossier) -> list[PhaseOption]:
    """Return the phases a dossier can go to, in their order."""
    options = []
    for phase in Phase.objects.exclude(pk=dossier.phase_id):
        step = step_to(dossier, phase)
        options.append(PhaseOption(phase, step, EDGES[step].needs_reason, EDGES[step].ground))
    return options


def phase_bar(dossier: Dossier) -> list[PhaseMark]:
    """Return the phases with where the dossier is; a closed end is shown only to who is there."""
    last = PhaseChange.objects.filter(dossier=dossier, to_phase=dossier.phase).order_by("-created_at").first()
    since = timezone.localdate(last.created_at) if last else None
    marks = []
    for phase in Phase.objects.order_by("order"):
        if phase.pk == dossier.phase_id:
            marks.append(PhaseMark(phase.name, "current", since))
        elif not phase.is_closed:
            marks.append(PhaseMark(phase.name, "done" if phase.order < dossier.phase.order else "todo"))
    return marks


def current_facts(dossier: Dossier) -> QuerySet[Fact]:
    """Return what holds now: first what is known, then what is reserved, then what is not yet known."""
    order = [
        When(status=status, then=place)
        for place, status in enumerate((Fact.Status.KNOWN, Fact.Status.RESERVED, Fact.Status.UNKNOWN))
    ]
    facts = Fact.objects.filter(dossier=dossier, withdrawn_at__isnull=True, replaced_by__isnull=True)
    return facts.order_by(Case(*order, output_field=IntegerField()), "as_of", "pk").select_related(
        "created_by"
    )


def earlier_facts(dossier: Dossier) -> QuerySet[Fact]:
    """Return what was replaced or withdrawn, newest first."""
    gone = Q(withdrawn_at__isnull=False) | Q(replaced_by__isnull=False)
    return Fact.objects.filter(gone, dossier=dossier).select_related("replaced_by").order_by("-created_at")


def shown_moments(dossier: Dossier) -> QuerySet[Moment]:
    """Return the moments that were not withdrawn, in order of time."""
    return Moment.objects.filter(dossier=dossier, withdrawn_at__isnull=True).order_by("starts_at")


def open_moments(dossier: Dossier, now: datetime) -> list[Moment]:
    """Return what is still to come, and the terms that are over and not done."""
    late = Q(kind=Moment.Kind.DEADLINE, starts_at__lt=now)
    return list(shown_moments(dossier).filter(Q(starts_at__gte=now) | late, done_at__isnull=True))


def members_of(dossier: Dossier) -> QuerySet[DossierMember]:
    """Return who takes part today."""
    today = timezone.localdate()
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    return DossierMember.objects.filter(lasting, dossier=dossier).select_related("user", "organisation")


def attachments_of(dossier: Dossier, words: str = "") -> QuerySet[Attachment]:
    """Return the papers that were not removed and hold all the words in name, description or text."""
    papers = Attachment.objects.filter(dossier=dossier, removed_at__isnull=True).defer("text")
    for word in _words(words):
        papers = papers.filter(
            Q(name__icontains=word) | Q(description__icontains=word) | Q(text__icontains=word)
        )
    return papers.select_related("created_by").order_by("-created_at", "-pk")


def removed_attachments(dossier: Dossier) -> QuerySet[Attachment]:
    """Return the papers that were taken out of sight, newest first."""
    gone = Attachment.objects.filter(dossier=dossier, removed_at__isnull=False)
    return gone.defer("text").order_by("-removed_at")


def links_of(dossier: Dossier, *, removed: bool = False) -> QuerySet[Link]:
    """Return the links of a dossier; with `removed` those that were taken out of sight."""
    return Link.objects.filter(dossier=dossier, removed_at__isnull=not removed)


def sharing_of(dossier: Dossier) -> Sharing:
    """Return how a dossier is shared, for the rules."""
    ids = frozenset(dossier.shared_with.values_list("pk", flat=True))
    return Sharing(dossier.confidentiality, dossier.shared_with_region, ids)


def sharing_in_words(dossier: Dossier) -> str:
    """Say in one line who may read a dossier, such as "intern, gedeeld met de regio"."""
    shared = [_("de regio")] if dossier.shared_with_region else []
    names = [organisation.name for organisation in dossier.shared_with.all()]
    shared += names if len(names) <= 2 else [_("%(count)s organisaties") % {"count": len(names)}]
    level = Confidentiality(dossier.confidentiality).label
    if not shared:
        return str(level)
    return _("%(level)s, gedeeld met %(whom)s") % {"level": level, "whom": _(" en ").join(shared)}


def directory(dossier: Dossier | None = None) -> QuerySet[Organisation]:
    """Return the organisations a dossier can be shared with: all that are active, except its owner."""
    rows = Organisation.objects.filter(is_active=True)
    return rows.exclude(pk=dossier.organisation_id) if dossier is not None else rows


def dossiers_i_take_part_in(user: Any, rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Keep the dossiers in which a person takes part."""
    return rows.filter(pk__in=standing_of(user).dossier_ids)


def dossiers_of_my_organisations(user: Any, rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Keep the dossiers that belong to the organisations where a person has a role."""
    return rows.filter(organisation_id__in={grant.organisation_id for grant in standing_of(user).grants})


def search_dossiers(user: Any, words: str) -> list[Notice]:
    """Return the dossiers a person may read in which all words occur somewhere, each with where."""
    asked = _words(words)
    if not asked:
        return []
    found: dict[int, Notice] = {}
    for kind, dossiers in _places(user, asked):
        for dossier in dossiers:
            found.setdefault(dossier.pk, _hit(dossier, kind))
    return sorted(found.values(), key=lambda hit: hit.at, reverse=True)[:SEARCH_LIMIT]


def _places(user: Any, words: list[str]) -> Iterable[tuple[str, QuerySet[Dossier]]]:
    own = visible_dossiers(user)
    for word in words:
        own = own.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(reference__icontains=word))
    yield _("Dossier"), own[:SEARCH_LIMIT]
    parts: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
        (
            _("Feit in dossier"),
            Fact.objects.filter(withdrawn_at__isnull=True, replaced_by__isnull=True),
            ("text", "source"),
        ),
        (
            _("Moment in dossier"),
            Moment.objects.filter(withdrawn_at__isnull=True),
            ("title", "place", "note"),
        ),
        (
            _("Bijlage in dossier"),
            Attachment.objects.filter(removed_at__isnull=True),
            ("name", "description", "text"),
        ),
    )
    for kind, rows, paths in parts:
        for word in words:
            rule = Q()
            for path in paths:
                rule |= Q(**{f"{path}__icontains": word})
            rows = rows.filter(rule)
        yield kind, visible_dossiers(user).filter(pk__in=rows.values("dossier_id"))[:SEARCH_LIMIT]


def _hit(dossier: Dossier, kind: str) -> Notice:
    return Notice(
        at=dossier.updated_at,
        kind=kind,
        title=dossier.title,
        url=reverse("dossier", args=[dossier.pk]),
        detail=f"{dossier.organisation} · {dossier.phase}",
        dossier_id=dossier.pk,
    )


def _words(text: str) -> list[str]:
    return text.replace("\x00", "").split()[:MOST_WORDS]


def phase_choices(_user: Any) -> list[tuple[int, str]]:
    """Return the phases, for a filter."""
    return list(Phase.objects.values_list("pk", "name"))


def organisation_choices(user: Any) -> list[tuple[int, str]]:
    """Return the organisations whose dossiers a person may read, for a filter."""
    ids = visible_dossiers(user).order_by().values("organisation_id")
    return list(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))


def area_choices(user: Any) -> list[tuple[int, str]]:
    """Return the areas of the dossiers a person may read, for a filter."""
    ids = visible_dossiers(user).order_by().filter(area__isnull=False).values("area_id")
    return list(Area.objects.filter(pk__in=ids).values_list("pk", "name"))
