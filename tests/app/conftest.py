"""What every test of the application shares."""

import os
import shutil
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from regietafel.kit import append_only

GONE: set[str] = set()
"""What tests with real commits took away; the next test gets it back, in whatever order they run."""


@pytest.fixture(autouse=True)
def nothing_lingers() -> Iterator[None]:
    """Give every test the same environment, and nothing that an earlier test kept.

    Objects of two tests bear the same numbers, so a figure kept for ten minutes would show in the other test.
    """
    cache.clear()
    with patch.dict(os.environ):
        yield
    shutil.rmtree(settings.ENVIRONMENT.anchors, ignore_errors=True)


@pytest.fixture(autouse=True)
def log_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take the triggers of the log away before a test with real commits empties its tables."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        if GONE and (marker or "db" in request.fixturenames):
            request.getfixturevalue("db")
            append_only.install(connection)
        yield
        return
    request.getfixturevalue("transactional_db")
    append_only.install(connection)
    yield
    append_only.remove(connection)
    GONE.add("triggers")
