"""Minutes in the layouts that secretaries use: the right items, entries, explanations and attendance."""

import csv
from datetime import date
from pathlib import Path

import pytest

from regietafel.deliberation.engine.minutes import MinutesRead, SourceLine, missing, read_minutes
from tests.engine.deliberation import minutes

SHARED = Path(__file__).parents[4] / "shared"
NO_SHARED = "the texts of ../shared are not here"


def _numbered(found: MinutesRead) -> list[tuple[str, str]]:
    return [(entry.number, entry.kind) for entry in found.entries]


def _rows(name: str) -> list[dict[str, str]]:
    with (SHARED / "domain" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def real() -> MinutesRead:
    if not (SHARED / "bronnen").is_dir():
        pytest.skip(NO_SHARED)
    path = next((SHARED / "bronnen").glob("003_*.txt"))
    known = [row["gemeente"] for row in _rows("twente_gemeenten.csv")]
    return minutes.read(path.read_text(encoding="utf-8"), known=known, year=2022)


def test_the_real_minutes_of_2022_give_what_people_found_in_them(real: MinutesRead) -> None:
    assert minutes.counts(real) == (11, 10, 3)
    assert [item.number for item in real.items] == ["4.1", "4.2", "4.3", "2.3", "2.4", "2.6", "2.8", "2.9"]
    rows = _rows("bao_2022_items.csv")
    found = [(entry.number, entry.kind, entry.first_line) for entry in real.entries]
    assert found == [(row["nr"], row["type"], int(row["bron_regel"])) for row in rows]
    titles = {item.number: item.title for item in real.items}
    assert {row["nr"]: row["onderwerp"] for row in rows}.items() <= titles.items()


def test_the_real_minutes_hold_three_conditions_and_their_terms(real: MinutesRead) -> None:
    conditional = [(entry.number, entry.condition.ends) for entry in real.of_kind("B") if entry.condition]
    assert conditional == [("4.2", False), ("2.4", False), ("2.9", True)]
    action = real.of_kind("A")[1]
    assert action.due and (action.due.day, action.due.last_day) == (date(2022, 4, 19), date(2022, 4, 18))
    assert [entry.owner and entry.owner.name for entry in real.of_kind("A")] == [
        "projectleidersoverleg", "Burgemeesters", "BA",
    ]  # fmt: skip
    mentioned = next(entry for entry in real.entries if "11/4" in entry.text)
    assert mentioned.due is None and mentioned.days[0].day == date(2022, 4, 11)
    explained = next(entry for entry in real.entries if "Marktzicht" in entry.text)
    assert (
        explained.explanation.startswith("Eerste reactie Losser") and explained.certainty == "waarschijnlijk"
    )


def test_the_real_minutes_know_three_kinds_of_absence(real: MinutesRead) -> None:
    states = {each.name: each.status for each in real.attendance}
    expected = {
        row["rol_of_gemeente"]: row["status"] for row in _rows("bao_2022_presentie.csv")
        if row["status"] != "ontbreekt in lijst"
    }  # fmt: skip
    ours = {"aanwezig (naam)": "aanwezig", "vermeld zonder aanduiding": "onbekend", "vermeld": "onbekend"}
    assert states == {name: ours.get(state, state) for name, state in expected.items()}
    known = [row["gemeente"] for row in _rows("twente_gemeenten.csv")]
    assert missing(known, real.attendance) == ("Borne", "Twenterand", "Wierden")
    assert not real.unassigned


def test_the_three_columns_are_found_in_text_that_lost_them() -> None:
    found = minutes.read(minutes.LOOSE, known=minutes.MEMBERS, year=2022)
    assert [item.number for item in found.items] == ["5.1", "5.2", "3.1", "3.3", "3.4", "3.6"]
    assert [item.title for item in found.items][:3] == [
        "Actueel beeld",
        "Omgevingsbeeld",
        "Opdracht noodopvang",
    ]
    assert _numbered(found) == [
        ("5.1", "K"), ("5.2", "B"), ("3.1", "K"), ("3.1", "B"), ("3.1", "A"), ("3.1", "B"),
        ("3.3", "K"), ("3.3", "A"), ("3.6", "B"), ("3.6", "B"),
    ]  # fmt: skip
    assert "langer dan verwacht" in found.items[0].notes
    assert [bool(entry.explanation) for entry in found.entries] == [at == 3 for at in range(10)]
    assert [entry.number for entry in found.entries if entry.condition] == ["5.2", "3.6"]
    states = {each.name: (each.person, each.status) for each in found.attendance}
    assert states["Voorzitter / Oosterhage"] == ("Karel de Proef", "aanwezig")
    assert states["Hof van Eide"] == ("", "onbekend")
    assert states["Dalmen"] == states["Adviseur brandweer"] == ("", "afgemeld")
    assert missing(minutes.MEMBERS, found.attendance) == ("Vossum", "Wesse")


def test_bullets_below_a_heading_are_entries_of_that_kind() -> None:
    found = minutes.read(minutes.BULLETS)
    assert minutes.counts(found) == (2, 1, 2)
    assert found.entries[1].text == "De vergunning vermeldt een eindtijd van 23.00 uur."
    assert [entry.owner and (entry.owner.name, entry.owner.is_person) for entry in found.of_kind("A")] == [
        ("Gemeente", False), ("Proefman", True),
    ]  # fmt: skip
    assert found.held_on == date(2022, 5, 12)
    assert {entry.number for entry in found.entries} == {"2"}, "“Acties: geen” is no action"
    assert [(each.name, each.person, each.status) for each in found.attendance][-2:] == [
        ("gemeente", "A. Proefman", "aanwezig"), ("GGD", "mw. De Test", "afgemeld"),
    ]  # fmt: skip


def test_paragraphs_with_a_word_before_the_colon() -> None:
    found = minutes.read(minutes.PARAGRAPHS, known=minutes.MEMBERS)
    assert minutes.counts(found) == (3, 1, 2)
    assert [item.title for item in found.items] == ["Vaststellen verslag", "Locatie Beekpad", "Begroting"]
    assert [entry.label for entry in found.of_kind("B")] == ["", "1", "2"]
    ending = found.of_kind("B")[2]
    assert ending.condition and ending.condition.ends and "verbouwen" in ending.explanation
    owed = [
        (entry.owner and entry.owner.name, entry.due and entry.due.last_day) for entry in found.of_kind("A")
    ]
    assert owed == [
        ("Berkelo", date(2023, 10, 14)), ("de secretaris", date(2023, 10, 17)),
    ]  # fmt: skip


def test_an_action_list_at_the_end_has_holders_and_terms() -> None:
    found = minutes.read(minutes.ACTION_LIST, known=minutes.MEMBERS)
    assert minutes.counts(found) == (1, 0, 3)
    assert [entry.label for entry in found.of_kind("A")] == ["AP1", "AP2", "AP3"]
    assert [entry.item for entry in found.of_kind("A")] == [None, None, None]
    assert found.of_kind("A")[1].text == "Contract beveiliging nakijken en bespreken met de leverancier"
    owners = [entry.owner and (entry.owner.name, entry.owner.is_person) for entry in found.of_kind("A")]
    assert owners == [("Vossum", False), ("Dalmen en Berkelo", False), ("Proefman", True)]
    assert [entry.due and entry.due.day for entry in found.of_kind("A")] == [
        date(2024, 11, 14), None, date(2024, 12, 2),
    ]  # fmt: skip


def test_a_council_list_has_numbered_decisions_and_nested_numbers() -> None:
    found = minutes.read(minutes.COUNCIL)
    assert [item.number for item in found.items] == ["1", "2", "3", "4", "5"]
    assert [(entry.number, entry.label) for entry in found.entries] == [
        ("2", ""), ("3", "1"), ("3", "2"), ("4", "A"), ("4", "B"), ("4", "C"),
    ]  # fmt: skip
    assert "2. naar de kosten;" in found.entries[3].text
    assert "Lijst Test" in found.entries[5].explanation
    assert [(each.name, each.person, each.status) for each in found.attendance] == [
        ("", "de heer Proef", "afgemeld")
    ]


def test_page_numbers_and_repeated_headers_are_set_apart() -> None:
    page = "Verslag stuurgroep\n\n{body}\n\nVertrouwelijk\n{number}\n\f"
    bodies = [
        "1. Opening\nB: Een besluit dat door-",
        "loopt op de volgende bladzijde.\n2. Geld\nK: Te weinig.",
        "A) Later.",
    ]
    text = "".join(page.format(body=body, number=at) for at, body in enumerate(bodies, start=1))
    found = minutes.read(text)
    assert [entry.text for entry in found.entries] == [
        "Een besluit dat doorloopt op de volgende bladzijde.", "Te weinig.", "Later.",
    ]  # fmt: skip
    assert {line.reason for line in found.unassigned} == {
        "paginanummer",
        "kop- of voetregel van de bladzijde",
    }
    assert minutes.lost(minutes.lines_of(text), found) == []


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        (["1. Vragen", "V: Wanneer komt het stuk?", "A: Volgende maand."], ""),
        (["1. Keuzes", "A. de eerste", "B. de tweede", "C. de derde"], ""),
        (["1. Opening", "A. Jansen opent."], ""),
        (["1. Weg", "B: De A1 blijft open.", "A1 en A35 zijn druk."], "B"),
        (["1. Namen", "B: Goed.", "", "B en W komen later."], "B"),
        (["1. Later", "Actie: geen", "Besluit: n.v.t."], ""),
        (["Besluit (B), knelpunt (K), actie (A)", "1. Op", "B. Een.", "K. Twee."], "BK"),
    ],
)
def test_letters_that_mean_something_else_are_no_entries(lines: list[str], kinds: str) -> None:
    found = minutes.read("\n".join(lines))
    assert "".join(entry.kind for entry in found.entries) == kinds


