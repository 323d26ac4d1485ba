"""Words for administrators: prepare, reference data, demo region, jobs, health and the audit chain."""

import argparse
from typing import Any

from regietafel.host import prepare
from regietafel.kit.commands import DONE, INPUT_ERRORS, DutchParser, say


def add_commands(words: Any) -> None:
    """Add the administrator's words to the command line."""
    prepare.add_commands(words)
    _add(words, "gezond", help_text="zeg of alles werkt", run=health)
    _add(words, "werk", help_text="voer achtergrondtaken uit tot een signaal om te stoppen", run=work)
    demo = _add(
        words,
        "demo",
        help_text="laad de fictieve voorbeeldregio, of geef de oefenaccounts een nieuw wachtwoord",
        run=load_demo,
    )
    demo.add_argument(
        "--datum", metavar="DATUM", help="de dag die in de voorbeeldregio vandaag is (jjjj-mm-dd)"
    )
    reference = words.add_parser("referentie", help="referentiegegevens (codes, rollen, fasen)")
    inner = reference.add_subparsers(
        dest="handeling", metavar="HANDELING", required=True, parser_class=DutchParser
    )
    _add(inner, "laad", help_text="laad of werk de referentiegegevens bij", run=load_reference)
    audit = words.add_parser("audit", help="het logboek")
    inner = audit.add_subparsers(
        dest="handeling", metavar="HANDELING", required=True, parser_class=DutchParser
    )
    _add(inner, "controleer", help_text="controleer of het logboek ongeschonden is", run=verify_audit)
    _add(
        inner, "anker", help_text="schrijf de stand van het logboek buiten de database weg", run=anchor_audit
    )


def _add(words: Any, name: str, *, help_text: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = words.add_parser(name, help=help_text, description=help_text)
    parser.add_argument("--json", action="store_true", help="uitvoer voor machines")
    parser.set_defaults(run=run)
    return parser


def health(options: argparse.Namespace) -> int:
    """Tell per part whether it works; exit 1 when one does not."""
    from regietafel.kit.health import summary

    found = summary()
    lines = [f"{check.state:7} {check.name}: {check.message}" for check in found.checks]
    say(found.to_json(), as_json=options.json, text="\n".join(lines))
    return DONE if found.healthy else INPUT_ERRORS


def work(options: argparse.Namespace) -> int:
    """Run background jobs until told to stop."""
    from regietafel.kit.jobs import run_worker

    run_worker()
    return DONE


def load_demo(options: argparse.Namespace) -> int:
    """Load the fictional region, or renew the password of its accounts."""
    from regietafel.host.demo import load

    loaded = load(options.datum)
    say(loaded.to_json(), as_json=options.json, text=loaded.text())
    return DONE


def load_reference(options: argparse.Namespace) -> int:
    """Load the facts that ship with the product."""
    from django.conf import settings

    from regietafel.register.public.entrance import load_reference as load

    counts = load(settings.REPOSITORY / "reference")
    text = ", ".join(f"{number} {name}" for name, number in counts.items())
    say(counts, as_json=options.json, text=f"Geladen: {text}.")
    return DONE


def verify_audit(options: argparse.Namespace) -> int:
    """Check the chain; name the first broken row of each."""
    from regietafel.kit.audit import verify
    from regietafel.kit.models import AuditEvent

    breaks = verify()
    result = {
        "regels": AuditEvent.objects.count(),
        "ongeschonden": not breaks,
        "breuken": [{"keten": b.chain, "volgnummer": b.sequence, "reden": b.reason} for b in breaks],
    }
    lines = [f"Breuk in keten {b.chain} bij regel {b.sequence}: {b.reason}." for b in breaks]
    whole = f"Het logboek is ongeschonden ({result['regels']} regels)."
    say(result, as_json=options.json, text="\n".join(lines) or whole)
    return INPUT_ERRORS if breaks else DONE


def anchor_audit(options: argparse.Namespace) -> int:
    """Write the heads of the chains to a file outside the database."""
    from django.utils import timezone

    from regietafel.kit.audit import write_anchor

    path = write_anchor(timezone.localdate())
    say({"bestand": str(path)}, as_json=options.json, text=f"Stand van het logboek geschreven in {path}.")
    return DONE
