"""Files on the command line: one question and the questions of all municipalities, of every form of file."""

import contextlib
import csv
import io
import json
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyarrow
from pyarrow import parquet

from benchmarks import Measurement
from benchmarks.matcher.corpus import Standing, Writer, standing
from regietafel.host.cli import main

POSTS = 50_000
PROMISED_PER_SECOND = 15_000
QUESTION = "(asielzoek* OR vluchteling* OR azc* OR opvang*) AND (Hengelo OR Borne) NOT kinderopvang"


def measurements() -> Iterator[Measurement]:
    """Give what is measured; the files live as long as the measuring."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        questions = folder / "vragen.jsonl"
        questions.write_text("\n".join(_question(*one) for one in enumerate(standing(342))), encoding="utf-8")
        for path in _write(folder):
            tel = ("tel", "--vraag", QUESTION, "--in", str(path))
            veel = ("veel", "--vragen", str(questions), "--in", str(path), "--uit", str(folder / "uit.jsonl"))
            form = path.suffix.removeprefix(".")
            yield Measurement(
                f"zoek tel, {form}", POSTS, "berichten", partial(_run, *tel), PROMISED_PER_SECOND
            )
            yield Measurement(
                f"zoek veel, 342 zoekvragen, {form}",
                POSTS,
                "berichten",
                partial(_run, *veel),
                compared_with=f"zoek tel, {form}",
            )


def _run(*words: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        if main(["zoek", *words, "--json"]):
            raise RuntimeError("the command that is measured did not succeed")


def _question(number: int, question: Standing) -> str:
    return json.dumps({"id": number, "vraag": question.text()})


def _write(folder: Path) -> Iterator[Path]:
    """Write the same posts in three forms."""
    columns = {
        "id": [str(number) for number in range(POSTS)],
        "datum": [f"2026-04-{number % 28 + 1:02d} 10:00" for number in range(POSTS)],
        "tekst": Writer().posts(POSTS),
        "bron": ["x.example"] * POSTS,
        "soort": ["sociaal"] * POSTS,
    }
    rows = list(zip(*columns.values(), strict=True))
    lines, table, packed = (folder / f"berichten.{form}" for form in ("jsonl", "csv", "parquet"))
    with lines.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(dict(zip(columns, row, strict=True))) + "\n" for row in rows)
    with table.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([list(columns), *rows])
    parquet.write_table(pyarrow.table(columns), packed)
    return iter((lines, table, packed))
