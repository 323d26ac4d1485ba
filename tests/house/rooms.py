"""Which packages and rooms there are, and what they may be called."""

from collections.abc import Iterator
from pathlib import Path

from tests.house import plan
from tests.house.source import ROOT, modules


def top_packages(src: Path) -> list[str]:
    """The listing of the product is its table of contents: these packages, and no others."""
    found = {path.name for path in _children(src / ROOT) if path.is_dir()}
    files = {path.name for path in _children(src / ROOT) if path.is_file()} - {"__init__.py", "py.typed"}
    expected = set(plan.FLOOR)
    return [
        *(f"unknown top package: {ROOT}/{name}" for name in sorted(found - expected)),
        *(f"missing top package: {ROOT}/{name}" for name in sorted(expected - found)),
        *(f"loose file beside the packages: {ROOT}/{name}" for name in sorted(files)),
    ]


def rooms(src: Path) -> list[str]:
    """Every capability and the register have the mandatory rooms and none that the plan does not know."""
    problems = []
    for package in sorted(plan.WITH_DOOR):
        names = [path.stem for path in _children(src / ROOT / package) if path.name != "__init__.py"]
        found = set(names)
        problems += [f"missing room: {package}/{room}" for room in sorted(plan.MANDATORY_ROOMS - found)]
        problems += [
            f"unknown room: {package}/{room}" for room in sorted(found - plan.ROOMS - plan.FURNITURE)
        ]
        problems += [
            f"room is both file and folder: {package}/{room}"
            for room in sorted(found)
            if names.count(room) > 1
        ]
    return problems


def names(src: Path) -> list[str]:
    """A file says what it is; `utils` and its cousins say nothing."""
    return [
        f"says nothing about its contents: {module.name}"
        for module in modules(src)
        if plan.NOT_NAMES & set(module.name.split("."))
    ]


def _children(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.name != "__pycache__" and not path.name.startswith("."))
