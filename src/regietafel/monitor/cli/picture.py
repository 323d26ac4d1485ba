"""`regietafel omgevingsbeeld`: the picture of a file, or of a stored monitor."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regietafel.kernel.dutch import counted
from regietafel.kit.commands import (
    DONE,
    INPUT_ERRORS,
    CommandError,
    add_json,
    day_argument,
    refuse_overwriting,
    say,
    write_whole,
)
from regietafel.monitor.cli.arguments import add_reading, error_lines
from regietafel.monitor.cli.search.asking import add_question, asked, remark
from regietafel.monitor.cli.search.delivering import open_file

if TYPE_CHECKING:
    from regietafel.monitor.adapters.exporters import PictureContent

KINDS = {".docx": "docx", ".pdf": "pdf", ".json": "json"}


def add_command(words: Any) -> None:
    """Add the word."""
    parser = words.add_parser("omgevingsbeeld", help="een omgevingsbeeld van een bestand of een monitor")
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("--in", dest="bestand", metavar="BESTAND", help="bestand met berichten")
    given.add_argument("--monitor", type=int, metavar="NR", help="nummer van een monitor")
    add_question(parser, required=False)
    parser.add_argument(
        "--van", type=day_argument, required=True, metavar="DATUM", help="eerste dag, zoals 2022-04-01"
    )
    parser.add_argument(
        "--tot", type=day_argument, required=True, metavar="DATUM", help="laatste dag (telt mee)"
    )
    parser.add_argument(
        "--uit", type=_target, required=True, metavar="BESTAND", help="X.docx, X.pdf of X.json"
    )
    add_reading(parser)
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def _target(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in KINDS:
        raise argparse.ArgumentTypeError(f"“{text}” eindigt niet op .docx, .pdf of .json")
    return path


def run(options: argparse.Namespace) -> int:
    """Make the picture and write it."""
    if options.tot < options.van:
        raise CommandError("De laatste dag (--tot) ligt voor de eerste (--van).")
    refuse_overwriting(options.uit, inputs=(options.bestand, options.vraagbestand, options.plaatsprofiel))
    errors: list[dict[str, Any]] = []
    content = _of_monitor(options) if options.monitor else _of_file(options, errors)
    if options.monitor:
        _note(options)
    _write(content, options.uit)
    figures = content.figures
    result = {
        "bestand": str(options.uit),
        "treffers": figures.media_count,
        "verhalen": figures.story_count,
        "van": figures.starts_on.isoformat(),
        "tot": figures.ends_on.isoformat(),
        "fouten": errors,
    }
    messages = counted(figures.media_count, one="bericht", many="berichten")
    stories = counted(figures.story_count, one="verhaal", many="verhalen")
    told = [
        f"{messages}, {stories}: {options.uit}",
        *error_lines(errors),
    ]
    say(result, as_json=options.json, text="\n".join(told))
    return INPUT_ERRORS if errors else DONE


def _of_monitor(options: argparse.Namespace) -> "PictureContent":
    import django
    from django.db import DatabaseError

    if options.vraag or options.vraagbestand:
        raise CommandError("Een monitor heeft zijn eigen zoekvraag; laat --vraag weg.")
    django.setup()
    from regietafel.monitor.selectors.pictures import draft_content

    try:
        content = draft_content(options.monitor, starts_on=options.van, ends_on=options.tot)
    except DatabaseError as error:
        raise CommandError("De database is nog niet klaar. Voer eerst uit: regietafel voorbereid.") from error
    if content is None:
        raise CommandError(f"Er is geen monitor met nummer {options.monitor}.")
    return content


def _note(options: argparse.Namespace) -> None:
    """Leave a line in the log before headlines of a stored monitor leave as a file."""
    from regietafel.monitor.selectors.monitors import monitor_by_number
    from regietafel.monitor.services.looking import note_export

    monitor = monitor_by_number(options.monitor)
    what = f"omgevingsbeeld als {KINDS[options.uit.suffix.lower()].upper()} op de opdrachtregel"
    note_export(monitor=monitor, what=what, by=None)


def _of_file(options: argparse.Namespace, errors: list[dict[str, Any]]) -> "PictureContent":
    import django

    if not (options.vraag or options.vraagbestand):
        raise CommandError("Geef de zoekvraag met --vraag of --vraagbestand.")
    question = asked(options)
    remark(question)
    django.setup()
    from regietafel.monitor.adapters.exporters import Notes, PictureContent, Scope, proposal
    from regietafel.monitor.services.files import figures_of_file

    opened = open_file(options)
    figures = figures_of_file(
        opened,
        query=question.query,
        name=Path(options.bestand).name,
        period=(options.van, options.tot),
        errors=errors,
    )
    scope = Scope(monitor="", query=question.shown, sources=(Path(options.bestand).name,))
    return PictureContent(scope=scope, notes=Notes(core_message=proposal(figures)), figures=figures)


def _write(content: "PictureContent", target: Path) -> None:
    from regietafel.monitor.adapters.exporters import write_picture

    write_whole(target, write_picture(content, kind=KINDS[target.suffix.lower()]))
