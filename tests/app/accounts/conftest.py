"""A clean memory of failures for every test."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _forget_failures() -> None:
    cache.clear()
