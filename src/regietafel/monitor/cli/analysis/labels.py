"""`regietafel monitor label`: learning from labels, proposing labels, and whether people agree."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regietafel.kernel.dutch import counted, interval, share
from regietafel.kit.commands import DONE, INPUT_ERRORS, CommandError, add_json, refuse_overwriting, say
from regietafel.monitor.cli.analysis import label_files
from regietafel.monitor.cli.arguments import error_lines
from regietafel.monitor.cli.search.delivering import add_file, rows_of

if TYPE_CHECKING:
    from regietafel.monitor.engine.labels import Agreement, HandLabel, Model, Quality

SEED = 1
SHOWN = 20
NO_COUNT = "Een voorstel is geen label. Tel voorstellen niet: zo’n aantal klopt niet."
Errors = list[dict[str, Any]]


def add_action(actions: Any) -> None:
    """Add the action with its tasks."""
    parser = actions.add_parser("label", help="labels leren, voorstellen en vergelijken")
    tasks = parser.add_subparsers(dest="taak", metavar="TAAK", required=True, parser_class=type(parser))
    learn = tasks.add_parser("leer", help="leer een model van uw eigen labels, en zeg hoe goed het is")
    add_file(learn)
    _add_labels(learn)
    learn.add_argument(
        "--uit", type=Path, required=True, metavar="BESTAND", help="het model, zoals model.npz"
    )
    suggest = tasks.add_parser("stel-voor", help="stel labels voor, met de kans en de woorden erachter")
    add_file(suggest)
    suggest.add_argument("--model", required=True, metavar="BESTAND", help="model van “label leer”")
    compare = tasks.add_parser("overeenstemming", help="hoe goed mensen het eens zijn over labels")
    _add_labels(compare)
    for task, run in ((learn, learn_labels), (suggest, suggest_labels), (compare, compare_labels)):
        add_json(task)
        task.set_defaults(run=run, needs_database=False)
    label_files.add_tasks(tasks)


def _add_labels(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--labels",
        required=True,
        metavar="BESTAND",
        help="labels als CSV, XLSX of JSONL: id, labels, door, op, soort",
    )


def learn_labels(options: argparse.Namespace) -> int:
    """Learn a model, write it, and say how good it is on messages it did not learn from."""
    from regietafel.monitor.engine.labels import (
        SAMPLE,
        TooFewLabels,
        merge,
        to_bytes,
        train,
        training_examples,
    )

    refuse_overwriting(options.uit, inputs=(options.bestand, options.labels))
    errors: Errors = []
    labels = _labels(options.labels, errors)
    texts = _texts(options, errors)
    verdicts = merge(labels)
    examples = training_examples(verdicts, texts=texts)
    try:
        trained = train(examples, seed=SEED)
    except TooFewLabels as refusal:
        raise CommandError(f"{options.labels}: {refusal.message}", errors) from refusal
    _write(options.uit, to_bytes(trained.model))
    result = {
        "model": str(options.uit),
        "berichten": len(texts),
        "geleerd_van": len(examples),
        "steekproef_apart": sum(verdict.purpose == SAMPLE for verdict in verdicts),
        "niet_eens": sum(verdict.is_open and verdict.people > 1 for verdict in verdicts),
        "zonder_bericht": sum(verdict.message not in texts for verdict in verdicts),
        "kwaliteit": [_quality(one) for one in trained.quality],
        "kan_nog_niet": dict(trained.lacking),
        "fouten": errors,
    }
    say(result, as_json=options.json, text="\n".join([*_learned(result), *error_lines(errors)]))
    return INPUT_ERRORS if errors else DONE


def suggest_labels(options: argparse.Namespace) -> int:
    """Propose labels for every message of a file."""
    from regietafel.monitor.engine.labels import propose

    errors: Errors = []
    model = _model(options.model)
    texts = _texts(options, errors)
    proposals = propose(model, list(texts.values()), organisation=model.organisation)
    found = [_suggested(*pair, model=model) for pair in zip(texts.items(), proposals, strict=True)]
    result = {"berichten": len(texts), "voorstellen": found, "let_op": NO_COUNT, "fouten": errors}
    say(
        result,
        as_json=options.json,
        text="\n".join([*_suggestions(found), NO_COUNT, *error_lines(errors)]),
    )
    return INPUT_ERRORS if errors else DONE


def compare_labels(options: argparse.Namespace) -> int:
    """Say how well people agree, per label and together."""
    from regietafel.monitor.adapters.label_scheme import label_scheme
    from regietafel.monitor.engine.labels import agreement, merge

    errors: Errors = []
    labels = _labels(options.labels, errors)
    given = {code for label in labels for code in label.labels}
    codes = [label.code for label in label_scheme().labels if label.code in given or not label.main]
    found = [_agreed(one) for one in agreement(labels, labels=codes, seed=SEED)]
    talk = [
        {"id": verdict.message, "labels": sorted(verdict.disagreed)}
        for verdict in merge(labels)
        if verdict.disagreed
    ]
    result = {"labels": len(labels), "overeenstemming": found, "bespreken": talk, "fouten": errors}
    say(result, as_json=options.json, text="\n".join([*_agreements(found), *error_lines(errors)]))
    return INPUT_ERRORS if errors else DONE


def _labels(name: str, errors: Errors) -> tuple["HandLabel", ...]:
    """Read the labels; rows that are wrong are noted."""
    from regietafel.monitor.adapters.label_files import read_label_file
    from regietafel.monitor.adapters.label_scheme import label_scheme, role_codes
    from regietafel.monitor.adapters.readers import FileRejected

    try:
        read = read_label_file(Path(name), name=Path(name).name, scheme=label_scheme(), roles=role_codes())
    except FileRejected as refusal:
        raise CommandError(f"{name}: {refusal.message}") from refusal
    except OSError as error:
        raise CommandError(f"{name}: dit bestand is er niet of mag niet worden gelezen.") from error
    errors += [
        {"bestand": name, "rij": one.row, "kolom": one.column, "melding": one.message} for one in read.errors
    ]
    return read.labels


def _texts(options: argparse.Namespace, errors: Errors) -> dict[str, str]:
    """Give the text of each message as it would be kept: cleaned and masked."""
    return {
        row.id: f"{row.document.title}\n{row.document.text}".strip()
        for some in rows_of(options, [], errors=errors)
        for row in some
    }


def _model(name: str) -> "Model":
    from regietafel.monitor.engine.labels import ModelUnreadable, from_bytes

    try:
        return from_bytes(Path(name).read_bytes())
    except OSError as error:
        raise CommandError(f"{name}: dit bestand is er niet of mag niet worden gelezen.") from error
    except ModelUnreadable as refusal:
        raise CommandError(f"{name}: {refusal.message}") from refusal


def _write(target: Path, content: bytes) -> None:
    partial = target.with_name(f".{target.name}.deel")
    try:
        partial.write_bytes(content)
        partial.replace(target)
    except OSError as error:
        raise CommandError(f"{target}: hier kan niet worden geschreven. Controleer de map.") from error


def _quality(one: "Quality") -> dict[str, Any]:
    return {
        "label": one.label,
        "naam": _name(one.label),
        "voorbeelden": one.examples,
        "positief": one.positives,
        "voorstel_klopt": one.precision,
        "gevonden": one.recall,
        "vraagt": one.asked,
        "macro_f1": one.macro_f1,
        "macro_f1_laag": one.macro_f1_low,
        "macro_f1_hoog": one.macro_f1_high,
        "kans_ernaast": one.calibration_error,
    }


def _learned(result: Mapping[str, Any]) -> list[str]:
    examples = counted(result["geleerd_van"], one="bericht", many="berichten")
    lines = [f"Geleerd van {examples}: {result['model']}. Gemeten op berichten die niet meededen:"]
    for one in result["kwaliteit"]:
        f1 = interval(one["macro_f1"], low=one["macro_f1_laag"], high=one["macro_f1_hoog"], decimals=2)
        lines.append(
            f"  {one['label']} {one['naam']} ({one['positief']} van {one['voorbeelden']}): "
            f"van de voorstellen klopt {share(one['voorstel_klopt'])}, van de berichten met dit label wordt "
            f"{share(one['gevonden'])} voorgesteld; macro-F1 {f1}."
        )
    return [
        *lines,
        *(f"  {label}: nog geen voorstellen, {why}." for label, why in result["kan_nog_niet"].items()),
    ]


def _suggested(known: tuple[str, str], proposal: Any, *, model: "Model") -> dict[str, Any]:
    from regietafel.monitor.engine.labels import words_behind

    message, text = known
    shown = [one.label for one in proposal.labels if one.state != "niet"]
    return {
        "id": message,
        "stand": proposal.state,
        "labels": list(proposal.proposed),
        "kansen": {one.label: round(one.probability, 3) for one in proposal.labels},
        "woorden": {
            label: [
                {"woord": word.word, "gewicht": round(word.weight, 2)}
                for word in words_behind(model, text, label=label)
            ]
            for label in shown
        },
    }


def _suggestions(found: list[dict[str, Any]]) -> list[str]:
    lines = []
    for one in found[:SHOWN]:
        labels = (
            ", ".join(f"{label} ({share(one['kansen'][label])})" for label in one["woorden"])
            or "geen van deze"
        )
        lines.append(f"{one['id']}: {one['stand']}: {labels}")
    if len(found) > SHOWN:
        lines.append(f"… en nog {len(found) - SHOWN}; met --json krijgt u alles.")
    return lines


def _agreed(one: "Agreement") -> dict[str, Any]:
    return {
        "label": one.label or "samen",
        "naam": _name(one.label) if one.label else "Hoofdlabels samen",
        "kappa": one.kappa.value,
        "laag": one.kappa.low,
        "hoog": one.kappa.high,
        "berichten": one.messages,
        "gelijk": one.equal,
        "maat": one.method,
        "oordeel": one.word,
    }


def _agreements(found: list[dict[str, Any]]) -> list[str]:
    lines = []
    for one in found:
        kappa = (
            ""
            if one["kappa"] is None
            else (f", kappa {interval(one['kappa'], low=one['laag'], high=one['hoog'], decimals=2)}")
        )
        twice = counted(one["berichten"], one="bericht", many="berichten")
        lines.append(f"{one['naam']}: {one['oordeel']}{kappa}, {twice} door twee of meer mensen gelabeld.")
    return lines


def _name(code: str) -> str:
    from regietafel.monitor.adapters.label_scheme import label_scheme

    return label_scheme().names.get(code, code)