def test_what_stands_before_the_agenda_is_kept_apart() -> None:
    found = read_minutes(
        [SourceLine(number=1, text="wij hebben dit verslag op verzoek toegezonden aan alle leden.")]
    )
    assert [line.number for line in found.unassigned] == [1] and not found.entries


def test_without_numbers_a_heading_above_entries_is_the_agenda_item() -> None:
    text = """Overleg 4 oktober 2023

Opvang
B: De hal blijft open.

Vervoer
K: Te weinig bussen.

Actiepunten
1. Bus regelen
2. Rooster maken"""
    found = minutes.read(text)
    assert [(item.number, item.title) for item in found.items] == [("", "Opvang"), ("", "Vervoer")]
    assert [(entry.kind, entry.item, entry.label) for entry in found.entries][:2] == [
        ("B", 0, ""),
        ("K", 1, ""),
    ]
    assert [entry.label for entry in found.of_kind("A")] == ["1", "2"]


def test_particulars_of_the_next_meeting_are_not_those_of_this_one() -> None:
    text = """Verslag 3 maart 2023
Voorzitter: mw. Proef (Berkelo)

1. Opening
De raad besluit in juni over de locatie.
Deelnemers: 400 personen bij de bijeenkomst.

2. Volgende vergadering
Datum: 9 juni 2023"""
    found = minutes.read(text, known=minutes.MEMBERS)
    assert found.held_on == date(2023, 3, 3) and not found.entries
    assert [(each.name, each.person) for each in found.attendance] == [("Voorzitter / Berkelo", "mw. Proef")]
    assert found.items[1].notes == "Datum: 9 juni 2023"


