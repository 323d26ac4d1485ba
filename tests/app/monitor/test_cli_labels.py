"""`monitor label` on the command line: learn from own labels, propose, and compare people."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regietafel.host.cli import main

Call = Callable[..., tuple[int, Any, str]]
ASKS = ("Waar komt de opvang", "Wanneer gaat het open", "Hoeveel mensen komen er", "Hoe lang duurt het")
HELPS = (
    "Wij brengen graag kleren",
    "Ik wil helpen koken",
    "Ik geef taalles",
    "Spullen kunt u hier inleveren",
)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command as if typed; give its code, its JSON and what it complained."""

    def run(*words: str) -> tuple[int, Any, str]:
        code = main(["monitor", "label", *words, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    return run


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Forty messages, and labels of two roles on all of them; ten belong to the sample."""
    messages, labels = tmp_path / "berichten.csv", tmp_path / "labels.csv"
    texts = [f"{(ASKS if n % 2 else HELPS)[n // 2 % 4]} bij nummer {n}" for n in range(60)]
    rows = [f'{n};2026-04-01;"{text}";mail naar piet{n}@voorbeeld.nl' for n, text in enumerate(texts)]
    messages.write_text("id;datum;titel;tekst\n" + "\n".join(rows), encoding="utf-8")
    said = [
        f"{n};{('hulpaanbod', 'vraag')[n % 2]};{role};2026-04-02;{('training', 'steekproef')[n >= 50]}"
        for n in range(60)
        for role in ("aov", "omgevingsanalist")
    ]
    said[0] = "0;I;aov;2026-04-02;training"
    labels.write_text("id;labels;door;op;soort\n" + "\n".join(said), encoding="utf-8")
    return messages, labels


def test_learn_then_propose(call: Call, files: tuple[Path, Path], tmp_path: Path) -> None:
    messages, labels = map(str, files)
    model = tmp_path / "model.npz"
    code, learned, _ = call("leer", "--in", messages, "--labels", labels, "--uit", str(model))
    assert code == 0
    assert (learned["berichten"], learned["geleerd_van"], learned["steekproef_apart"]) == (60, 49, 10)
    assert learned["niet_eens"] == 1
    quality = {one["label"]: one for one in learned["kwaliteit"]}
    assert quality["I"]["macro_f1_laag"] <= quality["I"]["macro_f1"] <= quality["I"]["macro_f1_hoog"]
    assert learned["kan_nog_niet"]["B"] == "0 keer gegeven, nodig is 8"
    code, proposed, _ = call("stel-voor", "--in", messages, "--model", str(model))
    assert code == 0
    first = proposed["voorstellen"][1]
    assert (first["id"], first["stand"], first["labels"]) == ("1", "voorstel", ["I", "vraag"])
    assert first["woorden"]["I"][0]["gewicht"] > 0
    assert "piet" not in json.dumps(proposed)
    assert b"opvang" not in model.read_bytes()


def test_people_who_agree(call: Call, files: tuple[Path, Path]) -> None:
    code, found, _ = call("overeenstemming", "--labels", str(files[1]))
    assert code == 0
    by_label = {one["label"]: one for one in found["overeenstemming"]}
    assert (by_label["I"]["maat"], by_label["I"]["berichten"], by_label["I"]["oordeel"]) == (
        "Cohen",
        60,
        "zeer goed",
    )
    assert by_label["B"]["kappa"] is None
    assert found["bespreken"] == [{"id": "0", "labels": ["I", "S", "hulpaanbod"]}]


def test_too_few_labels_say_how_many_are_needed(call: Call, files: tuple[Path, Path], tmp_path: Path) -> None:
    few = tmp_path / "weinig.csv"
    few.write_text("\n".join(files[1].read_text(encoding="utf-8").splitlines()[:11]), encoding="utf-8")
    model = tmp_path / "model.npz"
    code, found, _ = call("leer", "--in", str(files[0]), "--labels", str(few), "--uit", str(model))
    assert code == 1
    assert "Vanaf 30" in found["fouten"][0]["melding"]
    assert not model.exists()


def test_wrong_rows_are_named_and_the_rest_is_used(
    call: Call, files: tuple[Path, Path], tmp_path: Path
) -> None:
    lines = files[1].read_text(encoding="utf-8").splitlines()
    lines[5] = lines[5].replace("aov", "Jan de Vries")
    files[1].write_text("\n".join(lines), encoding="utf-8")
    code, found, _ = call(
        "leer", "--in", str(files[0]), "--labels", str(files[1]), "--uit", str(tmp_path / "m.npz")
    )
    assert code == 1
    assert [(fault["rij"], fault["kolom"]) for fault in found["fouten"]] == [(6, "door")]
    assert found["geleerd_van"] == 49


def test_the_model_never_overwrites_its_input(call: Call, files: tuple[Path, Path]) -> None:
    messages, labels = map(str, files)
    before = files[1].read_bytes()
    code, _found, _ = call("leer", "--in", messages, "--labels", labels, "--uit", labels)
    assert code == 2
    assert files[1].read_bytes() == before


def test_a_file_that_is_no_model_is_refused(call: Call, files: tuple[Path, Path]) -> None:
    code, found, _ = call("stel-voor", "--in", str(files[0]), "--model", str(files[1]))
    assert code == 1
    assert "geen model" in found["fouten"][0]["melding"]


@pytest.mark.parametrize("task", ["leer", "stel-voor", "overeenstemming"])
def test_people_read_plain_dutch(
    task: str, files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    messages, labels, model = *map(str, files), str(tmp_path / "model.npz")
    lines = {
        "leer": ("--in", messages, "--labels", labels, "--uit", model),
        "stel-voor": ("--in", messages, "--model", model),
        "overeenstemming": ("--labels", labels),
    }
    main(["monitor", "label", "leer", *lines["leer"]])
    capsys.readouterr()
    assert main(["monitor", "label", task, *lines[task]]) == 0
    said = capsys.readouterr().out
    expected = {
        "leer": "Geleerd van 49 berichten",
        "stel-voor": "1: voorstel: I (",
        "overeenstemming": "Informatiebehoefte: zeer goed, kappa",
    }
    assert expected[task] in said
