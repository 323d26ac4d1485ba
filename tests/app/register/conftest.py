"""What the tests of the register start from; this file loads before Django does."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from regietafel.register.models import Dossier
    from tests.app.register.region import Region


@pytest.fixture
def region(db: Any) -> "Region":
    from tests.app.register.region import build_region

    return build_region()


@pytest.fixture
def dossier(region: "Region") -> "Dossier":
    from tests.app.register.region import dossier_of

    return dossier_of(region)


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def adviser_browser(client: "Client", region: "Region") -> "Client":
    client.force_login(region.adviser)
    return client
