"""The first thing a newcomer runs: its environment, its messages, its silence when a command speaks."""

import ast
import hashlib
import importlib.util
import os
import shutil
import stat
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
NO_ROUTE = "error: Failed to fetch: `https://…/simple/django/`\n  Caused by: dns error"
FULL = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"


@pytest.fixture
def regie() -> ModuleType:
    loader = SourceFileLoader("regie", str(ROOT / "regie"))
    spec = importlib.util.spec_from_loader("regie", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy in a path with a space, whose environment has a Python that only tells how it was called."""
    clone = tmp_path / "een kloon"
    shutil.copytree(ROOT / "requirements", clone / "requirements")
    shutil.copy2(ROOT / "regie", clone / "regie")
    python = clone / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nprintf "%s|" "$@"; echo "$PWD|$REGIETAFEL_DATA|$PYTHONPATH"; exit 3\n')
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    lock = clone / "requirements" / "start.lock"
    (clone / ".venv" / "start.stempel").write_text(hashlib.sha256(lock.read_bytes()).hexdigest())
    return clone


def run(clone: Path, *words: str, **extra: Any) -> "subprocess.CompletedProcess[str]":
    variables = {k: v for k, v in os.environ.items() if not k.startswith(("REGIETAFEL_", "PYTHONPATH"))}
    command = [sys.executable, str(clone / "regie"), *words]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False, **extra)


def test_unknown_word_goes_to_the_command_line_with_nothing_added(clone: Path, tmp_path: Path) -> None:
    result = run(clone, "zoek", "tel", "--vraag", "twee woorden", cwd=tmp_path)
    assert result.stdout == (
        f"-m|regietafel.host.cli|zoek|tel|--vraag|twee woorden|{tmp_path}|{clone / 'data'}|{clone / 'src'}\n"
    )
    assert (result.returncode, result.stderr) == (3, "")


def test_without_a_word_it_explains_itself_and_counts_as_wrong_usage(clone: Path) -> None:
    assert run(clone).returncode == 2
    result = run(clone, "--help")
    assert result.returncode == 0
    assert all(word in result.stdout for word in ("start", "test", "demo", "check", "bench", "shell"))


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10)])
def test_python_too_old_names_the_version_and_the_way_out(
    regie: ModuleType, version: tuple[int, int]
) -> None:
    objection = regie.python_objection(version, system="posix")
    assert f"Python {version[0]}.{version[1]} is te oud" in objection
    assert "3.11" in objection


def test_every_supported_python_is_accepted_and_windows_is_told_about_wsl(regie: ModuleType) -> None:
    assert regie.python_objection((3, 11), system="posix") is None
    assert regie.python_objection((3, 14), system="posix") is None
    assert "WSL" in regie.python_objection((3, 13), system="nt")


def test_an_old_python_can_read_far_enough_to_say_so() -> None:
    ast.parse((ROOT / "regie").read_text(), feature_version=(3, 7))


def test_missing_venv_module_names_the_package_to_install(
    regie: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(regie.Problem, match=rf"apt install python3\.{sys.version_info[1]}-venv"):
        regie.Environment(tmp_path / "omgeving").prepare("start")


def test_full_disk_is_seen_before_anything_is_written(
    regie: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regie.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(9, 8, 120_000_000))
    with pytest.raises(regie.Problem, match="vrij is 120 MB"):
        regie.Environment(tmp_path / "omgeving").prepare("start")
    assert not (tmp_path / "omgeving").exists()


def test_a_folder_with_other_files_is_never_taken_as_environment(regie: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "scriptie.odt").write_text("jaren werk")
    with pytest.raises(regie.Problem, match="geen Python-omgeving"):
        regie.Environment(tmp_path).prepare("start")
    assert [path.name for path in tmp_path.iterdir()] == ["scriptie.odt"]


class Installer:
    """Stands in for the tools that fetch packages; fails for those named."""

    def __init__(self, failing: dict[str, str]) -> None:
        self.failing = failing
        self.used: list[str] = []

    def __call__(self, command: list[str], **options: Any) -> "subprocess.CompletedProcess[str]":
        text = " ".join(command)
        tool = "pip" if " -m pip install" in text else "uv" if "/uv pip install" in text else ""
        if tool:
            assert "--require-hashes" in command
            self.used.append("uv zelf" if "uv.lock" in text else tool)
        failure = self.failing.get(tool, "")
        return subprocess.CompletedProcess(command, 1 if failure else 0, stdout=failure)


def environment_with(regie: ModuleType, folder: Path, failing: dict[str, str]) -> tuple[Any, Installer]:
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").touch()
    (folder / "bin" / "python").touch()
    environment, installer = regie.Environment(folder), Installer(failing)
    environment.listen = installer
    return environment, installer


def test_uv_is_fetched_by_pip_and_does_the_work_once(regie: ModuleType, tmp_path: Path) -> None:
    environment, installer = environment_with(regie, tmp_path / "omgeving", {})
    environment.prepare("start")
    environment.prepare("start")
    assert installer.used == ["uv zelf", "uv"]


def test_pip_takes_over_when_uv_fails(regie: ModuleType, tmp_path: Path) -> None:
    environment, installer = environment_with(regie, tmp_path / "omgeving", {"uv": "uv: illegal instruction"})
    environment.prepare("start")
    assert installer.used == ["uv zelf", "uv", "pip"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (NO_ROUTE, "internetverbinding"),
        (FULL, "schijf is vol"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "controlesom"),
        ("error: failed to create directory: Permission denied (os error 13)", "niet beschrijfbaar"),
    ],
)
def test_failed_installation_says_what_to_do_and_is_tried_again_next_time(
    regie: ModuleType, tmp_path: Path, said: str, message: str
) -> None:
    environment, installer = environment_with(regie, tmp_path / "omgeving", {"uv": said, "pip": said})
    for _ in range(2):
        with pytest.raises(regie.Problem, match=message):
            environment.prepare("start")
    assert len(installer.used) >= 2


def test_check_runs_everything_and_names_what_failed(
    regie: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fine = [sys.executable, "-c", "pass"]
    broken = [sys.executable, "-c", "print('regel 12 is te lang'); raise SystemExit(1)"]
    monkeypatch.setattr(regie, "CHECKS", {"Stijl": broken, "Typen": fine, "Lagen": broken})
    environment = regie.Environment(tmp_path)
    monkeypatch.setattr(environment, "prepare", lambda name: None)
    assert regie.check(environment, []) == 1
    said = capsys.readouterr().out
    assert said.count("regel 12 is te lang") == 2
    assert "goed  Typen" in said
    assert set(said.strip().splitlines()[-1].removeprefix("Niet in orde: ").rstrip(".").split(", ")) == {
        "Stijl",
        "Lagen",
    }
