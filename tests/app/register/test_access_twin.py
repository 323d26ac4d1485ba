"""The rule of who may read exists twice, as a filter and as a function: they always say the same."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regietafel.register.engine.access import may_read
from regietafel.register.models import (
    Area,
    AreaMembership,
    Dossier,
    DossierMember,
    Fact,
    Membership,
    Organisation,
    Phase,
    Role,
    User,
)
from regietafel.register.selectors.access import ownership_of, readable, standing_of, visible_dossiers

TODAY = timezone.localdate()
TOWNS = 4
days = st.sampled_from([-40, -1, 0, 1, 40])
memberships = st.tuples(
    st.integers(0, TOWNS - 1),
    st.integers(0, 2),
    st.booleans(),
    days.filter(lambda d: d <= 1),
    st.one_of(st.none(), days),
)
dossiers = st.tuples(
    st.integers(0, TOWNS - 1),
    st.integers(0, 2),
    st.booleans(),
    st.sets(st.integers(0, TOWNS - 1), max_size=2),
)
parts = st.tuples(st.integers(0, 5), st.booleans(), st.one_of(st.none(), days))


@pytest.fixture
def towns(db: None) -> list[Organisation]:
    """Two towns in one region, one in another, and one without an area."""
    Phase.objects.get_or_create(code="verkennen", defaults={"name": "Verkennen", "order": 1})
    regions = [Area.objects.create(code=f"VR{n}", name=f"Regio {n}", kind="veiligheidsregio") for n in (1, 2)]
    made = []
    for number, region in enumerate([regions[0], regions[0], regions[1], None]):
        area = None
        if region is not None:
            area = Area.objects.create(code=f"GM{number}", name=f"Plaats {number}", kind="gemeente")
            AreaMembership.objects.create(
                area=area, parent=region, valid_from=TODAY - dt.timedelta(days=99), source="test"
            )
        made.append(
            Organisation.objects.create(
                name=f"Stad {number}", code=f"stad{number}", kind="gemeente", area=area
            )
        )
    return made


def _person(towns: list[Organisation], held: list[Any], *, active: bool) -> User:
    user = User.objects.create_user("iemand@test.example", None, name="Iemand", is_active=active)
    for number, (town, level, guest, start, end) in enumerate(held):
        if end is not None and end < start:
            end = start
        role = Role.objects.create(code=f"rol{number}", name=f"Rol {number}", reads_up_to=level)
        Membership.objects.create(
            user=user, organisation=towns[town], role=role, is_guest=guest,
            valid_from=TODAY + dt.timedelta(days=start),
            valid_until=TODAY + dt.timedelta(days=40 if end is None and guest else end)
            if guest or end is not None
            else None,
        )  # fmt: skip
    return user


def _dossiers(towns: list[Organisation], wanted: list[Any]) -> list[Dossier]:
    made = []
    for number, (town, level, with_region, named) in enumerate(wanted):
        dossier = Dossier.objects.create(
            title=f"Dossier {number}", kind="thema", organisation=towns[town], confidentiality=level,
            shared_with_region=with_region, phase=Phase.objects.get(code="verkennen"),
        )  # fmt: skip
        dossier.shared_with.set([towns[n] for n in named])
        made.append(dossier)
    return made


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.lists(memberships, max_size=3),
    wanted=st.lists(dossiers, min_size=1, max_size=6),
    takes_part=st.lists(parts, max_size=2),
    active=st.sampled_from([True, True, True, False]),
)
def test_the_filter_and_the_rule_agree(
    towns: list[Organisation], held: list[Any], wanted: list[Any], takes_part: list[Any], active: bool
) -> None:
    with transaction.atomic():
        user = _person(towns, held, active=active)
        made = _dossiers(towns, wanted)
        for number, writes, end in {
            number % len(made): (number % len(made), *rest) for number, *rest in takes_part
        }.values():
            DossierMember.objects.create(
                dossier=made[number], user=user, function="lid", may_write=writes,
                valid_until=None if end is None else TODAY + dt.timedelta(days=end),
            )  # fmt: skip
        by_filter = set(visible_dossiers(user).values_list("pk", flat=True))
        by_rule = {d.pk for d in made if may_read(standing_of(user), ownership_of(d))}
        transaction.set_rollback(True)
    assert by_filter == by_rule


@pytest.mark.parametrize("confidentiality", [0, 1, 2])
def test_what_hangs_on_a_dossier_follows_it(towns: list[Organisation], confidentiality: int) -> None:
    user = _person(towns, [(0, 1, False, -40, None)], active=True)
    dossier = _dossiers(towns, [(1, confidentiality, True, set())])[0]
    Fact.objects.create(dossier=dossier, text="Feit", status="bekend", as_of=TODAY, created_by=user)
    expected = confidentiality <= 1
    assert Fact.objects.filter(readable(user, "dossier__")).exists() is expected
    assert visible_dossiers(user).exists() is expected
