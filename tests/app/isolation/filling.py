"""One object of every model for one organisation, with a canary in every text field.

New models are filled by themselves; only what a constraint demands is told in FIXED.
"""

import datetime as dt
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from regietafel.deliberation.engine.importing import Draft, DraftItem

APPS = (
    "register", "monitor", "figures", "reception", "deliberation", "scenarios", "dialogue", "situation",
    "policy",
)  # fmt: skip
# Made by hand in world.py: shared by everybody, or frozen content that only its service can make.
BY_HAND = {
    "register.Role", "register.Phase", "register.User", "register.Membership", "monitor.MediaPicture",
    "monitor.PictureMailing",
}  # fmt: skip
TODAY = timezone.localdate()
IN_A_WEEK = timezone.now() + dt.timedelta(days=7)

FIXED: dict[str, dict[str, Any]] = {
    # Names of municipalities and facts about areas are public: they carry no canary.
    "register.Area": {
        "kind": "gemeente",
        "geometry": None,
        "tile_column": 1,
        "tile_row": 1,
        "code": lambda c: f"GM{c[-1]}",
        "name": lambda c: f"Plaats {c[-1]}",
        "centre": "Plaats",
        "centre_source": "openbaar",
        "source": "openbaar",
    },
    "register.AreaMembership": {"valid_until": None, "source": "openbaar"},
    "register.Inhabitants": {"source": "openbaar", "note": ""},
    "register.Organisation": {
        "kind": "gemeente",
        "is_active": True,
        "is_fictional": False,
        "name": lambda c: f"Gemeente {c[-1]}",
        "code": lambda c: f"gemeente-{c[-1].lower()}",
    },
    "register.Dossier": {"confidentiality": 1, "shared_with_region": False},
    "register.DossierMember": {"valid_until": None},
    "register.Fact": {"replaces": None, "withdrawn_at": None},
    "register.Attachment": {"removed_at": None},
    "register.Link": {"removed_at": None},
    "register.Moment": {"done_at": None, "withdrawn_at": None, "kind": "termijn"},
    "register.ApiToken": {"revoked_at": None, "valid_until": TODAY + dt.timedelta(days=30)},
    "monitor.Ingest": {
        "counts": {"gelezen": 1, "nieuw": 1, "dubbel": 0, "gewijzigd": 0, "geweigerd": 1, "gemaskeerd": {}},
        "row_errors": lambda c: [{"bestand": c, "rij": 2, "kolom": c, "melding": c}],
    },
    "monitor.Source": {"kind": "bestand"},
    "monitor.PlaceProfile": {"values": lambda c: {"plaatsnaam": [c]}},
    "monitor.QueryVersion": {"blank_values": lambda c: {"plaatsnaam": [c]}},
    "monitor.Monitor": {
        "state": "actief",
        "retention_days": 14,
        "starts_on": TODAY,
        "ends_on": TODAY + dt.timedelta(days=30),
    },
    "monitor.Message": {"erased_at": None, "kind": "nieuws", "day": TODAY},
    "monitor.Alarm": {"stories": lambda c: [{"kop": c, "aantal": 1}]},
    "monitor.Labelling": {"codes": ["I"]},
    "monitor.SubLabel": {"key": "q"},
    "monitor.LabelModel": {"weights": b"", "quality": {"per_label": {}, "ontbreekt": {}}},
    "monitor.LabelProposal": {"chances": {"I": 0.5}},
    "monitor.PublicActor": {"written_as": lambda c: [c]},
    "monitor.RetentionProof": {
        "remains": 0,
        "places": lambda c: {"berichten": 0, "schijf": None, "reden": c},
        "older_backups": lambda c: [{"bestand": c, "gemaakt": "2026-11-01T03:00:00+00:00"}],
    },
    "monitor.DataRequest": {"findings": {}, "closed_at": None},
    "monitor.MonitorRequest": {"decision": "open", "decided_by": None, "decided_at": None},
    "deliberation.Body": {
        "ended_on": None,
        "confidentiality": 1,
        "interval_weeks": 2,
        "fixed_items": lambda c: [{"nummer": "1", "titel": c}],
        "process": lambda c: [{"stap": c, "afspraak": c}],
    },
    "deliberation.Seat": {"valid_until": None},
    "deliberation.Meeting": {
        "state": "uitgenodigd",
        "starts_at": IN_A_WEEK,
        "ends_at": IN_A_WEEK + dt.timedelta(hours=1),
        "opened_at": None,
        "closed_at": None,
        "confirmed_at": None,
        "confirmed_by": None,
    },
    # A line of minutes hangs on an item, and an item may come from a line: a second item is made by hand.
    "deliberation.AgendaItem": {
        "kind": "vrij",
        "confidentiality": 1,
        "carried": None,
        "inquiry": None,
        "confirms": None,
    },
    "deliberation.Paper": {"removed_at": None},
    "deliberation.Entry": {"kind": "A", "state": "open", "withdrawn_at": None, "closed_at": None},
    "deliberation.Inquiry": {"closed_at": None, "answer_by": TODAY + dt.timedelta(days=9)},
    "deliberation.MinutesImport": {
        "lines": lambda c: [[1, c]],
        "reading": lambda c: Draft(title=c, items=(DraftItem(number="1", title=c),)).to_json(),
    },
    "reception.Location": {
        "closed_on": None,
        "features": [],
        "confidentiality": 1,
        "shared_with_region": False,
    },
    "reception.CapacityBlock": {
        "superseded_at": None,
        "until_on": None,
        "places": 9,
        "blocked": 0,
        "probability": 1,
    },
    "reception.PlaceDay": {"short": 0},
    "reception.Group": {"needs": [], "kinds": [], "accessible": 0, "care": 0, "leaves_on": None},
    "reception.Booking": {"superseded_at": None, "until_on": None, "of": None},
    "reception.BookingList": {"lines": []},
    "reception.Assignment": {"ended_on": None},
    "reception.Proposal": {
        "inputs": {},
        "state": "voorstel",
        "decided_at": None,
        "until_on": TODAY + dt.timedelta(days=9),
    },
    "reception.ProposalLine": {"booking": None},
    "reception.ListImport": {
        "kind": "locaties",
        "state": "gelezen",
        "header": lambda c: [c],
        "left_out": [],
        "mapping": {},
        "rows": lambda c: [[2, [c]]],
        "outcome": {},
    },
    "reception.PublicTotal": {"withdrawn_at": None, "withdrawn_because": ""},
    "reception.HousingTask": {"starts_on": dt.date(2026, 1, 1)},
    "reception.AssistanceRequest": {"closed_at": None, "until_on": None},
    "deliberation.Invitation": {"addresses": lambda c: [f"{c.lower()}@voorbeeld.example"], "delivered": []},
}


