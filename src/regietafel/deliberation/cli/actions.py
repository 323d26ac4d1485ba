"""`regietafel overleg acties`: what is owed, late first."""

import argparse
from typing import TYPE_CHECKING, Any

from regietafel.kernel.dutch import counted, date
from regietafel.kit.commands import DONE, CommandError, add_json, say

if TYPE_CHECKING:
    from regietafel.deliberation.models import Body
    from regietafel.deliberation.selectors.owed import Owed


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser(
        "acties", help="open acties, wat te laat is eerst; vertrouwelijke zonder tekst"
    )
    parser.add_argument("--te-laat", action="store_true", help="alleen acties die te laat zijn")
    parser.add_argument("--overleg", metavar="NAAM", help="alleen van het overleg met deze naam")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Tell which actions are open."""
    from regietafel.deliberation.selectors.owed import open_actions

    bodies = _bodies(options.overleg) if options.overleg is not None else None
    found = open_actions(bodies=bodies, only_late=options.te_laat)
    late = sum(one.days_late is not None for one in found)
    total = counted(len(found), one="open actie", many="open acties")
    lines = [*map(_told, found), f"Samen: {total}, waarvan {late} te laat."]
    result = {"acties": [one.to_json() for one in found], "aantal": len(found), "te_laat": late}
    say(result, as_json=options.json, text="\n".join(lines))
    return DONE


def _bodies(name: str) -> "list[Body]":
    from regietafel.deliberation.selectors.owed import bodies_named, body_names

    found = bodies_named(name)
    if not found:
        known = ", ".join(body_names()) or "geen"
        raise CommandError(f"--overleg: er is geen overleg met de naam “{name}”. Wel: {known}.")
    return found


def _told(one: "Owed") -> str:
    term = f"uiterlijk {date(one.last_day)}" if one.last_day else "geen termijn"
    late = f", {counted(one.days_late, one='dag', many='dagen')} te laat" if one.days_late else ""
    owner = f" [{one.owner}]" if one.owner else ""
    text = " ".join(one.text.split()) if one.text else "(vertrouwelijk: alleen op het scherm)"
    return f"{one.entry.item.meeting.body.name}: {text}{owner}; {term}{late}"
