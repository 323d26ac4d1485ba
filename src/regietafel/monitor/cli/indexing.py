"""`regietafel zoekindex`: make the index of words anew."""

import argparse
from typing import Any

from regietafel.kernel.dutch import counted
from regietafel.kit.commands import DONE, add_json, say


def add_command(words: Any) -> None:
    """Add the word."""
    parser = words.add_parser("zoekindex", help="de zoekindex van de bewaarde berichten opnieuw maken")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """File every message whose text is kept."""
    from regietafel.monitor.services.indexing import rebuild_index

    filed = rebuild_index()
    told = counted(filed, one="bericht", many="berichten")
    say({"berichten": filed}, as_json=options.json, text=f"De zoekindex is opnieuw gemaakt: {told}.")
    return DONE
