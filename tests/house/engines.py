"""Engines and the kernel: values in, values out, each rule with its ground; the kernel serves many."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.house import plan
from tests.house.source import ROOT, Module, calls, dotted, imports, modules, names_in_scope

BANNED_MODULES = frozenset(
    "django rest_framework sqlite3 pysqlite3 psycopg requests httpx http socket ssl logging structlog "
    "time random secrets os pathlib shutil tempfile subprocess threading multiprocessing asyncio "
    "importlib".split()
)
PURE_PARTS = frozenset({"urllib.parse"})
BANNED_CALLS = frozenset(
    "datetime.datetime.now datetime.datetime.today datetime.datetime.utcnow datetime.date.today "
    "uuid.uuid1 uuid.uuid4 open print input exec eval __import__".split()
)
SEEDED = "numpy.random.default_rng"
GROUND = re.compile(r"^\s*(Source|Method):\s*(\S+)", re.MULTILINE)
FIRST_LINE = re.compile(r"^.+ \([^()]+\)\.?$")

BLOCKED_IMPORT = """
import importlib, sys
blocked = {"django", "rest_framework", "sqlite3", "pysqlite3", "psycopg", "requests", "httpx"}
class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in blocked:
            raise ImportError(f"{name} is blocked")
sys.meta_path.insert(0, Wall())
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ImportError as error:
        print(f"{name} does not import without Django and databases: {error}")
"""


def engine_imports(src: Path) -> list[str]:
    """An engine knows the kernel and itself, the kernel only itself; no framework, I/O, clock or log."""
    problems = []
    for module in _pure(src):
        for found in imports(module):
            if found.parts[0] == ROOT:
                if not _belongs(module, found.target):
                    problems.append(f"{module.at(found.node)} imports outside the engine: {found.target}")
            elif found.parts[0] in BANNED_MODULES or _impure_urllib(found.target):
                problems.append(f"{module.at(found.node)} imports what an engine may not: {found.target}")
    return problems


def clock_and_luck(src: Path) -> list[str]:
    """An engine gives the same answer tomorrow: the moment, the seed and the data are passed in."""
    problems = []
    for module in _pure(src):
        scope = names_in_scope(module)
        for call in calls(module):
            name = dotted(call.func, scope)
            if name in BANNED_CALLS or _unseeded(name, call):
                problems.append(f"{module.at(call)} reads the clock, draws lots or does I/O: {name}")
    return problems


def imports_without_django(src: Path) -> list[str]:
    """Every engine and kernel module really imports in a Python where Django does not exist."""
    names = [module.name for module in _pure(src)]
    environment = {**os.environ, "PYTHONPATH": str(src), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED_IMPORT, *names],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return [*done.stdout.splitlines(), *([done.stderr] if done.returncode else [])]


def grounds(src: Path) -> list[str]:
    """Every public engine function says what it gives, shows it, and names the text or method it rests on."""
    known = source_ids(src)
    problems = []
    for module in modules(src):
        if module.room == "engine":
            for node in _public_functions(src, module):
                problems += [f"{module.at(node)} {node.name}: {lack}" for lack in _lacks(node, known)]
    return problems


def kernel_serves_two(src: Path) -> list[str]:
    """A kernel module that only one package uses is no shared word and belongs in that package."""
    users: dict[str, set[str]] = {module.name: set() for module in modules(src) if _is_kernel_part(module)}
    for _ in range(2):
        for module in modules(src):
            through = users.get(module.name, set()) if module.package == "kernel" else {module.package}
            for found in imports(module):
                for name in {found.target, found.target.rpartition(".")[0]} & set(users):
                    users[name] |= through
    counted = plan.WITH_DOOR | {"kit"}
    return [
        f"{name} serves {', '.join(sorted(found & counted)) or 'nobody'}; a kernel module serves two packages"
        for name, found in sorted(users.items())
        if len(found & counted) < 2
    ]


def source_ids(src: Path) -> set[str]:
    """Read the ids of the texts and publications that rules may rest on."""
    index = tomllib.loads((src.parent / "sources" / "index.toml").read_text(encoding="utf-8"))
    return {entry["id"] for entry in [*index["source"], *index["publication"]]}


def _pure(src: Path) -> Iterator[Module]:
    return (module for module in modules(src) if module.is_pure)


def _public_functions(src: Path, module: Module) -> Iterator[ast.FunctionDef]:
    """Yield what callers see: of a folder inside the engine that is what its `__init__` hands out."""
    parts = module.name.split(".")
    face = f"{ROOT}.{module.package}.engine.{parts[3]}" if len(parts) > 4 else ""
    handed_out = {
        found.parts[-1] for other in modules(src) if other.name == face for found in imports(other)
    }  # fmt: skip
    for node in module.tree.body:
        is_public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if is_public and (not face or node.name in handed_out):
            yield node


def _is_kernel_part(module: Module) -> bool:
    return module.package == "kernel" and bool(module.room)


def _belongs(module: Module, target: str) -> bool:
    own = f"{ROOT}.kernel" if module.package == "kernel" else f"{ROOT}.{module.package}.engine"
    return any(target == home or target.startswith(f"{home}.") for home in (own, f"{ROOT}.kernel"))


def _impure_urllib(target: str) -> bool:
    return target.split(".")[0] == "urllib" and not any(target.startswith(part) for part in PURE_PARTS)


def _unseeded(name: str, call: ast.Call) -> bool:
    if name == SEEDED:
        return not (call.args or call.keywords)
    return name.startswith(("numpy.random.", "scipy.random."))


def _lacks(node: ast.FunctionDef, known: set[str]) -> Iterator[str]:
    text = ast.get_docstring(node) or ""
    if not text:
        yield "no docstring"
        return
    if not FIRST_LINE.match(text.splitlines()[0]):
        yield "the first line does not end with the interface word in parentheses"
    arguments = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
    required = {"Args:": bool(arguments), "Returns:": True, ">>> ": True}
    yield from (
        f"no {part.strip()} in the docstring"
        for part, needed in required.items()
        if needed and part not in text
    )
    ground = GROUND.search(text)
    if ground is None:
        yield "neither Source: nor Method:"
    elif ground[1] == "Source" and ground[2].strip(",.;:") not in known:
        yield f"Source: {ground[2]} is not in sources/index.toml"
