"""The description of the API keeps the Dutch API Design Rules; the checker itself is checked first."""

import copy
import json
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regietafel.host.api import description
from tests.app.api.adr_rules import check

SHARED = Path(os.environ.get("REGIETAFEL_GEDEELD", Path(__file__).resolve().parents[4] / "shared"))
CASES = sorted((SHARED / "data" / "adr" / "testcases").glob("*"))
REPORTED = re.compile(r"^\s*\d+:\d+\s+error\s+(\S+)", re.MULTILINE)


@pytest.mark.skipif(not CASES, reason="the published test cases are not beside this repository")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_checker_agrees_with_the_published_linter(case: Path) -> None:
    document = json.loads((case / "openapi.json").read_text(encoding="utf-8"))
    expected = Counter(REPORTED.findall((case / "expected-output.txt").read_text(encoding="utf-8")))
    assert Counter(rule for rule, _place in check(document)) == expected


def test_our_description_breaks_no_rule() -> None:
    assert check(description()) == []


def _get(document: Any) -> Any:
    return document["paths"]["/dossiers"]["get"]


def _problem(document: Any) -> Any:
    return document["components"]["schemas"]["Problem"]


BREAKS: dict[str, Callable[[Any], Any]] = {
    "nlgov:paths-kebab-case": lambda d: d["paths"].update({"/mijnDossiers": {}}),
    "path-keys-no-trailing-slash": lambda d: d["paths"].update({"/dossiers/": {}}),
    "nlgov:query-keys-camel-case": lambda d: _get(d)["parameters"][0].update(name="snake_case"),
    "nlgov:missing-version-header": lambda d: _get(d)["responses"]["200"].update(headers={"X": {}}),
    "nlgov:problem-invalid-input": lambda d: _get(d)["responses"].pop("400"),
    "nlgov:problem-schema-members": lambda d: d["components"]["schemas"]["Problem"]["properties"].pop(
        "detail"
    ),
    "nlgov:semver": lambda d: d["info"].update(version="1.0"),
    "nlgov:include-major-version-in-uri": lambda d: d.update(servers=[{"url": "https://a.example/api"}]),
    "nlgov:info-contact-fields-exist": lambda d: d["info"]["contact"].pop("email"),
}


@pytest.mark.parametrize("rule", BREAKS)
def test_breaking_a_rule_is_noticed(rule: str) -> None:
    broken = copy.deepcopy(description())
    BREAKS[rule](broken)
    assert rule in {found for found, _place in check(broken)}


def test_the_description_is_dutch_and_says_which_right_is_needed() -> None:
    operations = [one for methods in description()["paths"].values() for one in methods.values()]
    assert len(operations) > 20
    assert all(one["summary"] for one in operations)
    secured = [one for one in operations if one.get("security")]
    assert all(
        re.search(r"`(register|dossiers|omgeving|overleg|opvang):(lezen|schrijven)`", one["description"])
        for one in secured
    )
    names = " ".join(description()["paths"])
    assert not re.search(r"source|picture|fact|organisation\b", names)


def test_names_in_json_are_camel_case() -> None:
    for shape in description()["components"]["schemas"].values():
        for name in shape.get("properties", {}):
            assert re.fullmatch(r"_links|[a-z]+([A-Z][a-z]+)*", name), name
