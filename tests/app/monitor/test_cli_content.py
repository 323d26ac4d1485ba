"""`monitor` on the command line: what messages say and how they sound, no names, no handful of people."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regietafel.host.cli import main

Call = Callable[..., tuple[int, Any, str]]


def _row(number: int, title: str, **more: str) -> dict[str, str]:
    row = {
        "id": str(number),
        "titel": title,
        "datum": "2026-03-12 10:00",
        "bron": "Tubantia",
        "soort": "nieuws",
    }
    return row | {"url": f"https://tubantia.example/{number}"} | more


def _post(number: int, text: str, author: str) -> dict[str, str]:
    return {
        "id": f"p{number}", "titel": "", "tekst": text, "datum": "2026-03-12 11:00", "bron": "x.com",
        "soort": "sociaal", "auteur": author, "url": f"https://x.com/iemand/{number}",
    }  # fmt: skip


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    def make(name: str, rows: list[dict[str, str]]) -> str:
        path = tmp_path / f"{name}.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        return str(path)

    return make


def test_sentiment_tells_every_message_and_why(call: Call, write: Callable[..., str]) -> None:
    file = write(
        "berichten",
        [
            _row(1, "Grote overlast bij azc"),
            _row(2, "Vrijwilligers helpen bij de opvang"),
            _row(3, "Raad vergadert over azc"),
            _row(4, "Anwohner sind wütend über die Unterkunft im Dorf", taal="de"),
        ],
    )
    code, said, _ = call("monitor", "sentiment", "--in", file)
    assert code == 0
    assert {one["id"]: one["oordeel"] for one in said["berichten"]} == {
        "1": "negatief", "2": "positief", "3": "neutraal", "4": "onbekend",
    }  # fmt: skip
    (word,) = said["berichten"][0]["woorden"]
    assert (word["woord"], word["veld"], word["waarom"]) == (
        "overlast",
        "titel",
        ["“grote” maakt het sterker"],
    )
    assert said["media"]["netto"]["waarde"] == 0.0
    assert (said["media"]["beoordeeld"], said["media"]["onbekend"]) == (3, 1)
    assert said["gemeten"]["toets"][0]["aantal"] == 284


def test_sentiment_of_people_is_a_rounded_number(call: Call, write: Callable[..., str]) -> None:
    nine = [_post(n, f"Wat een overlast hier, nummer {n}", f"a{n % 9}") for n in range(20)]
    _, said, _ = call("monitor", "sentiment", "--in", write("negen", nine))
    assert said["mensen"]["totaal"] is None
    assert said["media"]["netto"] is None
    twelve = [_post(n, f"Wat een overlast hier, nummer {n}", f"a{n % 12}") for n in range(25)]
    _, said, _ = call("monitor", "sentiment", "--in", write("twaalf", twelve))
    assert (said["mensen"]["totaal"], said["mensen"]["aantallen"]["negatief"]) == (20, 20)


def test_sentiment_needs_no_date_and_names_unreadable_rows(call: Call, write: Callable[..., str]) -> None:
    rows = [{"id": "1", "titel": "Overlast"}, {"id": "2", "titel": "Overlast elders", "datum": "geen idee"}]
    code, said, _ = call("monitor", "sentiment", "--in", write("zonder", rows))
    assert code == 1
    assert [one["id"] for one in said["berichten"]] == ["1"]
    assert (said["fouten"][0]["rij"], said["fouten"][0]["kolom"]) == (2, "datum")


def test_terms_against_the_rest_of_the_file(call: Call, write: Callable[..., str]) -> None:
    rows = [_row(n, f"Noodopvang in sporthal van Almelo, dag {n}") for n in range(8)]
    rows += [_row(100 + n, f"Voetbal vandaag, ronde {n}") for n in range(40)]
    code, said, _ = call("monitor", "termen", "--in", write("alles", rows), "--vraag", "noodopvang")
    assert code == 0
    assert set(said) >= {"termen", "verwarring", "plaatsen", "platforms"}
    terms = {one["term"]: one for one in said["termen"]}
    assert set(terms["sporthal"]) == {"term", "z", "aantal", "aantal_tegen"}
    assert (terms["sporthal"]["aantal"], terms["sporthal"]["aantal_tegen"]) == (8, 0)
    assert [(place["gemeente"], place["aantal"]) for place in said["plaatsen"]] == [("Almelo", 8)]
    reach = {one["bereik"]: one["aantal"] for one in said["bereik"]}
    assert reach["regionaal"] == 8


def test_terms_hold_no_names_and_no_words_of_a_few(call: Call, write: Callable[..., str]) -> None:
    rows = [_row(n, f"Volgens Jan Jansen komt er noodopvang, dag {n}") for n in range(8)]
    rows += [_post(n, f"noodopvang en de vlooienmarkt {n}", f"a{n % 9}") for n in range(30)]
    rows += [_row(100 + n, f"Voetbal vandaag, ronde {n}") for n in range(40)]
    _, said, _ = call("monitor", "termen", "--in", write("alles", rows), "--vraag", "noodopvang")
    shown = json.dumps(said).lower()
    assert "noodopvang" in shown
    assert "jansen" not in shown
    assert "vlooienmarkt" not in shown


def test_terms_of_a_period_with_another(call: Call, write: Callable[..., str]) -> None:
    rows = [_row(n, f"Rellen in Hengelo, dag {n}", datum="2026-03-20") for n in range(6)]
    rows += [_row(50 + n, f"Azc in Hengelo, dag {n}", datum="2026-03-02") for n in range(6)]
    rows += [_row(80, "Noodopvang", datum="2026-05-01")]
    file = write("alles", rows)
    periods = ("--periode", "2026-03-16..2026-03-31", "--met", "2026-03-01..2026-03-15")
    _, said, _ = call("monitor", "termen", "--in", file, *periods)
    assert (said["gelezen"], said["gelezen_tegen"]) == (6, 6)
    assert [one["term"] for one in said["termen"]] == ["rellen"]
    assert said["plaatsen"][0]["gemeente"] == "Hengelo"  # Tubantia writes about Overijssel
    spans = next(one for one in said["verwarring"] if one["onderwerp"] == "wat voor opvang het is")[
        "perioden"
    ]
    assert [(span["van"], span["totaal"]) for span in spans] == [("2026-03-16", 0), ("2026-03-01", 6)]


def test_own_words_are_laid_beside_those_of_the_media(call: Call, write: Callable[..., str]) -> None:
    media = write("media", [_row(n, f"Azc gaat open, dag {n}") for n in range(6)])
    own = write("eigen", [_row(n, f"Wij openen een noodopvang, deel {n}", bron="gemeente") for n in range(2)])
    _, said, _ = call("monitor", "termen", "--in", media, "--tegen", own, "--eigen", own)
    remarks = [told for one in said["verwarring"] for told in one["opmerkingen"]]
    assert remarks == [
        "De media schrijven meestal “azc” (100\xa0% van 6 berichten), u schrijft meestal “noodopvang”."
    ]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "waarmee er wordt vergeleken"),
        (("--periode", "2026-03-01..2026-03-02"), "samen"),
        (("--periode", "2026-03-05..2026-03-02", "--met", "2026-03-01..2026-03-02"), "ligt voor de eerste"),
        (("--periode", "maart", "--met", "2026-03-01..2026-03-02"), "geen periode"),
    ],
)
def test_unclear_comparison_is_wrong_usage(
    more: tuple[str, ...], told: str, write: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        raise SystemExit(main(["monitor", "termen", "--in", write("een", [_row(1, "Azc")]), *more]))
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_question_about_a_person_is_refused(
    write: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = write("een", [_row(1, "Azc")])
    code = main(["monitor", "termen", "--in", file, "--vraag", '"Jan de Vries"'])
    assert code == 1
    assert "persoon" in capsys.readouterr().err


def test_text_for_people(write: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
    rows = [_row(n, f"Overlast in Hengelo neemt toe, dag {n}", bron="Blad") for n in range(6)]
    rows += [_row(50 + n, f"Voetbal, ronde {n}") for n in range(9)]
    file = write("alles", rows)
    assert main(["monitor", "termen", "--in", file, "--vraag", "overlast"]) == 0
    said = capsys.readouterr().out
    assert "6 berichten, vergeleken met 9 berichten." in said
    assert "Dubbelzinnig: Hengelo." in said
    assert main(["monitor", "sentiment", "--in", file, "--waarom"]) == 0
    said = capsys.readouterr().out
    assert "wordt meer" in said
    assert "Netto sentiment" in said
