"""`regietafel overleg notulen` and `overleg agenda`: minutes and meetings as files, from the database."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regietafel.kernel.dutch import counted
from regietafel.kit.commands import DONE, CommandError, add_json, say, write_whole

if TYPE_CHECKING:
    from regietafel.deliberation.models import Body

MINUTES = {".docx": "docx", ".pdf": "pdf", ".json": "json"}


def add_action(actions: Any) -> None:
    """Add both actions."""
    minutes = actions.add_parser("notulen", help="het verslag van een vergadering als DOCX, PDF of JSON")
    minutes.add_argument("nummer", type=int, metavar="NR", help="nummer uit het adres van de vergadering")
    minutes.add_argument(
        "--uit", type=_paper, required=True, metavar="BESTAND", help="X.docx, X.pdf of X.json"
    )
    add_json(minutes)
    minutes.set_defaults(run=write_minutes_file)
    agenda = actions.add_parser("agenda", help="de vergaderingen van een overleg voor uw agenda (iCal)")
    agenda.add_argument("overleg", metavar="OVERLEG", help="naam of nummer van het overleg")
    agenda.add_argument("--uit", type=_calendar, required=True, metavar="BESTAND", help="X.ics")
    add_json(agenda)
    agenda.set_defaults(run=write_calendar_file)


def _paper(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in MINUTES:
        raise argparse.ArgumentTypeError(f"“{text}” eindigt niet op .docx, .pdf of .json")
    return path


def _calendar(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".ics":
        raise argparse.ArgumentTypeError(f"“{text}” eindigt niet op .ics")
    return path


def write_minutes_file(options: argparse.Namespace) -> int:
    """Write the minutes, laid down or draft, closed items included: whoever runs this has the database."""
    from regietafel.deliberation.adapters.exporters import write_minutes
    from regietafel.deliberation.selectors.minutes import meeting_numbered, stored_content
    from regietafel.deliberation.services.exporting import note_file

    meeting = meeting_numbered(options.nummer)
    if meeting is None:
        raise CommandError(f"Er is geen vergadering met nummer {options.nummer}.")
    kind = MINUTES[options.uit.suffix.lower()]
    content = stored_content(meeting)
    write_whole(options.uit, write_minutes(content, kind=kind))
    note_file(meeting=meeting, what=f"verslag als {kind.upper()}, opdrachtregel", by=None)
    count = sum(len(item.entries) for item in content.items)
    told = f"{options.uit}: {content.meeting}, {counted(count, one='regel', many='regels')}."
    result = {"bestand": str(options.uit), "vergadering": content.meeting, "regels": count}
    say(result, as_json=options.json, text=told)
    return DONE


def write_calendar_file(options: argparse.Namespace) -> int:
    """Write the meetings of a body; without their items, which may be closed."""
    from regietafel.deliberation.adapters.exporters.calendar import body_ics
    from regietafel.deliberation.selectors.minutes import calendar_of

    body = _body(options.overleg)
    meetings = calendar_of(body)
    if not meetings:
        raise CommandError(f"{body.name} heeft geen vergaderingen.")
    write_whole(options.uit, body_ics(meetings))
    count = counted(len(meetings), one="vergadering", many="vergaderingen")
    result = {"bestand": str(options.uit), "overleg": body.name, "vergaderingen": len(meetings)}
    say(result, as_json=options.json, text=f"{options.uit}: {body.name}, {count}.")
    return DONE


def _body(name: str) -> "Body":
    from regietafel.deliberation.selectors.minutes import bodies_called

    found = bodies_called(name)
    if not found:
        raise CommandError(f"Er is geen overleg “{name}”. Kijk naar de naam op de pagina Overleg.")
    if len(found) > 1:
        options = ", ".join(f"{body.pk} ({body.organisation})" for body in found)
        raise CommandError(f"Er zijn meer overleggen met de naam “{name}”. Geef het nummer: {options}.")
    return found[0]
