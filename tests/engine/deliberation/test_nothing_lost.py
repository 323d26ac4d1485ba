"""Whatever the text: reading it never fails, and every word of it stands in one of the parts."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from regietafel.deliberation.engine.minutes import SourceLine, read_minutes
from regietafel.deliberation.engine.terms import condition_of, days_in, due_of, owner_of
from tests.engine.deliberation import minutes

SHARED = Path(__file__).parents[4] / "shared"
PIECES = (
    "B:", "K:", "A)", "A ", "B. ", "(B)", "[A]", "A-12", "AP1 ", "AP 2:", "Besluit:", "Besluit 3:",
    "Besluiten:", "Actie:", "Actie Berkelo:", "Acties", "Actielijst", "Knelpunt:",
    "De raad besluit unaniem:", "1. ", "2. ", "4.1 ", "A. ", "B. ", "C. ", "• ", "- ", "o ",
    "Agendapunt:", "3. Agendapunt:   ", "Zaak:   ", "Noot:", "Toelichting:", "Aanwezig:", "Aanwezig",
    "Afwezig met kennisgeving:", "Presentie", "Afgemeld", "Hof van", "Eide", "Berkelo",
    "Dalmen, Wesse en Vossum", "\f", "", "Nr   Actie   Wie   Wanneer",
    "Nr | Onderwerp | Besluit | Actiehouder | Termijn", "3", "Pagina 2 van 3", "geen", "-",
    "Nr Besluit (B) / Knelpunt (K) / Actie (A) Toelichting",
    "Nr    Besluit / Knelpunt / Actie    Toelichting", "voor 19 april", "uiterlijk 31 juni",
    "over 2 weken", "zolang er geen locatie is.", "(actie: Jansen)", "wordt afge-", "sproken.",
    "Vraag:", "Bericht van verhindering van de heer Proef.", "Datum: 7 november 2024",
    "de agenda is vastgesteld.", "   ", "\t", "Actiehouder:", "Termijn: voor 19 april", "Termijn:",
    "Voorwaarde: mits", "Terugkoppeling via: het", "De raad besluit bij acclamatie:",
)  # fmt: skip
_TEXT = st.lists(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=4).map(" ".join), max_size=30
).map("\n".join)
_CELLS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from(PIECES), st.text(max_size=8)), max_size=20
)


def _check(lines: list[SourceLine]) -> None:
    found = read_minutes(lines, known=minutes.MEMBERS, year=2022)
    filled = {line.number for line in lines if line.text.strip()}
    assert filled <= set(found.lines())
    assert minutes.lost(lines, found) == []


@given(_TEXT)
@settings(max_examples=200, deadline=None)
@example("A\n1. \nAanwezig\n-")
@example("B.  B.   Nr    Besluit / Knelpunt / Actie    Toelichting\n0 •  B:")
def test_no_text_fails_or_loses_a_word(text: str) -> None:
    _check(minutes.lines_of(text))


@given(_CELLS)
@settings(max_examples=200, deadline=None)
def test_no_table_fails_or_loses_a_word(cells: list[tuple[int, int, str, str]]) -> None:
    rows = sorted(cells, key=lambda cell: cell[:2])
    lines = [
        SourceLine(number=at, text=f"{piece} {text}".replace("\n", " "), row=row, column=column, table=1)
        for at, (row, column, piece, text) in enumerate(rows, start=1)
    ]
    _check(lines)


@pytest.mark.parametrize("name", ["LOOSE", "BULLETS", "PARAGRAPHS", "ACTION_LIST", "COUNCIL"])
def test_the_invented_minutes_lose_nothing(name: str) -> None:
    _check(minutes.lines_of(getattr(minutes, name)))


@pytest.mark.skipif(not (SHARED / "bronnen").is_dir(), reason="the texts of ../shared/bronnen are not here")
def test_the_real_minutes_of_2022_lose_nothing() -> None:
    path = next((SHARED / "bronnen").glob("003_*.txt"))
    with (SHARED / "domain" / "twente_gemeenten.csv").open(encoding="utf-8", newline="") as file:
        known = [row["gemeente"] for row in csv.DictReader(file)]
    lines = minutes.lines_of(path.read_text(encoding="utf-8"))
    assert minutes.lost(lines, read_minutes(lines, known=known, year=2022)) == []


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=12).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_no_sentence_fails(text: str) -> None:
    due_of(text, year=2022)
    condition_of(text)
    owner = owner_of(text, known=minutes.MEMBERS)
    assert owner is None or owner.name.strip()
    for day in days_in(text):
        assert text[day.start : day.end] == day.written


def _hostile(kind: str) -> str:
    return {
        "letters": "a" * 200_000,
        "capitals": "De " + "Aa " * 40_000,
        "nouns": "burgemeester en " * 20_000,
        "places": "GGD van " + "Aa en " * 20_000,
        "tot": "tot de " * 20_000,
        "days": "1-" * 50_000 + " 1 mei",
        "brackets": "(" * 50_000 + "actie: x" + ")" * 50_000,
        "spaces": "B" + " " * 100_000 + "x",
        "commas": "Aanwezig: " + "Aa, " * 30_000,
        "names": "A.B." * 30_000,
    }[kind]


@pytest.mark.parametrize(
    "kind", ["letters", "capitals", "nouns", "places", "tot", "days", "brackets", "spaces", "commas", "names"]
)
def test_a_hostile_line_takes_no_more_than_a_moment(kind: str) -> None:
    text = _hostile(kind)
    started = time.process_time()
    read_minutes(
        [SourceLine(number=1, text=f"A: {text}"), SourceLine(number=2, text=text)], known=minutes.MEMBERS
    )
    assert time.process_time() - started < 10


def test_many_lines_take_time_in_proportion() -> None:
    text = minutes.LOOSE.replace("\f", "") * 150
    lines = minutes.lines_of(text)
    started = time.process_time()
    found = read_minutes(lines, known=minutes.MEMBERS, year=2022)
    assert len(lines) > 8_000 and len(found.of_kind("B")) > 150
    assert time.process_time() - started < 20
