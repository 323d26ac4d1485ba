"""`regietafel monitor sentiment`: how messages in a file sound, with the words that made it so."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from regietafel.kernel import dutch
from regietafel.kit.commands import DONE, INPUT_ERRORS, add_json, say
from regietafel.monitor.cli.analysis.reading import Read, read_messages
from regietafel.monitor.cli.arguments import error_lines
from regietafel.monitor.cli.search.delivering import add_file

if TYPE_CHECKING:
    from regietafel.monitor.engine.picture.figures import Share
    from regietafel.monitor.engine.sentiment import Judgement, PeopleSentiment, SentimentTotals


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser("sentiment", help="hoe berichten klinken, met de woorden die dat bepalen")
    add_file(parser)
    parser.add_argument("--waarom", action="store_true", help="laat per bericht zien welke woorden telden")
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def run(options: argparse.Namespace) -> int:
    """Judge every message, and count."""
    from regietafel.monitor.adapters.sentiment import judge, measured
    from regietafel.monitor.engine.sentiment import TONE_NOTE, people_sentiment, totals_of

    errors: list[dict[str, Any]] = []
    judged = [
        (read, judge().judge(read.message.title, read.message.text, language=read.message.language))
        for read in read_messages(options, errors=errors, fetched_at=datetime.now(UTC))
    ]
    media = totals_of(judgement for read, judgement in judged if read.message.is_media)
    people = people_sentiment(
        (read.message.day, read.message.author_hash, judgement.verdict)
        for read, judgement in judged
        if not read.message.is_media
    )
    result = {
        "berichten": [_message(read, judgement) for read, judgement in judged],
        "media": _totals(media),
        "mensen": {"aantallen": people.counts, "totaal": people.total},
        "gemeten": measured(),
        "voorbehoud": TONE_NOTE,
        "fouten": errors,
    }
    lines = [_line(read, judgement) for read, judgement in judged] if options.waarom else []
    told = [*lines, _media_line(media), _people_line(people), _measured_line(measured()), TONE_NOTE]
    say(result, as_json=options.json, text="\n".join([*told, *error_lines(errors)]))
    return INPUT_ERRORS if errors else DONE


def _message(read: Read, judgement: "Judgement") -> dict[str, Any]:
    words = [
        {
            "woord": word.written,
            "veld": word.field,
            "begin": word.start,
            "einde": word.end,
            "op_zichzelf": word.alone,
            "hier": word.here,
            "waarom": list(word.why),
            "lijst": word.origin,
        }
        for word in judgement.words
    ]
    return {
        "id": read.id,
        "oordeel": judgement.verdict,
        "herkomst": judgement.origin,
        "positief": judgement.positive,
        "negatief": judgement.negative,
        "taal": read.message.language,
        "woorden": words,
    }


def _totals(totals: "SentimentTotals") -> dict[str, Any]:
    net = totals.net
    return {
        "aantallen": totals.counts,
        "beoordeeld": totals.judged,
        "onbekend": totals.unknown,
        "aandelen": {verdict: _share(share) for verdict, share in totals.shares.items()},
        "netto": {"waarde": net.value, "laag": net.low, "hoog": net.high} if net else None,
        "handmatig": totals.by_hand,
    }


def _share(share: "Share | None") -> dict[str, float] | None:
    return {"fractie": share.fraction, "laag": share.low, "hoog": share.high} if share else None


def _line(read: Read, judgement: "Judgement") -> str:
    words = "; ".join(
        f"{word.written} {dutch.number(word.here, decimals=2, signed=True)}"
        + (f" ({', '.join(word.why)})" if word.why else "")
        for word in judgement.words
        if word.here
    )
    return f"  {read.id}: {judgement.verdict}" + (f" — {words}" if words else "")


def _media_line(totals: "SentimentTotals") -> str:
    if totals.net is None:
        return f"Media: niets te beoordelen; {dutch.number(totals.unknown)} onbekend."
    counts = ", ".join(f"{dutch.number(count)} {verdict}" for verdict, count in totals.counts.items())
    net = totals.net
    shown = dutch.interval(net.value, low=net.low, high=net.high, decimals=2)
    judged = dutch.counted(totals.judged, one="beoordeeld bericht", many="beoordeelde berichten")
    return f"Media: {counts}. Netto sentiment {shown} op {judged}."


def _people_line(people: "PeopleSentiment") -> str:
    if people.total is None:
        return "Mensen: te weinig mensen om iets te tonen."
    counts = ", ".join(
        f"{dutch.number(count)} {verdict}" for verdict, count in people.counts.items() if count is not None
    )
    return f"Mensen: {dutch.number(people.total)} berichten, naar beneden afgerond: {counts}."


def _measured_line(measured: dict[str, Any]) -> str:
    told = [
        f"{dutch.share(test['juist'] / test['aantal'])} van {dutch.number(test['aantal'])} ({test['naam']})"
        for test in measured["toets"]
    ]
    return f"Zo vaak was het oordeel juist: {'; '.join(told)}."
