"""Decision lists that nobody here wrote: read or refused with a reason; the counts were done by hand."""

from pathlib import Path

import pytest

from regietafel.deliberation.adapters.minutes import MinutesRefused, lines_of_file
from regietafel.deliberation.engine.minutes import read_minutes
from tests.engine.deliberation import minutes

DATA = Path(__file__).parents[4] / "shared" / "data" / "minutes"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the decision lists of ../shared/data are not here")
# Agenda items and decisions, counted by hand; the day of the meeting as it stands in the list.
COUNTED = {
    "besluitenlijst_example1.pdf": (36, 56, "2009-04-02"),
    "besluitenlijst_example2.pdf": (43, 68, "2016-10-26"),
    "besluitenlijst_example3.pdf": (1, 1, "2015-03-26"),
    "besluitenlijst_example4.pdf": (1, 2, "2011-03-08"),
    "Besluitenlijst-raadsvergadering-29-juni-2015.pdf": (17, 17, "2015-06-29"),
    "notubiz_meeting_amsterdam.json": (32, 0, "2018-02-08"),
}


def _files() -> list[Path]:
    return sorted(path for path in DATA.iterdir() if path.suffix in {".pdf", ".json", ".docx", ".txt"})


@pytest.mark.parametrize("path", _files() if DATA.is_dir() else [], ids=lambda path: path.name)
def test_every_list_is_read_whole_or_refused_with_a_reason(path: Path) -> None:
    try:
        lines = lines_of_file(path)
    except MinutesRefused as refusal:
        assert str(refusal).endswith(".")
        return
    found = read_minutes(lines)
    assert minutes.lost(lines, found) == []
    assert path.name not in COUNTED or COUNTED[path.name] == (
        len(found.items), len(found.entries), str(found.held_on),
    )  # fmt: skip
    assert {entry.kind for entry in found.entries} <= {"B"}


def test_explanations_stay_with_their_decision() -> None:
    found = read_minutes(lines_of_file(DATA / "besluitenlijst_example2.pdf"))
    fourth = next(entry for entry in found.entries if entry.number == "4")
    assert (
        fourth.explanation.startswith("Zaak: Rapport/brief")
        and "gestemd op dinsdag 11 oktober 2016" in fourth.explanation
    )
    assert [item.section for item in found.items if item.number in {"18", "43"}] == [
        "Stukken/brieven (als eerste) ondertekend door een andere bewindspersoon", "Rondvraag",
    ]  # fmt: skip
