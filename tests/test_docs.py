"""The documentation does not lie: commands run, links lead somewhere, options and answers exist."""

import csv
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scripts import reference
from scripts.reference import command_line, rules
from tests import words
from tests.documentation import reading
from tests.documentation.reading import Command

# What needs a network, a browser or minutes, or never ends by itself.
NOT_TRIED = frozenset({"start", "demo", "test", "check", "bench", "shell", "werk"})
# Places and days that the pages speak of, and what stands there when they are tried.
PLACES = {
    "2027-06-30": str(datetime.now(tz=UTC).date() + timedelta(days=100)),
    "/mnt/reserve": "reserve",
    "/var/lib/regietafel": "teruggezet",
    "regietafel-2026-01-03T030000Z.kopie": "voorbeeld.kopie",
}
# Options of our own scripts, whose parsers are elsewhere, and tokens of a style sheet.
OF_OTHER_PROGRAMS = frozenset({"--doel", "--map", "--missing", "--update", "--upgrade", "--rt-"})
PAGES = [reading.name_of(page) for page in reading.pages()]
COMMANDS = [command for command in reading.commands() if command.words]
TRIED = [
    command
    for command in COMMANDS
    if command.words[0] not in NOT_TRIED and "http" not in command.line and "--uitleg" not in command.words
]


def _in_the_test(words: list[str]) -> list[str]:
    return [PLACES.get(word, word) for word in words]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Try every command once, in the order of the pages."""
    folder = tmp_path_factory.mktemp("handleiding")
    lines = list(dict.fromkeys(command.line for command in TRIED))
    asked = [_in_the_test(Command("", line).words) for line in lines]
    source = reading.REPOSITORY / "src"
    process = subprocess.run(
        [sys.executable, "-m", "tests.documentation.trying"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        cwd=folder,
        env=_environment(folder) | {"PYTHONPATH": f"{source}:{reading.REPOSITORY}"},
        check=False,
    )
    assert process.returncode == 0, process.stderr
    return dict(zip(lines, json.loads(process.stdout), strict=True))


def _environment(folder: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("REGIETAFEL_")}
    return own | {"REGIETAFEL_DATA": str(folder / "data")}


def test_there_are_commands_to_try() -> None:
    assert {"README.md", "docs/handleiding/omgeving.md"} <= {command.page for command in TRIED}


@pytest.mark.parametrize("command", TRIED, ids=lambda command: f"{command.page}: {command.line}")
def test_command_does_what_the_page_says(command: Command, outcomes: dict[str, dict[str, Any]]) -> None:
    outcome = outcomes[command.line]
    assert outcome["code"] == 0, outcome["complained"] or outcome["said"]
    if command.shown is not None:
        assert _keys(command.shown) == _keys(json.loads(outcome["said"]))


def _keys(value: Any) -> Any:
    """Return the shape of an answer: its keys at every depth, the first of a list for all of it."""
    if isinstance(value, dict):
        return {key: _keys(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_keys(value[0])] if value else []
    return None


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    here = reading.REPOSITORY / page
    dead = [link for link in reading.links(here) if not _exists(link, here)]
    assert not dead


def _exists(link: str, here: Path) -> bool:
    path, _, place = link.partition("#")
    target = (here.parent / path).resolve() if path else here
    return target.exists() and (not place or place in reading.anchors(target))


def test_every_page_can_be_reached_from_the_first() -> None:
    under_way = reading.REPOSITORY / "docs" / "werk.md"  # a note among makers while an issue is open
    assert set(reading.pages()) - {under_way} - set(_reachable(reading.REPOSITORY / "README.md")) == set()


def _reachable(first: Path) -> Iterator[Path]:
    seen, waiting = set(), [first]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.is_file():
            continue
        seen.add(page)
        yield page
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in reading.links(page)]


@pytest.mark.parametrize("page", PAGES)
def test_every_option_named_exists(page: str) -> None:
    named = reading.options_named(reading.REPOSITORY / page)
    assert named - command_line.options() - OF_OTHER_PROGRAMS == set()


@pytest.fixture(scope="module")
def screens() -> str:
    """Everything that screens can say: templates and code."""
    files = [path for path in (reading.REPOSITORY / "src").rglob("*") if path.suffix in {".py", ".html"}]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("docs/handleiding/")])
def test_every_label_in_bold_is_on_a_screen(page: str, screens: str) -> None:
    named = reading.labels_named(reading.REPOSITORY / page)
    assert {label for label in named if label not in screens} == set()


def test_the_roles_are_those_that_ship() -> None:
    page = (reading.REPOSITORY / "docs" / "handleiding" / "README.md").read_text(encoding="utf-8")
    rows = words.rows("## Rollen", page)
    told = {name: tuple(rights) for names, *rights in rows for name in names.split(", ")}
    with (reading.REPOSITORY / "reference" / "rollen.csv").open(encoding="utf-8", newline="") as handle:
        assert told == {role["naam"]: _rights(role) for role in csv.DictReader(handle)}


def _rights(role: dict[str, str]) -> tuple[str, ...]:
    yes = (role[name].replace("nee", "") for name in ("schrijft", "publiceert", "keurt_goed", "beheert"))
    return (role["leest_tot_en_met"], *yes)


@pytest.mark.parametrize("page", PAGES)
def test_every_table_is_whole(page: str) -> None:
    assert not reading.ragged_rows(reading.REPOSITORY / page)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: f"{command.page}: {command.line}")
def test_every_word_exists(command: Command) -> None:
    words = {parser.prog.split()[1] for parser in command_line.parsers()} | NOT_TRIED
    assert command.words[0] in words
    assert {word for word in command.words if word.startswith("--")} <= command_line.options()


@pytest.mark.parametrize("name", reference.PAGES)
def test_generated_page_is_up_to_date(name: str) -> None:
    written = (reference.FOLDER / name).read_text(encoding="utf-8")
    assert written == reference.PAGES[name](), "Run `PYTHONPATH=src python -m scripts.reference`."


def test_every_table_of_rules_is_explained() -> None:
    explained = {one["file"] for one in rules.index()["table"]}
    assert explained == {path.relative_to(rules.RULES).as_posix() for path in rules.RULES.rglob("*.csv")}


@pytest.mark.parametrize("one", rules.index()["table"], ids=lambda one: one["file"])
def test_every_table_of_rules_is_tried(one: dict[str, Any]) -> None:
    path = rules.RULES / one["file"]
    tests = "".join(test.read_text(encoding="utf-8") for test in path.parent.glob("test_*.py"))
    assert f'"{path.name}"' in tests
    assert set(one.get("as_typed", ())) <= set(rules.rows_of(one)[0])


def test_every_ground_is_in_the_list_of_sources() -> None:
    known = tomllib.loads((reading.REPOSITORY / "sources" / "index.toml").read_text(encoding="utf-8"))
    ids = {entry["id"] for entry in (*known["source"], *known["publication"])}
    named = {
        name for one in rules.index()["table"] for name in re.findall(r"[a-z]+-\d+|avg\b", one["ground"])
    }
    assert named <= ids and {"bron-000", "avg"} <= named
