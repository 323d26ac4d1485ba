"""`regietafel opvang toewijzing`: the generalized assignment problem, also to check against known optima."""

import argparse
import json
from pathlib import Path
from typing import Any

from regietafel.kernel.dutch import number
from regietafel.kit.commands import DONE, CommandError, add_json, say
from regietafel.reception.cli.placing import SECONDS, seconds
from regietafel.reception.cli.silence import quiet

MOST_BYTES, MOST_PAIRS, MOST_VALUE, MOST_ERRORS = 50_000_000, 2_000_000, 1e12, 20
TABLES = {"cost": "waarde", "req": "beslag"}


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser("toewijzing", help="taken aan uitvoerders toewijzen voor de hoogste waarde")
    parser.add_argument("--kosten", required=True, metavar="BESTAND", help="JSON met cost, req en cap")
    parser.add_argument(
        "--seconden", type=seconds, default=SECONDS, metavar="N", help="hoe lang rekenen hoogstens mag (30)"
    )
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def run(options: argparse.Namespace) -> int:
    """Read the problem, solve it, say how good it is."""
    from regietafel.reception.engine.placing import NoAssignment, assign

    worth, burden, capacity = _read(Path(options.kosten))
    try:
        with quiet():
            made = assign(worth, burden, capacity=capacity, seconds=options.seconden)
    except NoAssignment as error:
        raise CommandError("Er is geen toewijzing: niet alle taken passen bij de uitvoerders.") from error
    except TimeoutError as error:
        raise CommandError("Geen toewijzing gevonden in deze tijd. Geef meer --seconden.") from error
    result = {
        "doelwaarde": made.value,
        "ondergrens": made.value,
        "bovengrens": made.upper,
        "bewezen_optimaal": made.is_optimal,
        "toewijzing": list(made.agents),
    }
    proven = "bewezen de hoogste" if made.is_optimal else f"hoogstens {number(made.upper)} mogelijk"
    lines = [f"Waarde {number(made.value)}, {proven}."]
    lines += [f"taak {task} → uitvoerder {agent}" for task, agent in enumerate(made.agents)]
    say(result, as_json=options.json, text="\n".join(lines))
    return DONE


def _read(path: Path) -> tuple[list[list[float]], list[list[float]], list[float]]:
    found = _loaded(path)
    errors: list[dict[str, Any]] = []
    capacity = found.get("cap")
    if objection := _objection(capacity, may_be_negative=False):
        errors.append(
            {"veld": "cap", "melding": f"cap is een lijst met één getal per uitvoerder: {objection}."}
        )
    agents = len(capacity) if isinstance(capacity, list) else 0
    for name in TABLES:
        errors += _wrong_table(found.get(name), name, agents=agents)
    if not errors and len(found["cost"][0]) != len(found["req"][0]):
        errors.append({"veld": "req", "melding": "cost en req hebben niet evenveel taken."})
    if not errors and agents * len(found["cost"][0]) > MOST_PAIRS:
        errors.append({"veld": "cost", "melding": f"meer dan {number(MOST_PAIRS)} paren."})
    if errors:
        shown = errors[:MOST_ERRORS]
        raise CommandError("\n".join(f"{path.name}: {one['melding']}" for one in shown), shown)
    return found["cost"], found["req"], found["cap"]


def _loaded(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CommandError(f"{path.name}: groter dan 50 MB.")
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CommandError(f"{path.name}: dit bestand is er niet. Controleer de naam en de map.") from error
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise CommandError(f"{path.name}: geen leesbare JSON.") from error
    except OSError as error:
        raise CommandError(f"{path.name}: dit bestand kan niet worden gelezen.") from error
    if not isinstance(found, dict):
        raise CommandError(f"{path.name}: geen JSON-object met cost, req en cap.")
    return found


def _wrong_table(table: Any, name: str, *, agents: int) -> list[dict[str, Any]]:
    if not isinstance(table, list) or not table or len(table) != agents:
        return [{"veld": name, "melding": f"{name} heeft één rij per uitvoerder van cap ({agents})."}]
    errors = []
    for place, row in enumerate(table, 1):
        if objection := _objection(row, may_be_negative=name == "cost"):
            errors.append({"veld": name, "rij": place, "melding": f"{name}, rij {place}: {objection}."})
        elif len(row) != len(table[0]):
            text = f"{name}, rij {place}: {len(row)} getallen, de eerste rij heeft er {len(table[0])}."
            errors.append({"veld": name, "rij": place, "melding": text})
    return errors


def _objection(row: Any, *, may_be_negative: bool) -> str:
    """Say why a list is no row of numbers that can be reckoned with; empty when it is."""
    if not isinstance(row, list) or not row:
        return "hier hoort een lijst met minstens één getal"
    for place, value in enumerate(row, 1):
        if not isinstance(value, int | float) or isinstance(value, bool) or value != value:
            return f"op plek {place} staat geen getal"
        if abs(value) > MOST_VALUE:
            return (
                f"het getal op plek {place} is te groot; wij rekenen tot {number(MOST_VALUE)}. Kies een "
                "grotere eenheid, zoals duizenden"
            )
        if value < 0 and not may_be_negative:
            return f"het getal op plek {place} ligt onder 0, en dat kan alleen bij cost"
    return ""
