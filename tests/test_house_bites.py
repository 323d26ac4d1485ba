"""The house checks bite: each violation is planted in a copy of the source and must be named by its check.

A check that finds nothing in a clean copy proves little; these prove that it would have found something.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.house import danger, doors, engines, layers, pages, rooms, sizes, source

REPOSITORY = Path(__file__).parents[1]
Check = Callable[[Path], list[str]]


@dataclass(frozen=True)
class Violation:
    """Files planted, a file taken away, and what each check must then say."""

    name: str
    says: dict[Check, str]
    plant: dict[str, str] = field(default_factory=dict)
    remove: str = ""


LONG_FUNCTION = "def planted() -> int:\n" + "    total = 0\n" * 60 + "    return total\n"
CLOCK = "from datetime import date as day\n\n\ndef planted() -> object:\n    return day.today()\n"
DICE = "import numpy as np\n\n\ndef planted() -> object:\n    return np.random.default_rng()\n"
COLUMN = "class Planted(models.Model):\n    {} = models.CharField(max_length=9)\n"
KEY = "class Planted(models.Model):\n    x = models.{}\n"
USES_KERNEL = "from regietafel.kernel import planted"
BY_NAME = 'from importlib import import_module as load\nload("regietafel.monitor.services")'
COMPUTED = "import importlib\nload = lambda name: importlib.import_module(name)"
DRAWS = "reads the clock, draws lots or does I/O"
UNGROUNDED = 'def planted() -> int:\n    """Give three (drie)."""\n    return 3'
UNKNOWN_GROUND = 'def planted() -> int:\n    """Give (x).\n\n    Source: bron-999 r.1\n    """'
MARKED = '<p style="color: red" {% if x %}onclick="go()"{% endif %}>x</p>'
MIGRATION = 'operations = [migrations.AddField(name="handle", field=F())]'
SIX = "def planted(a: int, b: int, c: int, *, d: int, e: int, f: int) -> None: ..."

VIOLATIONS = (
    Violation(
        "Django imported in an engine",
        {
            engines.engine_imports: "monitor.engine.planted:1 imports what an engine may not: django",
            engines.imports_without_django: "monitor.engine.planted does not import without Django",
        },
        {"monitor/engine/planted.py": "from django.db import models"},
    ),
    Violation(
        "Django imported in an engine through the kernel",
        {
            engines.engine_imports: "kernel.planted:1 imports what an engine may not: django",
            engines.imports_without_django: "monitor.engine.planted does not import without Django",
        },
        {
            "kernel/planted.py": "import django",
            "monitor/engine/planted.py": "from regietafel.kernel import planted",
        },
    ),
    Violation(
        "an engine imports its own models",
        {engines.engine_imports: "engine.planted:1 imports outside the engine: regietafel.monitor.models"},
        {"monitor/engine/planted.py": "from regietafel.monitor.models import Monitor"},
    ),
    Violation(
        "a new room utils.py",
        {
            rooms.rooms: "unknown room: monitor/utils",
            rooms.names: "says nothing about its contents: regietafel.monitor.utils",
        },
        {"monitor/utils.py": "LIMIT = 3"},
    ),
    Violation(
        "a new top package",
        {rooms.top_packages: "unknown top package: regietafel/planted"},
        {"planted/__init__.py": ""},
    ),
    Violation(
        "a missing room",
        {rooms.rooms: "missing room: figures/selectors"},
        remove="figures/selectors.py",
    ),
    Violation(
        "going past a door",
        {doors.doors: "policy.services:1 goes past a door: regietafel.monitor.selectors"},
        {"policy/services.py": "from regietafel.monitor import selectors"},
    ),
    Violation(
        "going past a door with a relative import",
        {doors.doors: "goes past a door: regietafel.monitor.models.Monitor"},
        {"policy/services.py": "from ..monitor.models import Monitor"},
    ),
    Violation(
        "going past a door by a dotted text",
        {doors.dotted_texts: "goes past a door by text: regietafel.monitor.services"},
        {"policy/services.py": 'TARGET = "regietafel.monitor.services:start"'},
    ),
    Violation(
        "a dotted text composed from pieces",
        {doors.dotted_texts: "composes a module path from pieces"},
        {"policy/services.py": 'TARGET = "regietafel." + "monitor.services"'},
    ),
    Violation(
        "going past a door by model name",
        {doors.relations: "goes past a door by model name: monitor.Monitor"},
        {"policy/selectors.py": 'from django.apps import apps\nMONITOR = apps.get_model("monitor.Monitor")'},
    ),
    Violation(
        "a string foreign key pointing up",
        {doors.relations: "figures.models:2 relation points up or aside: situation"},
        {"figures/models.py": KEY.format('ForeignKey("situation.Picture", on_delete=models.CASCADE)')},
    ),
    Violation(
        "a string relation pointing aside",
        {doors.relations: "relation points up or aside: reception"},
        {"figures/models.py": KEY.format('ManyToManyField(to="reception.Place")')},
    ),
    Violation(
        "the machinery pointing up at people",
        {doors.relations: "kit.planted:2 relation points up or aside: register"},
        {"kit/planted.py": KEY.format("ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)")},
    ),
    Violation(
        "a dynamic import",
        {
            doors.dynamic_imports: "imports dynamically: regietafel.monitor.services",
            danger.counted: "regietafel.policy.services: dynamic-import occurs 1 times",
        },
        {"policy/services.py": BY_NAME},
    ),
    Violation(
        "a dynamic import of a computed name",
        {danger.counted: "regietafel.policy.services: dynamic-import occurs 1 times"},
        {"policy/services.py": COMPUTED},
    ),
    Violation(
        "the clock read in an engine",
        {engines.clock_and_luck: f"monitor.engine.planted:5 {DRAWS}: datetime.date.today"},
        {"monitor/engine/planted.py": CLOCK},
    ),
    Violation(
        "unseeded randomness in an engine",
        {engines.clock_and_luck: f"monitor.engine.planted:5 {DRAWS}: numpy.random"},
        {"monitor/engine/planted.py": DICE},
    ),
    Violation(
        "a kernel module used by one capability",
        {engines.kernel_serves_two: "regietafel.kernel.planted serves monitor"},
        {
            "kernel/planted.py": "LIMIT = 3",
            "monitor/engine/planted.py": "from regietafel.kernel.planted import LIMIT",
        },
    ),
    Violation(
        "an engine function without ground",
        {engines.grounds: "planted: neither Source: nor Method:"},
        {"monitor/engine/planted.py": UNGROUNDED},
    ),
    Violation(
        "an engine function resting on an unknown text",
        {engines.grounds: "planted: Source: bron-999 is not in sources/index.toml"},
        {
            "monitor/engine/planted.py": UNKNOWN_GROUND,
        },
    ),
    Violation(
        "a function that fills two screens",
        {sizes.functions: "planted has 62 lines, 60 at most"},
        {"figures/services.py": LONG_FUNCTION},
    ),
    Violation(
        "a function with six parameters, three by position",
        {sizes.functions: "takes 3 parameters by position, 2 at most"},
        {
            "figures/services.py": SIX,
        },
    ),
    Violation(
        "a file that should be a folder",
        {sizes.files: "regietafel.figures.services has 502 lines, 500 at most"},
        {"figures/services.py": "LIMIT = 3\n" * 501},
    ),
    Violation(
        "raw SQL",
        {danger.counted: "regietafel.figures.selectors: raw-sql occurs 1 times, allowed 0"},
        {"figures/selectors.py": "rows = manager.raw('select 1')"},
    ),
    Violation(
        "unescaped HTML in a template",
        {danger.counted: "unescaped-html occurs 1 times, allowed 0"},
        {"figures/templates/figures/planted.html": "<p>{{ text|safe }}</p>"},
    ),
    Violation(
        "a query composed in a view",
        {danger.counted: "regietafel.figures.views: query-outside-selectors occurs 1 times, allowed 0"},
        {"figures/views.py": "rows = Series.objects.all()"},
    ),
    Violation(
        "a column for an author's name",
        {danger.persons: "could hold a person: author_name"},
        {"monitor/models/planted.py": COLUMN.format("author_name")},
    ),
    Violation(
        "a column for a handle, added by a migration only",
        {danger.persons: "could hold a person: handle"},
        {
            "monitor/migrations/0999_planted.py": MIGRATION,
        },
    ),
    Violation(
        "a style attribute and an event attribute",
        {pages.strict_policy: "figures/templates/figures/planted.html has an event attribute"},
        {
            "figures/templates/figures/planted.html": MARKED,
        },
    ),
    Violation(
        "an inline script",
        {pages.strict_policy: "figures/templates/figures/planted.html has an inline script"},
        {"figures/templates/figures/planted.html": "<script>go()</script>"},
    ),
    Violation(
        "something loaded from elsewhere",
        {pages.nothing_from_outside: "figures/templates/figures/planted.html loads from outside"},
        {"figures/templates/figures/planted.html": '<img src="https://example.org/x.png" alt="">'},
    ),
    Violation(
        "a page in English",
        {pages.dutch_templates: "planted.html speaks English: cancel"},
        {"figures/templates/figures/planted.html": "<button>Cancel</button>"},
    ),
    Violation(
        "a label that nobody can translate",
        {pages.dutch_texts: "figures.models:1 shows an unmarked text: verbose_name"},
        {"figures/models.py": 'name = models.CharField(verbose_name="Naam")'},
    ),
)

CROSSINGS = {
    "figures/services.py": "from regietafel.figures import views\nfrom regietafel.monitor import public",
    "figures/views.py": "PAGE = 1",
    "register/engine/planted.py": "from regietafel.monitor import public",
    "kit/planted.py": "from regietafel.host import settings",
    "kernel/planted.py": "import django",
    "reception/engine/planted.py": "from regietafel.kernel import planted",
    "dialogue/engine/planted.py": "import django.db",
    "situation/engine/planted.py": "from regietafel.situation.models import Picture",
    "policy/utils.py": "LIMIT = 3",
    "planted/__init__.py": "",
}
REPORTED = {
    "a sibling capability": "regietafel.figures.services -> regietafel.monitor.public",
    "an upward import": "regietafel.register.engine.planted -> regietafel.monitor.public",
    "the host imported": "regietafel.kit.planted -> regietafel.host.settings",
    "a service that imports a view": "regietafel.figures.services -> regietafel.figures.views",
    "Django in an engine": "regietafel.dialogue.engine.planted -> django",
    "Django through the kernel": "regietafel.reception.engine.planted -> regietafel.kernel.planted",
    "an engine that imports its models": "regietafel.situation.engine.planted -> regietafel.situation.models",
    "a new room": "- regietafel.policy.utils",
    "a new top package": "- regietafel.planted",
}


def copy_of_the_source(folder: Path) -> Path:
    """Copy what the checks read, without vendored files and caches."""
    ignored = shutil.ignore_patterns("__pycache__", "vendor", "*.woff2", "*.svg", "*.png")
    shutil.copytree(REPOSITORY / "src", folder / "src", ignore=ignored)
    shutil.copytree(REPOSITORY / "sources", folder / "sources")
    return folder / "src"


def plant(src: Path, files: dict[str, str]) -> None:
    """Write each file, in place of the one that was there."""
    for name, text in files.items():
        path = src / "regietafel" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    source.forget()


@pytest.mark.parametrize("violation", VIOLATIONS, ids=lambda violation: violation.name)
def test_a_planted_violation_is_named(violation: Violation, tmp_path: Path) -> None:
    src = copy_of_the_source(tmp_path)
    before = {check: check(src) for check in violation.says}
    plant(src, violation.plant)
    if violation.remove:
        (src / "regietafel" / violation.remove).unlink()
    for check, words in violation.says.items():
        new = set(check(src)) - set(before[check])
        assert any(words in line for line in new), f"{check.__name__} did not say {words!r}: {sorted(new)}"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the report of import-linter on a copy in which every floor and room is crossed once."""
    src = copy_of_the_source(tmp_path_factory.mktemp("crossed"))
    plant(src, CROSSINGS)
    return "\n".join(layers.layers(src))


@pytest.mark.parametrize("crossing", REPORTED)
def test_a_crossed_floor_or_room_is_reported(crossing: str, report: str) -> None:
    assert REPORTED[crossing] in report, report
