"""One question, one answer: of a file on the command line, and of the monitor that took the file in."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from regietafel.host.cli import build_parser
from regietafel.monitor.models import Match
from regietafel.monitor.services.ingest import offer_file, take_in
from regietafel.monitor.services.monitors import start_monitor
from regietafel.monitor.services.sources import create_source
from tests.app.monitor.town import Town, draft

pytestmark = pytest.mark.django_db
ROWS = [
    {
        "url": "https://www.tubantia.nl/azc~a1?utm_source=rss",
        "titel": "Nieuw azc in <b>Hengelo</b>",
        "tekst": "<p>De raad &amp; het college</p>",
        "bron": "Tubantia",
        "soort": "nieuws",
        "taal": "nl",
        "plaats": "Hengelo",
        "labels": ["raad", "Opvang locatie"],
        "auteur": "Jan Jansen",
    },
    {
        "url": "https://rtv-oost.nl/2",
        "titel": "Syriërs welkom",
        "tekst": "AZC-bewoners\nen #buren: 100 m² erbij",
        "bron": "RTV Oost",
        "soort": "tv",
    },
    {
        "url": "http://m.nos.nl/3",
        "titel": "Asiel, zoekers",
        "tekst": "IND en ind; zie www.hengelo.nl @gemeentehengelo",
        "soort": "nieuwssite",
        "taal": "Dutch",
        "plaats": "Borne ",
        "labels": ["Raad"],
    },
    {
        "titel": "Persbericht",
        "tekst": "Noodopvang\u00ad en kinder\u200bopvang gaan open",
        "bron": "Gemeente",
        "soort": "persbericht",
        "taal": "de",
    },
]
QUESTIONS = """
    azc | azc* | b OR amp | college raad | syriers | "azc bewoners" | #buren | buren | =IND | ind
    "asiel zoekers" | asiel NEAR/2 ind | hengelo | @gemeentehengelo | m² | *opvang
    noodopvang | noodopvang NIET kinderopvang | titel:azc | tekst:azc
    bron:tubantia | bron:week | bron:nos.nl | soort:nieuws | soort:pers | taal:nl | taal:de
    plaats:hengelo | plaats:borne | label:raad | label:"opvang locatie"
    domein:nos.nl | domein:tubantia.nl | url:azc | url:utm
    (opvang* OR azc*) sinds:2026-04-07 | (raad OR azc*) tot:2026-04-06
"""
ASKED = [question.strip() for line in QUESTIONS.strip().splitlines() for question in line.split(" | ")]


def _write(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """Write rows as JSON lines, one for each day from 6 April 2026 on."""
    lines = (
        {"id": str(number), "datum": f"2026-04-{number + 5:02d} 10:00"} | dict(row)
        for number, row in enumerate(rows, 1)
    )
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


def _in_file(path: Path, question: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    options = build_parser().parse_args(["zoek", "tel", "--vraag", question, "--in", str(path), "--json"])
    options.run(options)
    ids: list[str] = json.loads(capsys.readouterr().out)["ids"]
    return ids


def _in_monitor(town: Town, question: str) -> list[str]:
    monitor = start_monitor(
        monitor=draft(town, query=question, title=question, sources=[town.source]), by=town.adviser
    )
    found = Match.objects.filter(monitor=monitor).order_by("message__published_at")
    return list(found.values_list("message__external_id", flat=True))


def _take_in(town: Town, path: Path) -> None:
    town.source = create_source(
        organisation=town.organisation, name="week", kind="bestand", message_kind="onbekend", by=town.adviser
    )
    take_in(offer_file(path, source=town.source, by=town.adviser))


def test_file_and_monitor_give_the_same_answer_on_media(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path / "week.jsonl", ROWS)
    _take_in(town, path)
    answers = {question: _in_file(path, question, capsys) for question in ASKED}
    assert {question: _in_monitor(town, question) for question in ASKED} == answers
    assert sum(map(bool, answers.values())) > 30, "questions that find nothing prove little"


def test_only_the_file_still_holds_what_the_monitor_takes_out(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Vragen over het azc? Mail info@hengelo.example of bel 074-2459876."
    path = _write(tmp_path / "week.jsonl", [{"titel": "Kop", "tekst": text, "bron": "Krant"}])
    _take_in(town, path)
    assert _in_file(path, "azc hengelo", capsys) == ["1"]
    assert _in_monitor(town, "azc hengelo") == []
    assert _in_file(path, "azc", capsys) == _in_monitor(town, "azc") == ["1"]
