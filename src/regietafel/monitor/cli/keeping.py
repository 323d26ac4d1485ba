"""`regietafel bewaar`: what is past its term, and erasing it with proof."""

import argparse
from typing import TYPE_CHECKING, Any

from regietafel.kernel.dutch import counted, moment, number
from regietafel.kit.commands import DONE, INPUT_ERRORS, add_json, say

if TYPE_CHECKING:
    from regietafel.monitor.models import RetentionProof


def add_command(words: Any) -> None:
    """Add the word."""
    parser = words.add_parser("bewaar", help="tekst wissen waarvan de bewaartermijn voorbij is, met bewijs")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--proef", action="store_true", help="alleen laten zien wat er weg moet, per bron")
    what.add_argument("--voer-uit", action="store_true", help="wissen, nazoeken en het bewijs tonen")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Tell what would go, or erase and prove it; exit 1 when something was found again."""
    return _erase(options) if options.voer_uit else _tell(options)


def _tell(options: argparse.Namespace) -> int:
    from regietafel.monitor.selectors.retention import due_now

    due = due_now()
    lines = [
        f"{one.source.name} ({one.source.organisation.name}): "
        f"{counted(one.count, one='bericht', many='berichten')} ouder dan {one.retention_days} dagen"
        + (f", het oudste van {moment(one.oldest)}" if one.oldest else "")
        for one in due
    ]
    total = sum(one.count for one in due)
    told = f"Samen: {counted(total, one='bericht', many='berichten')}. Er is niets gewist."
    result = {"bronnen": [one.to_json() for one in due], "berichten": total}
    say(result, as_json=options.json, text="\n".join([*lines, told]))
    return DONE


def _erase(options: argparse.Namespace) -> int:
    from regietafel.monitor.selectors.retention import proof_json
    from regietafel.monitor.services.retention import erase_past_term

    proofs = erase_past_term()
    remains = sum(proof.remains for proof in proofs)
    erased = sum(proof.message_count for proof in proofs)
    result = {
        "berichten": erased,
        "teruggevonden": remains,
        "bewijzen": [proof_json(each) for each in proofs],
    }
    say(result, as_json=options.json, text="\n".join(_told(proofs, erased, remains=remains)))
    return INPUT_ERRORS if remains else DONE


def _told(proofs: "list[RetentionProof]", erased: int, *, remains: int) -> list[str]:
    from regietafel.monitor.selectors.retention import copies_of, places_told

    lines = [f"{counted(erased, one='bericht', many='berichten')} gewist."]
    for proof in proofs:
        lines.append(f"{proof.source.name}: {number(proof.message_count)} gewist.")
        lines += [f"  {place}: {found}" for place, found in places_told(proof)]
        lines += [
            f"  Staat nog in reservekopie {name} van {moment(made)}." for name, made in copies_of(proof)
        ]
    found = f"Teruggevonden: {number(remains)}." if remains else "Niets teruggevonden."
    return [*lines, found]
