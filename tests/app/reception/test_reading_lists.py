"""Lists as they are sent: columns under other names, what is never kept, and every bad row by name."""

from datetime import date

import pytest

from regietafel.reception.adapters.list_columns import COLUMNS
from regietafel.reception.adapters.lists import guess, left_out, read_list


@pytest.mark.parametrize(
    ("header", "kind", "expected"),
    [
        (["Locatienaam", "Type opvang", "Bezetting per 1-4"], "bezetting", ("locatie", "soort", "aanwezig")),
        (
            ["Naam", "Soort", "Capaciteit", "Ingangsdatum"],
            "plaatsen",
            ("locatie", "soort", "plaatsen", "van"),
        ),
        (["GROEPSCODE", "Aantal personen", "Aankomstdatum"], "groepen", ("groep", "personen", "komst")),
        (["Opvanglocatie", "Gemeentenaam", "Straat"], "locaties", ("locatie", "gemeente", "adres")),
    ],
)
def test_columns_are_known_by_other_names(header: list[str], kind: str, expected: tuple[str, ...]) -> None:
    assert guess(header, kind) == {name: place for place, name in enumerate(expected)}


def test_a_column_is_only_one_thing() -> None:
    found = guess(["Aantal", "Aantal personen", "Groep", "Komst"], "groepen")
    assert len(set(found.values())) == len(found)
    assert found["personen"] == 0


@pytest.mark.parametrize(
    "name",
    ["Achternaam", "Naam bewoner", "Geboortedatum", "Nationaliteit", "Land van herkomst", "M/V geslacht",
     "Religie", "BSN", "V-nummer", "E-mailadres"],
)  # fmt: skip
def test_who_somebody_is_is_not_kept(name: str) -> None:
    assert left_out(["Locatie", name, "Aantal"], [["A", "x", 3]], kind="bezetting").keys() == {1}


def test_a_citizen_number_is_not_kept_whatever_its_column_is_called() -> None:
    rows = [["A", "111222333"], ["B", "123456782"]]
    assert left_out(["Locatie", "Kenmerk"], rows, kind="bezetting") == {1: "wie iemand is"}
    assert left_out(["Locatie", "Kenmerk"], [["A", "123456789"]], kind="bezetting") == {}


def test_the_name_of_a_location_is_not_that_of_a_person() -> None:
    assert left_out(["Naam", "Gemeente"], [["Kade", "Borne"]], kind="locaties") == {}
    assert left_out(["Naam", "Locatie"], [["J. Jansen", "Kade"]], kind="bezetting") == {0: "wie iemand is"}


def test_every_bad_row_is_named_with_its_column() -> None:
    rows = [
        (2, ["Kade", "gemeentelijk", "40", "1-4-2022"]),
        (3, ["", "gemeentelijk", "40", "1-4-2022"]),
        (4, ["Hal", "tentenkamp", "veel", "31-2-2022"]),
    ]
    found = read_list(rows, mapping={"locatie": 0, "soort": 1, "plaatsen": 2, "van": 3}, kind="plaatsen")
    assert [row.number for row in found.rows] == [2]
    assert found.rows[0].values["van"] == date(2022, 4, 1)
    assert [(error.row, error.column) for error in found.errors] == [
        (3, "locatie"), (4, "soort"), (4, "plaatsen"), (4, "van"),
    ]  # fmt: skip


def test_unknown_is_not_nought() -> None:
    mapping = {"locatie": 0, "soort": 1, "plaatsen": 2, "van": 3}
    found = read_list([(2, ["Kade", "azc", "onbekend", "2022-04-01"])], mapping=mapping, kind="plaatsen")
    assert found.rows[0].values["plaatsen"] is None


def test_a_needed_column_that_is_missing_stops_every_row() -> None:
    found = read_list([(2, ["Kade"])], mapping={"locatie": 0}, kind="plaatsen")
    assert not found.rows
    assert {error.column for error in found.errors} == {"soort", "plaatsen", "van"}


def test_every_kind_of_list_has_a_column_that_is_needed() -> None:
    assert all(any(column.is_needed for column in columns) for columns in COLUMNS.values())