def test_bars_between_cells_and_numbered_decisions_under_one_sentence() -> None:
    text = """Nr. | Onderwerp | Besluit
1 | Speeltuin | Het college besluit:
  |  | 1. de subsidie toe te kennen
  |  | 2. de raad te informeren
2 | Brief | Conform advies."""
    found = minutes.read(text)
    assert [(entry.number, entry.label, entry.text) for entry in found.entries] == [
        ("1", "1", "de subsidie toe te kennen"),
        ("1", "2", "de raad te informeren"),
        ("2", "", "Conform advies."),
    ]
    assert found.entries[1].mark == "Het college besluit:"


def _cells(*rows: tuple[str, ...], table: int = 1) -> list[SourceLine]:
    """A table as a reader of Word files gives it; a line break parts the paragraphs of a cell."""
    pieces = [
        (row, column, piece)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        for piece in cell.split("\n")
    ]
    return [
        SourceLine(number=table * 100 + at, text=piece, row=row, column=column, table=table)
        for at, (row, column, piece) in enumerate(pieces)
    ]


HEAD = ("Nr", "Besluit (B) / Knelpunt (K) / Actie (A)", "Toelichting")


def test_a_title_in_the_cell_beside_its_number_is_no_heading_of_the_next_item() -> None:
    rows = (HEAD, ("1", "Opening", ""), ("1a", "Verslag vaststellen", ""), ("2", "Locaties", ""),
            ("", "B: Wij gaan door.", ""), ("3", "Rondvraag", ""))  # fmt: skip
    found = read_minutes(_cells(*rows))
    told = [(one.number, one.title) for one in found.items]
    assert told == [("1", "Opening"), ("1a", "Verslag vaststellen"), ("2", "Locaties"), ("3", "Rondvraag")]
    assert [entry.number for entry in found.entries] == ["2"]


