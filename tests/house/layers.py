"""Runs import-linter on a source folder, with the contracts of pyproject.toml."""

import os
import subprocess
import sys
from pathlib import Path

CONFIGURATION = Path(__file__).parents[2] / "pyproject.toml"
COMMAND = (
    "import sys; from importlinter.cli import lint_imports; "
    "sys.exit(lint_imports(sys.argv[1], no_cache=True))"
)
BANNER = frozenset("╔╗╚╝║═▲▶◀")


def layers(src: Path) -> list[str]:
    """Floors, rooms and forbidden modules: give the report's lines when a contract is broken."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(src),
        "PYTHONDONTWRITEBYTECODE": "1",
        "COLUMNS": "300",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, str(CONFIGURATION)],
        env=environment, cwd=src, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if not done.returncode:
        return []
    return [
        line for line in (done.stdout + done.stderr).splitlines() if line.strip() and not set(line) & BANNER
    ]
