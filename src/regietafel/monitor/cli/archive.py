"""`regietafel zoek archief`: all questions over a folder of Parquet files; what was broken off goes on."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from regietafel.kernel.dutch import counted, number
from regietafel.kit.commands import DONE, INPUT_ERRORS, CommandError, add_json, refuse_overwriting, say
from regietafel.monitor.cli.arguments import column_mapping, error_lines
from regietafel.monitor.cli.search.many import all_questions, written

if TYPE_CHECKING:
    from regietafel.monitor.adapters.archive import Archive, Asked, Kept

MOTORS = ("lokaal", "duckdb", "spark")
EVERY_SECONDS = 2.0


def add_archive(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser("archief", help="stel zoekvragen aan een map met Parquet-bestanden")
    parser.add_argument(
        "--vragen",
        required=True,
        metavar="BESTAND",
        help="zoekvragen als JSON-regels met id en vraag, en zo nodig dialect en vul",
    )
    parser.add_argument("--in", dest="map", required=True, metavar="MAP", help="map met *.parquet")
    parser.add_argument(
        "--uit",
        metavar="BESTAND",
        help="waar de treffers komen als JSON-regels; afgebroken werk gaat daar later verder",
    )
    parser.add_argument("--motor", choices=MOTORS, default=MOTORS[0], help="wie de bestanden leest")
    parser.add_argument(
        "--processen",
        type=_process_count,
        default=os.cpu_count() or 1,
        metavar="AANTAL",
        help="hoeveel tegelijk (zoveel als er processoren zijn)",
    )
    parser.add_argument(
        "--kolommen",
        type=column_mapping,
        default={},
        metavar="ONS=UW,…",
        help="welke kolom wat bevat, zoals id=nr,tekst=body",
    )
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def _process_count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"“{text}” is geen aantal van 1 tot en met 256")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Ask all questions of every message in the archive; write who answers which."""
    from regietafel.monitor.adapters.archive import ArchiveRefused, Asked, open_archive, require_motor

    started = time.monotonic()
    refuse_overwriting(options.uit, inputs=(options.vragen, *Path(options.map).rglob("*.parquet")))
    questions, errors = all_questions(options.vragen)
    asked = Asked(questions)
    try:
        require_motor(options.motor)
        archive = open_archive(Path(options.map), fields=asked.fields, columns=options.kolommen or None)
        if not archive.files:
            told = "\n".join(error_lines(list(archive.errors)))
            refused = f"{options.map}: geen van de Parquet-bestanden is te lezen.\n{told}"
            raise CommandError(refused, archive.errors)
        asked = Asked(questions, archive.fingerprint(Path(options.vragen).read_bytes()))
        with _kept(options.uit, asked.fingerprint) as kept:
            resumed = _search(options, archive, asked=asked, kept=kept)
            with written(options.uit) if options.uit else nullcontext() as out:
                per_question, hits, bad_rows = kept.gather(archive, out)
    except ArchiveRefused as refusal:
        raise CommandError(str(refusal)) from refusal
    errors += bad_rows
    result = {
        "vragen": len(questions),
        "bestanden": len(archive.files),
        "gelezen": archive.rows,
        "treffers": hits,
        "per_vraag": {name: per_question[name] for name in questions},
        "hervat": resumed,
        "motor": options.motor,
        "uit": options.uit,
        "fouten": errors,
    }
    say(result, as_json=options.json, text=_told(result, seconds=time.monotonic() - started))
    return INPUT_ERRORS if errors else DONE


@contextmanager
def _kept(out: str | None, fingerprint: str) -> Iterator["Kept"]:
    """Keep finished work beside the output until the output is there; without output, for this run only."""
    from regietafel.monitor.adapters.archive import Kept

    if out is None:
        with TemporaryDirectory(prefix="regietafel-archief-") as folder:
            yield Kept(Path(folder) / "werk", fingerprint=fingerprint)
        return
    target = Path(out)
    try:
        kept = Kept(target.with_name(f".{target.name}.werk"), fingerprint=fingerprint)
    except OSError as error:
        raise CommandError(f"{out}: hier kan niet worden geschreven. Controleer de map.") from error
    try:
        yield kept
    except BaseException:
        kept.leave()
        raise
    kept.forget()


def _search(options: argparse.Namespace, archive: "Archive", *, asked: "Asked", kept: "Kept") -> int:
    from regietafel.monitor.adapters.archive import Motor, search

    tell = _progress(archive.rows)
    try:
        return search(archive, asked, kept=kept, motor=Motor(options.motor, options.processen), tell=tell)
    except KeyboardInterrupt:
        again = " Dezelfde opdracht gaat verder waar deze is gebleven." if options.uit else ""
        raise CommandError(f"Afgebroken.{again}") from None


def _progress(total: int) -> Callable[[int], None]:
    """Say now and then how far it is, on standard error."""
    started = last = time.monotonic()

    def tell(done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < EVERY_SECONDS and done < total:
            return
        last = now
        share = f"{done / total:.0%}" if total else "100%"
        seconds = number(round(now - started))
        sys.stderr.write(f"{number(done)} van {number(total)} rijen ({share}), {seconds} s\n")
        sys.stderr.flush()

    return tell


def _told(result: dict[str, Any], *, seconds: float) -> str:
    questions = counted(result["vragen"], one="zoekvraag", many="zoekvragen")
    files = counted(result["bestanden"], one="bestand", many="bestanden")
    rows = counted(result["gelezen"], one="rij", many="rijen")
    hits = counted(result["treffers"], one="treffer", many="treffers")
    lines = [f"{questions}, {files}, {rows} gelezen, {hits} in {number(round(seconds, 1), decimals=1)} s."]
    if result["hervat"]:
        groups = counted(result["hervat"], one="rijgroep was", many="rijgroepen waren")
        lines.append(f"{groups} al klaar van een vorige keer.")
    return "\n".join([*lines, *error_lines(result["fouten"])])
