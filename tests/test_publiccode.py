"""What catalogues of public code read about us is complete and agrees with the package."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

REPOSITORY = Path(__file__).parents[1]
MANDATORY = ("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType")


@pytest.fixture(scope="module")
def card() -> dict[str, Any]:
    return yaml.safe_load((REPOSITORY / "publiccode.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def package() -> dict[str, Any]:
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_card_has_every_mandatory_key(card: dict[str, Any]) -> None:
    assert [key for key in MANDATORY if not card.get(key)] == []
    assert card["publiccodeYmlVersion"] == "0.7"
    assert card["maintenance"]["type"] == "community" and card["maintenance"]["contacts"][0]["name"]
    assert set(card["localisation"]) >= {"localisationReady", "availableLanguages"}


def test_descriptions_fit_the_catalogue(card: dict[str, Any]) -> None:
    text = card["description"]["nl"]
    assert len(text["shortDescription"]) <= 150
    assert 150 <= len(text["longDescription"]) <= 10_000
    assert text["features"]


def test_the_card_agrees_with_the_package(card: dict[str, Any], package: dict[str, Any]) -> None:
    assert card["softwareVersion"] == package["version"]
    assert card["legal"]["license"] == package["license"]
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (REPOSITORY / "LICENSE").read_text(encoding="utf-8")
