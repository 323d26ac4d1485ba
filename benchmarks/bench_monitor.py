"""The monitor: reading and cleaning a file, matching questions, finding stories."""

import csv
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import Measurement
from regietafel.monitor.adapters.readers import read_file
from regietafel.monitor.engine.matching import match_many
from regietafel.monitor.engine.messages import CleaningRules, CleanMessage, RawItem, clean
from regietafel.monitor.engine.query import Document, parse
from regietafel.monitor.engine.stories import Article, find_stories

ROWS = 20_000
SUBJECTS = (
    "opvang",
    "noodopvang",
    "azc",
    "asielzoekers",
    "stikstof",
    "voetbal",
    "kermis",
    "verkeer",
    "woningbouw",
)
PLACES = ("Hengelo", "Borne", "Almelo", "Enschede", "Losser", "Wierden", "Tubbergen", "Hellendoorn")
VERBS = ("verdeelt", "raakt", "komt naar", "verlaat", "verrast")
RULES = CleaningRules(source_name="meting", author_key=b"alleen voor de meting")
QUESTION = parse(
    "(asielzoek* OR vluchteling* OR azc* OR opvang* OR noodopvang*) AND (Hengelo OR Borne) NIET kermis"
)
START = datetime(2022, 4, 1, tzinfo=UTC)


def _title(number: int) -> str:
    parts = (SUBJECTS, VERBS, PLACES)
    words = [part[number * (place + 3) // 7 % len(part)] for place, part in enumerate(parts)]
    return f"{words[0].capitalize()} {words[1]} {words[2]} op dag {number % 97} na besluit {number // 5}"


def _write(path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(["id", "url", "datum", "titel", "tekst", "bron", "auteur"])
        for number in range(ROWS):
            at = (START + timedelta(minutes=number)).isoformat()
            phone = f"074-24{number % 90_000 + 10_000}"
            text = f"De raad sprak over {_title(number).lower()}. Bel {phone} of kom langs."
            url = f"https://nieuws.example/{number}?utm_source=rss"
            writer.writerow([number, url, at, _title(number), text, "Dagblad", f"auteur {number % 400}"])


def _cleaned(path: Path) -> Iterator[CleanMessage]:
    return (clean(row, rules=RULES) for row in read_file(path).rows if isinstance(row, RawItem))


def measurements() -> Iterator[Measurement]:
    """Give what is measured; the file lives as long as the measuring."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "berichten.csv"
        _write(path)
        titles = [Document(_title(number)) for number in range(ROWS)]
        questions = {number: parse(f"{QUESTION.text} NIET dag{number}") for number in range(342)}
        articles = [
            Article(str(number), _title(number), "", "Dagblad", START + timedelta(minutes=number))
            for number in range(3_000)
        ]
        yield Measurement(
            "CSV lezen, schonen en maskeren", ROWS, "berichten", lambda: sum(1 for _ in _cleaned(path)), 8_000
        )
        yield Measurement(
            "1 zoekvraag op koppen",
            ROWS,
            "koppen",
            lambda: sum(map(bool, match_many({0: QUESTION}, titles))),
            20_000,
        )
        yield Measurement(
            "342 zoekvragen tegelijk op koppen",
            ROWS,
            "koppen",
            lambda: sum(map(bool, match_many(questions, titles))),
            compared_with="1 zoekvraag op koppen",
        )
        yield Measurement(
            "verhalen zoeken in koppen", len(articles), "koppen", lambda: len(find_stories(articles))
        )
