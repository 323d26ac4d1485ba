"""Two people change one text at once: nothing that either wrote is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regietafel.deliberation.engine.merging import merge

LINES = st.lists(st.text(alphabet="abc ", max_size=4), max_size=8)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str, str]:
    """A text, and what two people made of it: lines left out, changed and added."""
    base = draw(LINES)
    return ("\n".join(base), *("\n".join(_changed(draw, base, mark=mark)) for mark in "xy"))


def _changed(draw: st.DrawFn, base: list[str], *, mark: str) -> list[str]:
    made: list[str] = []
    for number, line in enumerate([*base, ""]):
        made += [f"{mark}{number}{extra}" for extra in draw(st.lists(st.sampled_from("123"), max_size=2))]
        if number < len(base):
            act = draw(st.sampled_from(("keep", "keep", "keep", "drop", "change", "grow")))
            made += {"keep": [line], "drop": [], "change": [f"{mark}{line}"], "grow": [f"{line}{mark}"]}[act]
    return made


@given(edits())
def test_no_line_that_either_wrote_is_missing(texts: tuple[str, str, str]) -> None:
    base, theirs, mine = texts
    found = merge(base, theirs=theirs, mine=mine).text.split("\n")
    began = set(base.split("\n"))
    for line in set(theirs.split("\n")) | set(mine.split("\n")):
        assert line in began or any(one.startswith(line) for one in found), line


@given(edits())
def test_who_changes_alone_is_followed_to_the_letter(texts: tuple[str, str, str]) -> None:
    base, changed, _other = texts
    assert merge(base, theirs=changed, mine=base).text == changed
    assert merge(base, theirs=base, mine=changed).text == changed
    assert merge(base, theirs=changed, mine=changed).text == changed


@given(edits())
def test_sending_again_what_arrived_changes_nothing(texts: tuple[str, str, str]) -> None:
    base, theirs, mine = texts
    once = merge(base, theirs=theirs, mine=mine).text
    again = merge(mine, theirs=once, mine=mine)
    assert (again.text, again.is_double) == (once, False)


@given(edits())
def test_lines_of_one_writer_keep_their_order(texts: tuple[str, str, str]) -> None:
    base, theirs, mine = texts
    found = merge(base, theirs=theirs, mine=mine).text.split("\n")
    for text in (theirs, mine):
        own = [line for line in text.split("\n") if line not in base.split("\n") and text.count(line) == 1]
        places = [found.index(line) for line in own if found.count(line) == 1]
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "together", "is_double"),
    [
        # lines that only touch are no conflict: one changed a line, the other added below or above it
        ("a\nb", "a\nb\nc", "a\nB", "a\nB\nc", False),
        ("a\nb", "a\nn\nb", "a\nB", "a\nn\nB", False),
        # both added at the same place: theirs first
        ("a", "a\nt", "a\nm", "a\nt\nm", False),
        ("", "t", "m", "t\nm", False),
        # both changed one line: both stand there, and that is told
        ("a\nb\nc", "a\nt\nc", "a\nm\nc", "a\nt\nm\nc", True),
        # a line that grew while it was being saved stands there once
        ("", "Burge", "Burgemeester", "Burgemeester", False),
        # one left a line out that the other changed: what was written stays
        ("a\nb", "a", "a\nB", "a\nB", False),
        # both left the same line out and wrote the same
        ("a\nb", "x", "x", "x", False),
        ("a\n\nb", "a\n\nb\n\nt", "m\n\na\n\nb", "m\n\na\n\nb\n\nt", False),
    ],
)
def test_what_becomes_of_two_changes(
    base: str, theirs: str, mine: str, together: str, is_double: bool
) -> None:
    found = merge(base, theirs=theirs, mine=mine)
    assert found.text == together
    assert found.is_double == is_double
