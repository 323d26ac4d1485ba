"""`regietafel monitor verhalen`: which messages of a file bring the same news."""

import argparse
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regietafel.kernel.dutch import counted, date_short, local, number
from regietafel.kit.commands import DONE, INPUT_ERRORS, add_json, refuse_overwriting, say, write_whole
from regietafel.monitor.cli.arguments import add_reading, error_lines
from regietafel.monitor.cli.search.delivering import bad_rows, items_of, open_file, refused

if TYPE_CHECKING:
    from regietafel.kit.documents.table import Table
    from regietafel.monitor.engine.messages import CleaningRules, RawItem
    from regietafel.monitor.engine.stories import Article, Story

READ = ("id", "url", "datum", "titel", "tekst", "bron", "soort", "auteur")
WRITERS = (".csv", ".xlsx")
SHOWN, OUTLETS_SHOWN, TITLE_WIDTH = 30, 3, 60
ONLY_PEOPLE = "(alleen berichten van mensen)"
LONGEST_WINDOW = 366


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser("verhalen", help="zet berichten over hetzelfde nieuws bij elkaar")
    parser.add_argument(
        "--in",
        dest="bestanden",
        action="append",
        required=True,
        metavar="BESTAND",
        help="bestand met berichten; mag vaker",
    )
    add_reading(parser)
    parser.add_argument(
        "--venster",
        type=_days,
        default=7,
        metavar="DAGEN",
        help="hoeveel dagen er hoogstens tussen zitten (7)",
    )
    parser.add_argument("--uit", type=_target, metavar="BESTAND", help="ook als tabel: X.csv of X.xlsx")
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= LONGEST_WINDOW:
        raise argparse.ArgumentTypeError(f"“{text}” is geen aantal dagen van 1 tot en met {LONGEST_WINDOW}")
    return int(text)


