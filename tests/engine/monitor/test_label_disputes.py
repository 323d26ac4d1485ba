"""What people differ about: counts per pair of labels, and nothing of a message."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from regietafel.monitor.engine.labels import HandLabel, disputes, merge

ANSWERS = st.lists(
    st.tuples(st.sampled_from("123"), st.sets(st.sampled_from("IBS")), st.booleans()), max_size=12
)


def said(message: str, given_labels: str, *, is_skipped: bool = False) -> HandLabel:
    return HandLabel(
        message=message,
        labels=frozenset(given_labels),
        by="aov",
        on=date(2026, 3, 2),
        is_skipped=is_skipped,
    )


def told(*answers: HandLabel) -> list[tuple[str, str, int]]:
    return [(one.first, one.second, one.messages) for one in disputes(answers)]


def test_a_message_counts_once_however_many_differ() -> None:
    assert told(*(said("1", labels) for labels in ("I", "I", "B", "B"))) == [("I", "B", 1)]


def test_order_of_people_does_not_matter() -> None:
    assert told(said("1", "B"), said("1", "I"), said("2", "I"), said("2", "B")) == [("I", "B", 2)]


def test_leaving_a_label_out_is_not_another_label() -> None:
    assert told(said("1", "IB"), said("1", "I")) == [("B", "", 1)]
    assert told(said("1", ""), said("1", "S")) == [("S", "", 1)]


def test_who_skipped_or_agreed_is_not_told() -> None:
    assert told(said("1", "I"), said("1", "", is_skipped=True), said("2", "B"), said("2", "B")) == []
    assert told(said("1", "I"), said("2", "B")) == []


def test_most_messages_come_first() -> None:
    answers = [said("1", "I"), said("1", "B")]
    answers += [said(number, labels) for number in "23" for labels in ("B", "S")]
    assert told(*answers) == [("B", "S", 2), ("I", "B", 1)]


@given(ANSWERS)
def test_there_is_a_dispute_when_and_only_when_a_verdict_has_one(
    answers: list[tuple[str, set[str], bool]],
) -> None:
    labels = [
        said(message, "".join(given_labels), is_skipped=skip) for message, given_labels, skip in answers
    ]
    assert bool(disputes(labels)) == any(verdict.disagreed for verdict in merge(labels))
