"""Files with labels: what is written reads back the same, and a name or a text never goes along."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regietafel.monitor.adapters.label_files import KINDS, read_label_file, write_label_file
from regietafel.monitor.adapters.label_scheme import label_scheme, role_codes
from regietafel.monitor.adapters.readers import FileRejected
from regietafel.monitor.engine.labels import PURPOSES, HandLabel
from tests.thoroughness import examples

HEAD = "id;labels;door;op;soort\n"
CODES = st.frozensets(st.sampled_from([label.code for label in label_scheme().labels]), max_size=4)
IDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)


def _read(
    content: str | bytes, name: str = "labels.csv"
) -> tuple[list[HandLabel], list[tuple[int, str, str]]]:
    data = content.encode() if isinstance(content, str) else content
    read = read_label_file(data, name=name, scheme=label_scheme(), roles=role_codes())
    return list(read.labels), [(fault.row, fault.column, fault.message) for fault in read.errors]


@st.composite
def _labels(draw: st.DrawFn) -> HandLabel:
    codes = draw(CODES)
    is_skipped = not codes and draw(st.booleans())
    return HandLabel(
        message=draw(IDS | st.sampled_from(["0012", "=1+1", "'=2", "-5", "1e5", "12.0"])),
        labels=codes | {label_scheme().main_of[code] for code in codes},
        by=draw(st.sampled_from(sorted(role_codes()))),
        on=draw(st.dates(date(2015, 1, 1), date(2040, 1, 1))),
        purpose=draw(st.sampled_from(PURPOSES)),
        is_skipped=is_skipped,
    )


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=examples(25), deadline=None)
@given(labels=st.lists(_labels(), min_size=1, max_size=6))
def test_what_is_written_reads_back_the_same(kind: str, labels: list[HandLabel]) -> None:
    assert _read(write_label_file(labels, kind=kind), name=f"labels.{kind}") == (labels, [])


def test_every_mistake_is_named_with_row_column_and_remedy() -> None:
    rows = (
        "1;I;omgevingsanalist;2026-03-02;training\n"
        "2;boos;omgevingsanalist;2026-03-02;training\n"
        "3;I;Jan de Vries;2026-03-02;training\n"
        "4;I;aov;gisteren;training\n"
        "5;I;aov;2026-03-02;proef\n"
        ";I;aov;2026-03-02;training\n"
        "7;;aov;2026-03-02;training\n"
        "\n8;geen;aov;02-03-2026;\n"
    )
    labels, faults = _read(HEAD + rows)
    assert [label.message for label in labels] == ["1", "8"]
    assert [(row, column) for row, column, _ in faults] == [
        (3, "labels"), (4, "door"), (5, "op"), (6, "soort"), (7, "id"), (8, "labels"),
    ]  # fmt: skip
    assert "nooit een naam" in faults[1][2]
    assert "Jan" not in faults[1][2]


def test_a_missing_column_refuses_the_file() -> None:
    with pytest.raises(FileRejected, match="door, op"):
        _read("id;labels\n1;I\n")


def test_a_list_of_labels_in_json_is_read() -> None:
    line = '{"id": 7, "labels": ["vraag", "S"], "door": "aov", "op": "2026-03-02"}\n'
    labels, faults = _read(line, name="labels.jsonl")
    assert faults == []
    assert (labels[0].message, labels[0].labels) == ("7", frozenset({"I", "vraag", "S"}))


def test_an_export_holds_no_text_and_no_name() -> None:
    label = HandLabel(message="1", labels=frozenset("I"), by="aov", on=date(2026, 3, 2))
    assert write_label_file([label], kind="csv").decode("utf-8-sig").splitlines() == [
        "id;labels;door;op;soort",
        "1;I;aov;2026-03-02;training",
    ]