def _target(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in WRITERS:
        raise argparse.ArgumentTypeError(f"“{text}” eindigt niet op .csv of .xlsx")
    return path


def run(options: argparse.Namespace) -> int:
    """Group the messages, and tell."""
    from regietafel.monitor.engine.stories import find_stories

    refuse_overwriting(options.uit, inputs=options.bestanden)
    errors: list[dict[str, Any]] = []
    ids: dict[str, str] = {}
    articles = list(_articles(options, ids=ids, errors=errors))
    stories = find_stories(articles, window_days=options.venster)
    if options.uit:
        _write(stories, options.uit)
    result = {
        "gelezen": len(articles) + bad_rows(errors),
        "venster_dagen": options.venster,
        "verhalen": [_plain(story, ids) for story in stories],
        "fouten": errors,
    }
    text = "\n".join(
        [
            *_lines(stories, read=len(articles) + bad_rows(errors), window=options.venster),
            *error_lines(errors),
        ]
    )
    say(result, as_json=options.json, text=text)
    return INPUT_ERRORS if errors else DONE


def _articles(
    options: argparse.Namespace, *, ids: dict[str, str], errors: list[dict[str, Any]]
) -> "Iterator[Article]":
    """Read the messages of all files; each is known by its place, and ``ids`` tells what it is called."""
    from regietafel.monitor.adapters.readers import COUNTS
    from regietafel.monitor.engine.messages import CleaningRules, RowRejected

    secret = secrets.token_bytes(16)  # who wrote what is known within this run only
    for place, name in enumerate(options.bestanden):
        one = argparse.Namespace(bestand=name, soort=options.soort, kolommen=options.kolommen)
        rules = CleaningRules(source_name=Path(name).name.split(".")[0], author_key=secret)
        for item in items_of(open_file(one, only=(*READ, *COUNTS)), errors, name=name):
            key = f"{place:04}-{item.row:09}"
            try:
                article = _article(item, key=key, rules=rules)
            except RowRejected as refusal:
                errors.append(refused(item, refusal, name=Path(name).name))
                continue
            ids[key] = item.external_id or item.url or str(item.row)
            yield article


def _article(item: "RawItem", *, key: str, rules: "CleaningRules") -> "Article":
    """See a row as the monitor would; a date that cannot be read is unknown."""
    from regietafel.monitor.engine.messages import as_document
    from regietafel.monitor.engine.messages.cleaning import counts_of
    from regietafel.monitor.engine.messages.moments import UnreadableMoment, read_moment
    from regietafel.monitor.engine.privacy import author_hash
    from regietafel.monitor.engine.stories import Article

    document = as_document(item, rules=rules, needed=frozenset({"soort", "bron"}))
    try:
        at = read_moment(item.published or "")
    except UnreadableMoment:
        at = None
    counts = counts_of(item.interactions)
    return Article(
        key,
        document.title,
        document.text,
        document.source,
        at,
        kind=document.kind,
        interactions=sum(counts.values()) if counts else None,
        author_hash=(
            author_hash(item.author, day=local(at).date(), key=rules.author_key) if item.author and at else ""
        ),
    )


def _plain(story: "Story", ids: dict[str, str]) -> dict[str, Any]:
    """Give a story for machines; its ids are those of the file, so their number hides nothing."""
    return {
        "ids": [ids[member.key] for member in story.members],
        "titel": _title(story),
        "aantal": story.size,
        "van_media": story.media_count,
        "van_mensen": story.people_count,
        "media": list(story.outlets),
        "eerste": _iso(story.first_at),
        "laatste": _iso(story.last_at),
        "reacties": story.interactions,
        "soorten": {one.kind: one.count for one in story.kinds},
    }


def _title(story: "Story") -> str | None:
    """Give the headline without numbers and accounts of people."""
    from regietafel.monitor.engine.privacy import mask

    return None if story.title is None else mask(story.title, public_accounts=frozenset(), author="").text


def _iso(at: datetime | None) -> str | None:
    return None if at is None else local(at).isoformat()


def _lines(stories: "Sequence[Story]", *, read: int, window: int) -> Iterator[str]:
    """Write the stories that more than one message brings, largest first."""
    several = [story for story in stories if story.size > 1]
    told = counted(len(stories), one="verhaal", many="verhalen")
    days = counted(window, one="dag", many="dagen")
    yield (
        f"{number(read)} gelezen, {told}. In {number(len(several))} daarvan zit meer dan één bericht "
        f"(hoogstens {days} na elkaar)."
    )
    if not several:
        return
    yield ""
    yield f"{'media':>6}  {'mensen':>7}  {'reacties':>9}  {'eerste dag':<12}  verhaal"
    for story in several[:SHOWN]:
        yield _line(story)
    if len(several) > SHOWN:
        yield f"… en nog {number(len(several) - SHOWN)}; met --json of --uit krijgt u ze allemaal."
    yield ""
    yield "Van mensen telt een dag pas mee bij tien verschillende schrijvers, afgerond op tientallen."


def _line(story: "Story") -> str:
    title = _title(story) or ONLY_PEOPLE
    shown = title if len(title) <= TITLE_WIDTH else f"{title[: TITLE_WIDTH - 1]}…"
    outlets = ", ".join(story.outlets[:OUTLETS_SHOWN])
    others = len(story.outlets) - OUTLETS_SHOWN
    outlets += f" en {others} andere" if others > 0 else ""
    people = "-" if story.people_count is None else number(story.people_count)
    day = date_short(local(story.first_at).date()) if story.first_at else "onbekend"
    brought = f" ({outlets})" if outlets else ""
    figures = f"{number(story.media_count):>6}  {people:>7}  {number(story.interactions):>9}"
    return f"{figures}  {day:<12}  {shown}{brought}"


def _write(stories: "Sequence[Story]", target: Path) -> None:
    import django

    django.setup()
    if target.suffix.lower() == ".csv":
        from regietafel.kit.documents.csv import write_table

        write_whole(target, write_table(_table(stories)))
    else:
        from regietafel.kit.documents.xlsx import write_workbook

        write_whole(target, write_workbook(_table(stories)))


def _table(stories: "Sequence[Story]") -> "Table":
    """Make the table that may be handed on: stories of too few people are not in it."""
    from regietafel.kit.documents.table import Column, Kind, Table

    columns = (
        Column("Verhaal", width=60),
        Column("Berichten van media", Kind.NUMBER),
        Column("Berichten van mensen (tientallen)", Kind.NUMBER),
        Column("Media", width=40),
        Column("Eerste", Kind.MOMENT),
        Column("Laatste", Kind.MOMENT),
        Column("Reacties", Kind.NUMBER),
    )
    rows = (
        (
            _title(story) or ONLY_PEOPLE,
            story.media_count,
            story.people_count,
            ", ".join(story.outlets),
            story.first_at,
            story.last_at,
            story.interactions,
        )
        for story in stories
        if story.media_count or story.people_count
    )
    return Table(columns, rows, title="Verhalen")
