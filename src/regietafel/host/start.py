"""Serve the product on this machine: prepare the data folder, then web server and job worker until a signal.

Run by `./regie start`. This process itself never loads Django, so that it stays small and starts at once.
"""

import argparse
import errno
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from regietafel.host.listening import open_port
from regietafel.host.supervise import Child, Supervisor
from regietafel.kit.commands import DONE, INPUT_ERRORS, CommandError, DutchParser

LOOPBACK = ("127.0.0.1", "localhost", "::1")
COMMAND_LINE = [sys.executable, "-m", "regietafel.host.cli"]
GUNICORN = [sys.executable, "-m", "gunicorn", "regietafel.host.wsgi:application"]
GUNICORN += ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
GUNICORN += ["--no-control-socket", "--preload"]
GUNICORN += ["--log-level", "warning", "--graceful-timeout", "20", "--timeout", "60"]
LEAST_FREE_MB = 200
READY_WITHIN_S = 180


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until a signal; explain in Dutch what the user can do when that is impossible."""
    options = _parser().parse_args(arguments)
    code = INPUT_ERRORS
    try:
        return serve(options)
    except CommandError as error:
        message, code = str(error), error.exit_code
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        message = "De schijf is vol. Maak ruimte en start opnieuw; er is niets half opgeslagen."
    except KeyboardInterrupt:
        message = "Afgebroken."
    sys.stderr.write(f"{message}\n")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = DutchParser(prog="./regie start", description="Start Regietafel op deze machine.")
    parser.add_argument(
        "--poort", type=_port, default=8000, metavar="GETAL", help="poort om op te luisteren (8000)"
    )
    parser.add_argument(
        "--adres", default="127.0.0.1", help="adres om op te luisteren (127.0.0.1: alleen deze machine)"
    )
    parser.add_argument("--leeg", action="store_true", help="begin leeg, zonder de fictieve voorbeeldregio")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"“{text}” is geen poort; kies een getal tot en met 65535")
    return int(text)


def serve(options: argparse.Namespace) -> int:
    """Check, prepare, start and watch."""
    started = time.monotonic()
    data = Path(os.environ.setdefault("REGIETAFEL_DATA", "data")).absolute()
    os.environ.update(REGIETAFEL_DATA=str(data), REGIETAFEL_ADRES=options.adres)
    require_usable(data)
    door = open_port(options.adres, options.poort)
    say(f"Gegevens in {data}")
    accounts = prepare(data, empty=options.leeg)
    web = Child("webserver", [*GUNICORN, "--bind", f"fd://{door.fileno()}"], keep_open=(door.fileno(),))
    supervisor = Supervisor([web, Child("takenwerker", [*COMMAND_LINE, "werk"])], say)
    try:
        supervisor.start()
        if not supervisor.wait_until(lambda: answers(options.adres, options.poort), timeout_s=READY_WITHIN_S):
            say("Regietafel kwam niet op gang; de melding hierboven zegt waarom.")
            say("Staat er geen melding, dan was de machine te druk: probeer het opnieuw.")
            say(f"\n{accounts}" if accounts else "")
            return INPUT_ERRORS
        announce(options, accounts, seconds=time.monotonic() - started)
        supervisor.watch()
    finally:
        supervisor.stop()
        door.close()
    say("Regietafel is gestopt.")
    return DONE


def require_usable(data: Path) -> None:
    """Refuse a data folder that cannot be written or has no room left."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        free_mb = shutil.disk_usage(data).free // 1_000_000
        if free_mb < LEAST_FREE_MB:
            raise CommandError(
                f"Te weinig ruimte op de schijf van {data}: er is {free_mb} MB vrij en minstens "
                f"{LEAST_FREE_MB} MB nodig. Maak ruimte en start opnieuw."
            )
        with tempfile.TemporaryFile(dir=data):
            pass
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise CommandError(
            f"In de map {data} kan niet worden geschreven. Start als de eigenaar van die map, "
            "of laat REGIETAFEL_DATA naar een eigen map wijzen."
        ) from None


def prepare(data: Path, *, empty: bool) -> str:
    """Bring the database up to date and, the first time, load the demo; returns the demo's own words."""
    say("Database voorbereiden …")
    prepared = json.loads(_run("voorbereid", "--json"))
    wanted = data / "demo-laden"
    if prepared["eerste_keer"] and not empty:
        wanted.touch()
    if not wanted.exists():
        return ""
    say("Eerste keer: de fictieve voorbeeldregio laden …")
    accounts = _run("demo")
    wanted.unlink()
    return accounts


def _run(*words: str) -> str:
    """Run one of our own commands, which says on standard error what is wrong; return what it printed."""
    result = subprocess.run([*COMMAND_LINE, *words], stdout=subprocess.PIPE, text=True, check=False)
    if result.returncode:
        refusal = CommandError("Regietafel is niet gestart.")
        refusal.exit_code = result.returncode
        raise refusal
    return result.stdout.strip()


def answers(address: str, port: int) -> bool:
    """Whether the web server gives a page."""
    host = address if address not in ("0.0.0.0", "::") else "127.0.0.1"
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/gezond", headers={"Host": "localhost"})
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def announce(options: argparse.Namespace, accounts: str, *, seconds: float) -> None:
    """Tell where the product is, and how to get in."""
    host = f"[{options.adres}]" if ":" in options.adres else options.adres
    say(f"\nRegietafel is klaar ({seconds:.0f} s): http://{host}:{options.poort}")
    if accounts:
        say(f"\n{accounts}\n")
    elif options.leeg:
        say("Nog geen account? Maak het eerste in een tweede terminal:")
        say("  ./regie gebruiker maak naam@organisatie.nl --naam 'Uw naam' --installatiebeheerder")
    if options.adres not in LOOPBACK and not os.environ.get("REGIETAFEL_HOSTS"):
        say(
            "Let op: zet REGIETAFEL_HOSTS op de naam waaronder gebruikers Regietafel openen, "
            "anders krijgen zij een foutmelding."
        )
    say("Stoppen met Ctrl-C.")


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
