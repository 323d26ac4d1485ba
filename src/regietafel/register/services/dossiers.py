"""Making, changing, sharing and moving on a dossier."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from regietafel.kit.changes import assign, differences
from regietafel.kit.refusal import Refused
from regietafel.register.engine.sharing import Sharing, widenings
from regietafel.register.engine.workflow import EDGES
from regietafel.register.models import Area, Confidentiality, Dossier, Organisation, Phase, PhaseChange
from regietafel.register.selectors.access import may
from regietafel.register.selectors.dossiers import sharing_of, step_to
from regietafel.register.services.writing import Change, author_of, lock_dossier, log


@dataclass(frozen=True)
class DossierContent:
    """What a dossier says about itself."""

    title: str
    kind: str
    summary: str = ""
    reference: str = ""
    area: Area | None = None


@dataclass(frozen=True)
class SharingChoice:
    """Who may read a dossier besides its owner."""

    confidentiality: int = Confidentiality.INTERNAL
    with_region: bool = False
    organisations: tuple[Organisation, ...] = field(default_factory=tuple)

    @property
    def sharing(self) -> Sharing:
        """Return the same as numbers, for the rules."""
        return Sharing(self.confidentiality, self.with_region, frozenset(o.pk for o in self.organisations))


@transaction.atomic
def create_dossier(
    *,
    organisation: Organisation,
    content: DossierContent,
    confidentiality: int = Confidentiality.INTERNAL,
    by: Any,
) -> Dossier:
    """Make a dossier in the first phase, seen by the own organisation only."""
    if by is not None and not may(by, "may_write", organisation_id=organisation.pk):
        raise PermissionDenied
    first = Phase.objects.order_by("order").first()
    if first is None:
        raise Refused(_("Er zijn nog geen fasen. Laat de beheerder de referentiegegevens laden."))
    values = _values(content) | {"confidentiality": confidentiality}
    dossier = Dossier(organisation=organisation, phase=first, created_by=author_of(by))
    changes = differences(dossier, values)
    assign(dossier, values)
    PhaseChange.objects.create(dossier=dossier, to_phase=first, created_by=author_of(by))
    log(dossier, dossier, change=Change("dossier.gemaakt", changes), by=by)
    return dossier


def _values(content: DossierContent) -> dict[str, Any]:
    return {name: getattr(content, name) for name in ("title", "kind", "summary", "reference", "area")}


@transaction.atomic
def change_dossier(
    *, dossier: Dossier, content: DossierContent, version: int | None = None, by: Any
) -> Dossier:
    """Change what a dossier says about itself; refused when somebody else did so after `version` was read."""
    locked = lock_dossier(dossier, by)
    if version is not None and version != locked.version:
        raise Refused(
            _("Iemand anders heeft dit dossier intussen gewijzigd. Kijk wat er nu staat en pas het aan.")
        )
    values = _values(content)
    changes = differences(locked, values)
    if changes:
        assign(locked, values | {"version": locked.version + 1})
        log(locked, locked, change=Change("dossier.gewijzigd", changes), by=by)
    return locked


@transaction.atomic
def share_dossier(*, dossier: Dossier, choice: SharingChoice, confirmed: bool, by: Any) -> Dossier:
    """Change who may read a dossier; when more people get to see it, that must be confirmed."""
    locked = lock_dossier(dossier, by, directing=True, closed=True)
    before = sharing_of(locked)
    if widenings(before, choice.sharing) and not confirmed:
        raise Refused(_("Hierdoor kunnen meer mensen het dossier lezen. Bevestig dat u dat wilt."))
    if choice.sharing == before:
        return locked
    changes = differences(
        locked,
        {"confidentiality": choice.confidentiality, "shared_with_region": choice.with_region},
    )
    names = [sorted(str(o) for o in locked.shared_with.all()), sorted(str(o) for o in choice.organisations)]
    if names[0] != names[1]:
        changes[str(_("Gedeeld met"))] = names
    locked.shared_with.set(o for o in choice.organisations if o.pk != locked.organisation_id)
    assign(locked, {"confidentiality": choice.confidentiality, "shared_with_region": choice.with_region})
    log(locked, locked, change=Change("dossier.gedeeld", changes), by=by)
    return locked


@transaction.atomic
def change_phase(*, dossier: Dossier, phase: Phase, reason: str = "", by: Any) -> PhaseChange:
    """Bring a dossier to another phase; other steps than the next one need a reason."""
    locked = lock_dossier(dossier, by, directing=True, closed=True)
    if phase.pk == locked.phase_id:
        raise Refused(_("Het dossier is al in fase %(phase)s.") % {"phase": phase})
    edge = EDGES[step_to(locked, phase)]
    if edge.needs_reason and not reason.strip():
        raise Refused(_(edge.ground))
    changes = differences(locked, {"phase": phase})
    step = PhaseChange.objects.create(
        dossier=locked,
        from_phase=locked.phase,
        to_phase=phase,
        reason=reason.strip(),
        created_by=author_of(by),
    )
    assign(locked, {"phase": phase})
    log(locked, locked, change=Change("dossier.verplaatst", changes, reason.strip()), by=by)
    return step
