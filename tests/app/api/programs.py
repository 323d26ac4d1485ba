"""Municipalities with something to read, and programs with a key to them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from regietafel.register.models import ApiToken, Area, Dossier, Phase
from regietafel.register.services.dossier_parts import Happening, Statement, add_fact, add_moment
from regietafel.register.services.dossiers import DossierContent, create_dossier
from regietafel.register.services.tokens import make_token
from tests.app.accounts.town import organisation, person

ALL = list(ApiToken.Scope.values)


@dataclass
class Town:
    """A municipality with one dossier that holds a fact and a moment."""

    code: str
    organisation: Any
    dossier: Dossier
    fact: Any
    moment: Any

    def key(self, *scopes: str, **changes: Any) -> str:
        """Make a key; everything is allowed unless scopes are given."""
        manager = person(f"beheer{ApiToken.objects.count()}", ("beheerder", self.code))
        until = timezone.localdate() + dt.timedelta(days=30)
        made = make_token(
            organisation=self.organisation,
            name="proef",
            scopes=list(scopes) or ALL,
            valid_until=until,
            by=manager,
        )
        if changes:
            ApiToken.objects.filter(pk=made.token.pk).update(**changes)
        return made.secret

    def client(self, *scopes: str) -> Client:
        """Return a program with a key."""
        return Client(headers={"authorization": f"Bearer {self.key(*scopes)}"})


def town(code: str) -> Town:
    Phase.objects.get_or_create(code="verkennen", defaults={"name": "Verkennen", "order": 1})
    Area.objects.get_or_create(code="GM0141", defaults={"name": "Almelo", "kind": "gemeente"})
    body = organisation(code)
    content = DossierContent(title=f"Dossier van {code}", kind="onrust", summary="waar het over gaat")
    dossier = create_dossier(organisation=body, content=content, by=None)
    statement = Statement(f"feit van {code}", "voorbehoud", "gemeente", timezone.localdate())
    fact = add_fact(dossier=dossier, statement=statement, by=None)
    happening = Happening(f"moment van {code}", "overleg", timezone.now() + dt.timedelta(days=3))
    moment = add_moment(dossier=dossier, happening=happening, by=None)
    return Town(code, body, dossier, fact, moment)


def program(organisation: Any, *scopes: str) -> Client:
    """Return a program of an organisation, with a key for these scopes."""
    manager = person(f"sleutelbeheer{ApiToken.objects.count()}", ("beheerder", organisation.code))
    until = timezone.localdate() + dt.timedelta(days=30)
    made = make_token(
        organisation=organisation, name="proef", scopes=list(scopes), valid_until=until, by=manager
    )
    return Client(headers={"authorization": f"Bearer {made.secret}"})