def test_what_stands_below_a_line_is_its_holder_term_condition_and_channel() -> None:
    below = "Actiehouder: Gemeente Wesse, projectleider\nTermijn: voor 19 april 2022"
    more = "Terugkoppeling via: het DVO\nVoorwaarde: mits de brandweer instemt"
    text = f"A: Zoekt een hal.\n{below}\n{more}"
    for lines in (_cells(HEAD, ("1", "Hal", ""), ("", text, "")), minutes.lines_of(f"1. Hal\n\n{text}")):
        (entry,) = read_minutes(lines).entries
        assert entry.text == "Zoekt een hal." and entry.explanation == ""
        assert entry.owner and entry.owner.name == "Gemeente Wesse, projectleider"
        assert entry.due and str(entry.due.last_day) == "2022-04-18"
        assert entry.via == "het DVO"
        assert entry.condition and entry.condition.written == "mits de brandweer instemt"


def test_what_cannot_be_read_as_a_term_is_explanation_and_a_next_sentence_is_not() -> None:
    text = "1. Hal\n\nA: Zoekt een hal.\nTermijn: voor 19 april 2022, anders in mei\n\nDe voorzitter sluit."
    read = minutes.read(text)
    (entry,) = read.entries
    assert entry.due and str(entry.due.day) == "2022-04-19"
    assert entry.explanation == "voor 19 april 2022, anders in mei"
    assert read.items[0].notes == "De voorzitter sluit."


def test_how_was_decided_stands_with_every_decision() -> None:
    found = minutes.read(minutes.COUNCIL)
    told = [entry.explanation.split("\n")[0] for entry in found.of_kind("B")[1:]]
    assert told == ["De raad besluit unaniem."] * 2 + ["De raad besluit in meerderheid."] * 3


def test_a_row_of_those_present_is_one_member_and_a_known_place_parts_a_name() -> None:
    rows = (("Organisatie of functie", "Aanwezigheid"), ("Gemeente Wesse, burgemeester", "Aanwezig"),
            ("Gemeente Vossum, burgemeester", "Vervangen door locoburgemeester"))  # fmt: skip
    told = [(one.name, one.status) for one in read_minutes(_cells(*rows)).attendance]
    wesse, vossum = "Gemeente Wesse, burgemeester", "Gemeente Vossum, burgemeester"
    assert told == [(wesse, "aanwezig"), (vossum, "vervangen")]


def test_a_page_line_that_stands_on_both_of_two_pages_is_of_the_page() -> None:
    page = "Regio Oosterhage\n1. Opening\nWij beginnen.\nVerslag overleg          {} van 2"
    found = minutes.read(f"{page.format(1)}\n\f\n{page.format(2).replace('1. Opening', '2. Sluiting')}")
    assert [one.text.split()[0] for one in found.unassigned] == ["Regio", "Verslag", "Regio", "Verslag"]
    assert all("Wij beginnen." in f"{one.title} {one.notes}" for one in found.items)