def fill_all(canary: str, known: dict[str, models.Model]) -> dict[str, models.Model]:
    """Make one object of every model, in an order in which each finds what it refers to.

    Args:
        canary: the word that may never show elsewhere.
        known: objects that exist already, by model label.
    """
    waiting = [
        m for app in APPS for m in apps.get_app_config(app).get_models() if m._meta.label not in BY_HAND
    ]
    while waiting:
        ready = [model for model in waiting if _is_ready(model, known, waiting)]
        if not ready:
            names = ", ".join(model._meta.label for model in waiting)
            raise AssertionError(f"these models refer to each other in a circle: {names}")
        for model in ready:
            if model._meta.label not in known:
                known[model._meta.label] = fill(model, canary, known)
            waiting.remove(model)
    return known


def _is_ready(model: type[models.Model], known: dict[str, Any], waiting: list[type[models.Model]]) -> bool:
    told = FIXED.get(model._meta.label, {})
    relations = [field for field in model._meta.fields if field.is_relation and field.name not in told]
    targets = {field.related_model for field in relations} - {model}
    return not any(t in waiting and t._meta.label not in known for t in targets)


def fill(model: type[models.Model], canary: str, known: dict[str, models.Model]) -> models.Model:
    """Make one object with the canary in every text field."""
    fixed = FIXED.get(model._meta.label, {})
    values = {}
    for field in model._meta.fields:
        if field.name in fixed:
            told = fixed[field.name]
            values[field.name] = told(canary) if callable(told) else told
        elif not field.primary_key:
            values[field.name] = _value(field, canary, known)
    made = model(**values)
    for field in model._meta.fields:
        if isinstance(field, models.FileField):
            getattr(made, field.name).save(f"{canary}.txt", ContentFile(canary.encode()), save=False)
    made.save(force_insert=True)
    return made


def _value(field: Any, canary: str, known: dict[str, models.Model]) -> Any:
    if field.is_relation:
        return known.get(field.related_model._meta.label)
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.FileField):
        return ""
    return _plain(field, canary)


def _plain(field: Any, canary: str) -> Any:
    simple: tuple[tuple[Any, Any], ...] = (
        (models.EmailField, f"{canary.lower()}@voorbeeld.example"),
        (models.URLField, f"https://voorbeeld.example/{canary}"),
        (models.SlugField, canary.lower()),
        ((models.CharField, models.TextField), f"{canary} {field.name}"),
        (models.JSONField, {"tekst": canary}),
        (models.BooleanField, True),
        (models.UUIDField, uuid4()),
        (models.DateTimeField, timezone.now()),
        (models.DateField, TODAY),
        (models.TimeField, dt.time(9)),
        ((models.IntegerField, models.FloatField, models.DecimalField), 1),
    )
    for kind, value in simple:
        if isinstance(field, kind):
            limit = getattr(field, "max_length", None)
            return value[:limit] if isinstance(value, str) and limit else value
    raise AssertionError(f"say in tests/app/isolation/filling.py how to fill {field}")
