"""The examples in the docstrings of engines and kernel are true."""

import doctest
import importlib
from pathlib import Path

import pytest

from tests.house.source import modules

PURE = [module.name for module in modules(Path(__file__).parents[1] / "src") if module.is_pure]


@pytest.mark.parametrize("name", PURE)
def test_the_examples_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
