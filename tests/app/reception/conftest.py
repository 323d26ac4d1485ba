"""What the tests of reception start from; this file loads before Django does."""

import json
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any, str]]:
    """Run a command and give its exit code, its JSON, and what it said beside that."""
    from regietafel.host.cli import main

    def run(*words: str) -> tuple[int, Any, str]:
        code = main([*words, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    return run
