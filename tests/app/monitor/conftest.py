"""What the tests of the monitor start from; this file loads before Django does."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from regietafel.monitor.models import Monitor
    from tests.app.monitor.town import Town


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    from dataclasses import replace

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, data=tmp_path)
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def town(db: Any) -> "Town":
    from tests.app.monitor.town import build

    return build()


@pytest.fixture
def running(town: "Town") -> "Monitor":
    from regietafel.monitor.services.monitors import start_monitor
    from tests.app.monitor.town import draft

    return start_monitor(monitor=draft(town), by=town.adviser)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any, str]]:
    """Run a command and give its exit code, its JSON, and what it said beside that."""
    from regietafel.host.cli import main

    def run(*words: str) -> tuple[int, Any, str]:
        code = main([*words, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    return run
