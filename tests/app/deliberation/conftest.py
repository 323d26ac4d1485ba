"""What the tests of deliberation start from; this file loads before Django does."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from regietafel.deliberation.models import Meeting
    from tests.app.deliberation.table import Table


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    from dataclasses import replace

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, data=tmp_path)
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def table(db: Any) -> "Table":
    from tests.app.deliberation.table import build

    return build()


@pytest.fixture
def coming(table: "Table") -> "Meeting":
    """The meeting of next week."""
    from tests.app.deliberation.table import meeting

    return meeting(table)
