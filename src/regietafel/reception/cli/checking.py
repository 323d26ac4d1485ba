"""`regietafel opvang controle`: does the table of days say what blocks and bookings come to."""

import argparse
from typing import Any

from regietafel.kernel.dutch import counted, date
from regietafel.kit.commands import DONE, add_json, say

WRONG = 1
MOST_SHOWN = 20


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser("controle", help="de plaatsen per dag vergelijken met blokken en boekingen")
    parser.add_argument("--herstel", action="store_true", help="dagen die niet kloppen opnieuw tellen")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare, mend when asked, and tell which days were wrong."""
    from regietafel.reception.services.upkeep import wrong_days

    found = wrong_days(mend=options.herstel)
    names = ("plaatsen", "bezet_of_gereserveerd", "weggevallen")
    rows = [
        {
            "locatie": one.pool.location.name,
            "soort": one.pool.kind,
            "dag": one.day.isoformat(),
            "staat_er": dict(zip(names, one.kept, strict=True)),
            "moet_zijn": dict(zip(names, one.counted, strict=True)),
        }
        for one in found
    ]
    lines = [
        f"{one.pool}, {date(one.day)}: er staan {one.kept[1]} van {one.kept[0]} plaatsen als bezet, "
        f"het moeten er {one.counted[1]} van {one.counted[0]} zijn."
        for one in found[:MOST_SHOWN]
    ]
    if len(found) > MOST_SHOWN:
        lines.append(f"En nog {counted(len(found) - MOST_SHOWN, one='dag', many='dagen')}.")
    lines.append(_verdict(len(found), is_mended=options.herstel))
    result = {"verkeerd": len(found), "hersteld": bool(found and options.herstel), "dagen": rows}
    say(result, as_json=options.json, text="\n".join(lines))
    return DONE if options.herstel or not found else WRONG


def _verdict(wrong: int, *, is_mended: bool) -> str:
    if not wrong:
        return "Alle dagen kloppen."
    days = counted(wrong, one="dag klopt", many="dagen kloppen")
    return f"{days} niet. Hersteld." if is_mended else f"{days} niet. Herstel met --herstel."
