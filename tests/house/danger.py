"""Constructions that are dangerous by nature: each use is counted, explained, and may only become rarer."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.house.doors import dynamic_import_calls
from tests.house.source import ROOT, Module, calls, dotted, imports, last_name, modules, names_in_scope

ALLOWED = Path(__file__).with_name("allowed.toml")
KINDS_OF_CALL = {
    "raw-sql": {"raw", "extra", "execute", "executemany", "executescript", "RawSQL", "RunSQL"},
    "unescaped-html": {"mark_safe", "SafeString", "SafeText"},
    "csrf-exempt": {"csrf_exempt"},
    "unpickling": {"unsafe_load", "full_load"},
}
KINDS_OF_NAME = {"evaluation": {"eval", "exec", "compile"}, "processes": {"os.system", "os.popen"}}
KINDS_OF_IMPORT = {
    "unpickling": {"pickle", "marshal", "shelve", "dill"},
    "unguarded-fetch": {"requests", "httpx", "urllib.request", "http.client", "aiohttp", "urllib3"},
    "processes": {"subprocess"},
}


def _turned(kinds: dict[str, set[str]]) -> dict[str, str]:
    return {name: kind for kind, names in kinds.items() for name in names}


CALLS, NAMES, MODULES = _turned(KINDS_OF_CALL), _turned(KINDS_OF_NAME), _turned(KINDS_OF_IMPORT)
TEMPLATE_MARKS = re.compile(r"\|\s*safe(?:seq)?\b|\{%\s*autoescape\s+off|\{%\s*csrf_exempt")
ROOMS_WITHOUT_QUERIES = frozenset(
    {"views", "api", "cli", "admin", "forms", "public", "urls", "adapters", "templatetags"}
)

IDENTITY = frozenset(
    {
        "author", "authors", "handle", "handles", "avatar", "username", "nickname", "screenname", "profile",
        "persona", "person", "persons", "poster", "follower", "auteur", "account",
    }
)  # fmt: skip
COUNTS_ONLY = frozenset({"author_day_hash", "distinct_authors"})


def counted(src: Path) -> list[str]:
    """Compare every dangerous use with tests/house/allowed.toml; more is refused, fewer must be noted."""
    found = Counter(_uses(src))
    allowed = {
        (kind, place): entry["count"]
        for kind, places in tomllib.loads(ALLOWED.read_text(encoding="utf-8")).items()
        for place, entry in places.items()
    }
    return [
        f"{place}: {kind} occurs {found[kind, place]} times, allowed {allowed.get((kind, place), 0)}"
        for kind, place in sorted(found.keys() | allowed.keys())
        if found[kind, place] != allowed.get((kind, place), 0)
    ]


def unexplained(_src: Path) -> list[str]:
    """Every exception carries its reason."""
    listing = tomllib.loads(ALLOWED.read_text(encoding="utf-8"))
    return [
        f"{kind} in {place} has no reason"
        for kind, places in listing.items()
        for place, entry in places.items()
        if len(entry.get("reason", "").split()) < 3
    ]


def persons(src: Path) -> list[str]:
    """The monitor has no column in which a private person could be kept or followed."""
    problems = []
    for module in modules(src):
        if module.package != "monitor" or module.room not in {"models", "migrations"}:
            continue
        for name, node in _columns(module):
            if name not in COUNTS_ONLY and IDENTITY & set(name.lower().split("_")):
                problems.append(f"{module.at(node)} could hold a person: {name}")
    return problems


def _uses(src: Path) -> Iterator[tuple[str, str]]:
    for module in modules(src):
        scope = names_in_scope(module)
        for call in calls(module):
            kind = CALLS.get(last_name(call.func)) or NAMES.get(dotted(call.func, scope))
            if kind:
                yield kind, module.name
        yield from (("dynamic-import", module.name) for _ in dynamic_import_calls(module))
        yield from ((kind, module.name) for kind in _dangerous_imports(module))
        if module.room in ROOMS_WITHOUT_QUERIES:
            yield from (("query-outside-selectors", module.name) for _ in _managers(module))
    for path in sorted((src / ROOT).rglob("templates/**/*.*")):
        for _ in TEMPLATE_MARKS.findall(path.read_text(encoding="utf-8", errors="replace")):
            yield "unescaped-html", str(path.relative_to(src / ROOT))


def _dangerous_imports(module: Module) -> Iterator[str]:
    for found in imports(module):
        for name, kind in MODULES.items():
            if found.target == name or found.target.startswith(f"{name}."):
                yield kind


def _managers(module: Module) -> Iterator[ast.Attribute]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}:
            yield node


def _columns(module: Module) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.Assign | ast.AnnAssign)
            and isinstance(node.value, ast.Call)
            and _is_field(node.value)
        ):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((last_name(target), node) for target in targets)
        elif module.is_migration and isinstance(node, ast.Tuple) and len(node.elts) == 2:
            name, field = node.elts
            if isinstance(name, ast.Constant) and isinstance(field, ast.Call) and _is_field(field):
                yield str(name.value), node
        elif (
            module.is_migration
            and isinstance(node, ast.Call)
            and last_name(node.func) in {"AddField", "RenameField"}
        ):
            for word in node.keywords:
                if word.arg in {"name", "new_name"} and isinstance(word.value, ast.Constant):
                    yield str(word.value.value), node


def _is_field(call: ast.Call) -> bool:
    return last_name(call.func).endswith(("Field", "ForeignKey"))
