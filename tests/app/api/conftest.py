"""Two municipalities for the tests of the API; imports wait until Django has started."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.app.api.programs import Town


@pytest.fixture(autouse=True)
def _forget_counts() -> None:
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def aadorp(db: None) -> "Town":
    from tests.app.api.programs import town

    return town("aadorp")


@pytest.fixture
def berghem(db: None) -> "Town":
    from tests.app.api.programs import town

    return town("berghem")
