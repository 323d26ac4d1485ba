"""Two municipalities for the tests of the API; imports wait until Django has started."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

if TYPE_CHECKING:
    from tests.app.api.programs import Town


@pytest.fixture
def aadorp(db: None) -> "Town":
    from tests.app.api.programs import town

    return town("aadorp")


@pytest.fixture
def berghem(db: None) -> "Town":
    from tests.app.api.programs import town

    return town("berghem")


@pytest.fixture(autouse=True)
def _keep_the_connection() -> Iterator[None]:
    """The application closes connections between requests, and a test lives in one transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
