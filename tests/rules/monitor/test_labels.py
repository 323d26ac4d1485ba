"""What labels mean: the list, answers, several people together, agreement, shares and proposals."""

import csv
from datetime import date
from pathlib import Path

import pytest

from regietafel.kernel.dutch import number
from regietafel.monitor.adapters.label_scheme import label_scheme
from regietafel.monitor.engine.labels import (
    AnswerRejected,
    Group,
    HandLabel,
    LabelCount,
    LabelProposal,
    LabelShare,
    NotShown,
    SchemeRejected,
    Verdict,
    cohen,
    fleiss,
    make_scheme,
    merge,
    read_answer,
    share_of_label,
)
from regietafel.monitor.engine.labels.agreement import word_of
from regietafel.monitor.engine.privacy import NameLists

HERE = Path(__file__).parent
DAY = date(2026, 3, 2)
NAMES = NameLists(given_names=frozenset({"jan"}), surnames=frozenset({"vries"}))


def _rows(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


@pytest.mark.parametrize(("pattern", "code", "main"), _rows("label_patterns.csv"))
def test_every_known_pattern_has_a_sub_label(pattern: str, code: str, main: str) -> None:
    assert label_scheme().main_of.get(code) == main, pattern


@pytest.mark.parametrize("row", _rows("label_schemes.csv"), ids=lambda row: row[-1])
def test_own_sub_label(row: list[str]) -> None:
    *fields, column, why = row
    given = dict(zip(("code", "hoofdlabel", "naam", "toets", "uitleg", "volgorde"), fields, strict=True))
    try:
        make_scheme([given], names=NAMES)
    except SchemeRejected as refusal:
        assert {fault.column for fault in refusal.faults} == {column}, why
    else:
        assert column == "", why


@pytest.mark.parametrize(("written", "read", "why"), _rows("label_answers.csv"))
def test_written_answer(written: str, read: str, why: str) -> None:
    try:
        labels = read_answer(written, scheme=label_scheme())
    except AnswerRejected:
        assert read == "geweigerd", why
    else:
        assert ("overslaan" if labels is None else " ".join(sorted(labels)) or "niets") == read, why


@pytest.mark.parametrize(("answers", "together", "talk", "is_open", "why"), _rows("label_merging.csv"))
def test_several_people(answers: str, together: str, talk: str, is_open: str, why: str) -> None:
    read = [read_answer(text, scheme=label_scheme()) for text in answers.split(" / ")]
    said = [
        HandLabel(message="1", labels=one or frozenset(), by="aov", on=DAY, is_skipped=one is None)
        for one in read
    ]
    [verdict] = merge(said)
    assert (" ".join(sorted(verdict.labels)) or "niets") == together, why
    assert (" ".join(sorted(verdict.disagreed)), verdict.is_open) == (talk, is_open == "ja"), why


@pytest.mark.parametrize(("method", "table", "kappa", "word", "source"), _rows("label_agreement.csv"))
def test_published_kappa(method: str, table: str, kappa: str, word: str, source: str) -> None:
    counts = [[int(cell) for cell in row.split()] for row in table.split(" / ")]
    found = cohen(counts) if method == "Cohen" else fleiss(counts)
    assert (number(found.value, decimals=3), word_of(found.value)) == (kappa, word), source


@pytest.mark.parametrize(
    ("size", "people", "sampled", "labelled", "outcome", "why"), _rows("label_shares.csv")
)
def test_share(size: str, people: str, sampled: str, labelled: str, outcome: str, why: str) -> None:
    said = [
        Verdict(
            message=str(n), labels=frozenset("I" if n < int(labelled) else ""), people=1, purpose="steekproef"
        )
        for n in range(int(sampled))
    ]
    group = Group(size=int(size), people=int(people) if people else None)
    assert _told(share_of_label("I", verdicts=said, group=group)) == outcome, why


def _told(found: LabelShare | LabelCount | NotShown) -> str:
    if isinstance(found, NotShown):
        return "niets"
    if isinstance(found, LabelCount):
        return f"{'niets' if found.count is None else found.count} met de hand gelabeld"
    shown = found.rounded()
    low, high = (number(100 * end, decimals=1) for end in (shown.low, shown.high))
    return f"{number(100 * shown.fraction, decimals=0)} % ({low}–{high})"


@pytest.mark.parametrize(("chance", "state", "why"), _rows("label_states.csv"))
def test_proposal_or_question(chance: str, state: str, why: str) -> None:
    assert LabelProposal(label="I", probability=float(chance.replace(",", "."))).state == state, why
