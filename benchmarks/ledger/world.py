"""A region with places in a database of its own, made in a temporary folder."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

LENGTH_DAYS = 300


def start(folder: Path) -> None:
    """Make an empty database in a folder and let Django use it."""
    os.environ["REGIETAFEL_DATA"] = str(folder / "data")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regietafel.host.settings")
    os.environ.pop("REGIETAFEL_DATABASE", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def make(name: str, *, pools: int, places: int) -> tuple[Any, list[int]]:
    """Make a region with so many kinds of places of so many; give who books there, and the pools."""
    from django.utils import timezone

    from regietafel.reception.models import CapacityBlock, Location, Pool
    from regietafel.reception.services.upkeep import roll_on
    from regietafel.register.models import Area, Membership, Organisation, Role, User

    today, now = timezone.localdate(), timezone.now()
    area = Area.objects.create(code=name, name=name, kind="gemeente")
    own = Organisation.objects.create(name=name, code=name, kind="gemeente", area=area)
    role, _new = Role.objects.get_or_create(
        code="meting", defaults={"name": "Meting", "may_write": True, "reads_up_to": 1}
    )
    user = User.objects.create_user(f"{name}@voorbeeld.example", None, name=name)
    Membership.objects.create(user=user, organisation=own, role=role, valid_from=date(2020, 1, 1))
    locations = Location.objects.bulk_create(
        Location(organisation=own, municipality=area, name=f"Locatie {number}") for number in range(pools)
    )
    made = Pool.objects.bulk_create(Pool(location=one, kind="noodopvang") for one in locations)
    CapacityBlock.objects.bulk_create(
        CapacityBlock(
            pool=pool, places=places, from_on=today, until_on=today + timedelta(LENGTH_DAYS), source="meting",
            recorded_at=now,
        )
        for pool in made
    )  # fmt: skip
    roll_on()
    return user, [pool.pk for pool in made]


def overbooked_days() -> int:
    """Count the days of all pools on which the engine finds more promised than there is."""
    from django.utils import timezone

    from regietafel.reception.engine import ledger
    from regietafel.reception.models import Pool
    from regietafel.reception.selectors.ledger import pools_ledger

    found = ledger.overbooked(pools_ledger(Pool.objects.all()), at=timezone.now())
    return sum((one.last - one.first).days + 1 if one.last else LENGTH_DAYS for one in found)
