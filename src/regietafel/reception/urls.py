"""Addresses of reception; every file of pages names its own."""

from typing import Any

urlpatterns: list[Any] = []
