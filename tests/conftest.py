"""Where the tests run: a data folder of their own, on the database that the environment names.

Without `REGIETAFEL_DATABASE` that is SQLite; with an address of PostgreSQL it is a test database there.
The pure tests also run in a Python without Django: `python -m pytest tests/engine -p no:django`.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

DATA = Path(tempfile.mkdtemp(prefix="regietafel-test-"))
os.environ["REGIETAFEL_DATA"] = str(DATA)
# A file, as in real life: with a write-ahead log and real locks.
os.environ.setdefault("REGIETAFEL_TEST_SQLITE", str(DATA / "proef.sqlite3"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regietafel.host.settings")


class NoDjango:
    """Stands first among the import finders and refuses the framework."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in {"django", "rest_framework"}:
            raise ImportError(f"{name} is out of reach for an engine test")


def pytest_configure(config: pytest.Config) -> None:
    """Start Django, or make sure that nothing can."""
    if not config.pluginmanager.hasplugin("django"):
        sys.meta_path.insert(0, NoDjango)  # type: ignore[arg-type]
        return
    import django

    django.setup()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let every worker start as this process did: with settings, data folder and keys of its own."""
    for name in ("DJANGO_SETTINGS_MODULE", "REGIETAFEL_DATA", "REGIETAFEL_TEST_SQLITE"):
        os.environ.pop(name, None)


def pytest_unconfigure() -> None:
    """Leave no data behind."""
    shutil.rmtree(DATA, ignore_errors=True)
