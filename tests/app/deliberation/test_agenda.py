"""The agenda: what comes on it by itself, what people add, and in which order."""

from regietafel.deliberation.services.agenda import fill_agenda
from tests.app.deliberation import table as tables
from tests.app.deliberation.table import Table


def test_what_an_earlier_meeting_left_open_comes_once(table: Table) -> None:
    earlier = tables.meeting(table, days=-14)
    first = earlier.items.get(number="2")
    stuck = tables.entry(table, first, "K")
    owed = tables.entry(table, first, "A")
    tables.entry(table, first, "B")
    tables.close(table, earlier)
    coming = tables.meeting(table)
    told = [(one.number, one.kind, one.carried_id or one.confirms_id) for one in coming.items.all()]
    assert told == [
        ("1", "vast", None),
        ("1a", "verslag", earlier.pk),
        ("2", "vast", None),
        ("3", "knelpunt", stuck.pk),
        ("4", "actie", owed.pk),
    ]
    assert fill_agenda(meeting=coming, by=table.secretary) == []
