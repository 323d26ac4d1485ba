"""What every test of the application shares."""

from collections.abc import Iterator

import pytest
from django.db import connection

from regietafel.kit import append_only


@pytest.fixture(autouse=True)
def log_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take the triggers of the log away before a test with real commits empties its tables."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    append_only.install(connection)
    yield
    append_only.remove(connection)
