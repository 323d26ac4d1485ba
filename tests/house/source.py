"""Reading the source: modules, their place in the house, and what they import."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = "regietafel"


@lru_cache(maxsize=4096)
def _parse(text: str) -> ast.Module:
    return ast.parse(text)


@dataclass(frozen=True)
class Module:
    """One Python file, with its dotted name and its place in the house."""

    path: Path
    name: str

    @property
    def package(self) -> str:
        """The top package, such as `monitor`; empty for the root itself."""
        return [*self.name.split("."), ""][1]

    @property
    def room(self) -> str:
        """The room inside the package, such as `services`; empty for the package itself."""
        return [*self.name.split("."), "", ""][2]

    @property
    def is_pure(self) -> bool:
        return self.package == "kernel" or self.room == "engine"

    @property
    def is_migration(self) -> bool:
        return self.room == "migrations"

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        return _parse(self.text)

    def at(self, node: ast.AST) -> str:
        """Name a place the way editors open it."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


@lru_cache(maxsize=64)
def _listing(src: Path) -> tuple[Module, ...]:
    found = []
    for path in sorted((src / ROOT).rglob("*.py")):
        parts = path.relative_to(src).with_suffix("").parts
        if "__pycache__" in parts or "static" in parts:
            continue
        found.append(Module(path, ".".join(parts[:-1] if parts[-1] == "__init__" else parts)))
    return tuple(found)


def modules(src: Path) -> tuple[Module, ...]:
    """List every module under `src/regietafel`."""
    return _listing(src)


def forget() -> None:
    """Forget the listing, after files were planted or removed."""
    _listing.cache_clear()


@dataclass(frozen=True)
class Import:
    """One imported name, made absolute."""

    target: str
    node: ast.AST

    @property
    def parts(self) -> list[str]:
        return self.target.split(".")


def imports(module: Module) -> Iterator[Import]:
    """Yield everything a module imports, at the top or inside a function, relative names made absolute."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node)
        elif isinstance(node, ast.ImportFrom):
            origin = _origin(module, node)
            for alias in node.names:
                yield Import(f"{origin}.{alias.name}", node)


def _origin(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    is_package = module.path.name == "__init__.py"
    parts = module.name.split(".")
    kept = parts[: len(parts) - node.level + (1 if is_package else 0)]
    return ".".join([*kept, node.module] if node.module else kept)


def names_in_scope(module: Module) -> dict[str, str]:
    """Map each local name that came from an import to its full dotted origin."""
    scope = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                scope[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                scope[alias.asname or alias.name] = f"{_origin(module, node)}.{alias.name}"
    return scope


def dotted(node: ast.AST, scope: dict[str, str]) -> str:
    """Spell an expression such as `timezone.now` with its full origin; empty when it is no plain name."""
    if isinstance(node, ast.Name):
        return scope.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        left = dotted(node.value, scope)
        return f"{left}.{node.attr}" if left else ""
    return ""


def last_name(node: ast.AST) -> str:
    """Give the last part of a called name: `models.ForeignKey` is `ForeignKey`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def calls(module: Module) -> Iterator[ast.Call]:
    """Yield every call in a module."""
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))


def text_of(node: ast.AST | None) -> str | None:
    """Give the value of a literal string, else None."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
