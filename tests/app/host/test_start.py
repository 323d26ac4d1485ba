"""Starting and staying up: what stands in the way is said in Dutch, and what falls over gets up again."""

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from regietafel.host import start
from regietafel.host.listening import open_port
from regietafel.kit.commands import CommandError

WATCHED = """
    import sys
    from pathlib import Path
    from regietafel.host.supervise import Child, Supervisor

    folder = Path({folder!r})
    code = (
        "import os, signal, sys, time; open(sys.argv[1], 'a').write(str(os.getpid()) + chr(10));"
        "time.sleep(60)"
    )
    children = [Child(name, [sys.executable, "-c", code, str(folder / name)]) for name in ("web", "werker")]
    supervisor = Supervisor(children, lambda text: print(text, flush=True))
    supervisor.start()
    print("begonnen", flush=True)
    supervisor.watch()
    supervisor.stop()
    print("gestopt", flush=True)
"""


def eventually(condition: Callable[[], bool], within_s: float = 15) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def pids(folder: Path, name: str) -> list[int]:
    path = folder / name
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended but was not yet collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    code = textwrap.dedent(WATCHED).format(folder=str(tmp_path))
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, "-c", code], env=here, stdout=subprocess.PIPE, text=True)
    assert eventually(lambda: bool(pids(tmp_path, "web") and pids(tmp_path, "werker")))
    yield process
    process.kill()
    process.communicate()


def test_killed_web_server_is_back_with_the_worker_untouched(
    supervisor: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    os.kill(pids(tmp_path, "web")[0], signal.SIGKILL)
    assert eventually(lambda: len(pids(tmp_path, "web")) == 2, within_s=10)
    assert len(pids(tmp_path, "werker")) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything(
    supervisor: "subprocess.Popen[str]", tmp_path: Path, number: signal.Signals
) -> None:
    supervisor.send_signal(number)
    said, _ = supervisor.communicate(timeout=15)
    assert said.splitlines()[-1] == "gestopt"
    assert not any(alive(pid) for name in ("web", "werker") for pid in pids(tmp_path, name))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_killing_the_supervisor_leaves_nothing_that_holds_the_port(
    supervisor: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    supervisor.kill()
    children = [*pids(tmp_path, "web"), *pids(tmp_path, "werker")]
    assert eventually(lambda: not any(alive(pid) for pid in children))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows who holds a port")
def test_taken_port_names_the_holder_and_offers_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Poort {port} .*proces {os.getpid()}.*--poort {port + 1}"):
            open_port("127.0.0.1", port)


def test_address_of_another_machine_is_refused() -> None:
    with pytest.raises(CommandError, match="hoort niet bij deze machine"):
        open_port("192.0.2.1", 0)


def test_full_disk_is_refused_before_the_port_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REGIETAFEL_DATA", str(tmp_path))
    monkeypatch.setenv("REGIETAFEL_ADRES", "127.0.0.1")
    monkeypatch.setattr(start.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(9, 8, 5_000_000))
    assert start.main(["--poort", "0"]) == 1
    assert "5 MB vrij" in capsys.readouterr().err


def test_disk_that_fills_up_on_the_way_is_told_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(data: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setenv("REGIETAFEL_DATA", str(tmp_path))
    monkeypatch.setenv("REGIETAFEL_ADRES", "127.0.0.1")
    monkeypatch.setattr(start, "require_usable", full)
    assert start.main([]) == 1
    assert "De schijf is vol" in capsys.readouterr().err


def test_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("een bestand")
    with pytest.raises(CommandError, match="kan niet worden geschreven"):
        start.require_usable(in_the_way / "gegevens")


def test_data_folder_that_cannot_exist_is_named() -> None:
    with pytest.raises(CommandError, match="kan niet worden geschreven"):
        start.require_usable(Path("/proc/gegevens"))


@pytest.mark.parametrize("port", ["80000", "-1", "http"])
def test_port_that_is_none_is_wrong_usage(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        start.main([f"--poort={port}"])
    assert ended.value.code == 2
    assert f"“{port}” is geen poort" in capsys.readouterr().err


class Spoken:
    """Answers for the command line, and remembers what it was asked."""

    def __init__(self, *, first_time: bool) -> None:
        self.first_time = first_time
        self.words: list[str] = []

    def __call__(self, *words: str) -> str:
        self.words.append(words[0])
        return (
            f'{{"eerste_keer": {str(self.first_time).lower()}}}' if words[0] == "voorbereid" else "wachtwoord"
        )


def test_first_start_loads_the_demo_and_later_ones_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "_run", first := Spoken(first_time=True))
    assert start.prepare(tmp_path, empty=False) == "wachtwoord"
    monkeypatch.setattr(start, "_run", second := Spoken(first_time=False))
    assert start.prepare(tmp_path, empty=False) == ""
    assert (first.words, second.words) == (["voorbereid", "demo"], ["voorbereid"])


def test_empty_start_stays_empty_on_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "_run", Spoken(first_time=True))
    assert start.prepare(tmp_path, empty=True) == ""
    monkeypatch.setattr(start, "_run", later := Spoken(first_time=False))
    assert start.prepare(tmp_path, empty=False) == ""
    assert later.words == ["voorbereid"]


def test_demo_that_was_interrupted_is_loaded_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*words: str) -> str:
        if words[0] == "demo":
            raise KeyboardInterrupt
        return '{"eerste_keer": true}'

    monkeypatch.setattr(start, "_run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        start.prepare(tmp_path, empty=False)
    monkeypatch.setattr(start, "_run", Spoken(first_time=False))
    assert start.prepare(tmp_path, empty=False) == "wachtwoord"
