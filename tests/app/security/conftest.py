"""Two municipalities with one of everything, and somebody of the first who is logged in."""

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from tests.app.isolation.world import World  # tables may be imported only when Django runs


@pytest.fixture
def world(db: None, settings: Any) -> "World":
    from tests.app.isolation.world import build

    settings.SECOND_FACTOR_REQUIRED = False
    return build()


@pytest.fixture
def adviser(world: "World") -> Client:
    """A browser of an adviser that gets the error pages as people get them."""
    client = Client(raise_request_exception=False)
    client.force_login(world.people["adviseur"])
    return client
