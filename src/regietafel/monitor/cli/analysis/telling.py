"""What two groups of messages say, for machines and for people."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from regietafel.kernel import dutch

if TYPE_CHECKING:
    from regietafel.monitor.engine.content.messages import Message
    from regietafel.monitor.engine.picture.figures import Share

MOST_PLACES = 30
MOST_PAIRS = 15


def analysis_of(
    messages: Sequence["Message"],
    against: Sequence["Message"],
    *,
    periods: Sequence[tuple[date, date]],
    own: Sequence["Message"],
) -> dict[str, Any]:
    """Give everything that is told of two groups, as plain data with Dutch keys."""
    from regietafel.monitor.adapters.content import contrast
    from regietafel.monitor.engine.content.terms import key_terms

    terms = key_terms(messages, against, contrast=contrast())
    return {
        "gelezen": len(messages),
        "gelezen_tegen": len(against),
        "termen": [
            {"term": one.term, "z": one.z, "aantal": one.count, "aantal_tegen": one.count_against}
            for one in terms
        ],
        "verwarring": _wording(messages, against, periods=periods, own=own),
        "plaatsen": _places(messages),
        "platforms": _platforms(messages, against),
        "bereik": _reach(messages),
        "themas": _themes(messages),
        "vragen": _questions(messages),
    }


def _wording(
    messages: Sequence["Message"],
    against: Sequence["Message"],
    *,
    periods: Sequence[tuple[date, date]],
    own: Sequence["Message"],
) -> list[dict[str, Any]]:
    from regietafel.monitor.adapters.content import wordings
    from regietafel.monitor.engine.content.wording import wording_report

    groups = [messages, against][: len(periods)]
    told = []
    for wording in wordings():
        reports = [
            wording_report(wording, group, periods=[days], own=own)
            for group, days in zip(groups, periods, strict=True)
        ]
        spans = [
            {
                "van": one.starts_on.isoformat(),
                "tot_en_met": one.ends_on.isoformat(),
                "totaal": one.total,
                "woorden": [
                    {"woord": term.name, "aantal": term.count, "aandeel": share_of(term.share)}
                    for term in one.terms
                ],
            }
            for report in reports
            for one in report.periods
        ]
        remarks = list(reports[0].remarks) if reports else []
        told.append({"onderwerp": wording.subject, "perioden": spans, "opmerkingen": remarks})
    return told


def _places(messages: Sequence["Message"]) -> list[dict[str, Any]]:
    from regietafel.monitor.adapters.content import gazetteer, outlets
    from regietafel.monitor.engine.content.places import Context, place_counts

    found = []
    for message in messages:
        areas = outlets().attention(message).areas
        found.append((message, gazetteer().mentions(message.words, context=Context(areas=areas))))
    return [
        {
            "gemeente": one.municipality or None,
            "code": one.code,
            "geschreven": list(one.names),
            "oordeel": one.verdict,
            "aantal": one.count,
            "kandidaten": [
                {"code": each.code, "gemeente": each.municipality, "wat": each.reason}
                for each in one.candidates
            ],
        }
        for one in place_counts(found)[:MOST_PLACES]
    ]


def _platforms(messages: Sequence["Message"], against: Sequence["Message"]) -> list[dict[str, Any]]:
    from regietafel.monitor.engine.content.platforms import platform_shifts

    return [
        {
            "platform": one.platform,
            "aantal": one.now.count,
            "aandeel": share_of(one.now.share),
            "aantal_tegen": one.before.count,
            "aandeel_tegen": share_of(one.before.share),
            "verschil": None
            if one.change is None
            else {"waarde": one.change, "laag": one.low, "hoog": one.high},
            "oordeel": one.verdict,
        }
        for one in platform_shifts(messages, against)
    ]


def _reach(messages: Sequence["Message"]) -> list[dict[str, Any]]:
    from regietafel.monitor.adapters.content import outlets
    from regietafel.monitor.engine.content.reach import reach_shares

    heard = [(message, outlets().attention(message)) for message in messages]
    return [
        {"bereik": one.reach, "aantal": one.count, "aandeel": share_of(one.share)}
        for one in reach_shares(heard)
    ]


def _themes(messages: Sequence["Message"]) -> list[dict[str, Any]]:
    from regietafel.monitor.adapters.content import themes
    from regietafel.monitor.engine.content.themes import associations, themes_of

    return [
        {
            "themas": [one.first, one.second],
            "samen": one.together,
            "aantallen": [one.count_first, one.count_second],
            "totaal": one.total,
            "verhouding": {"waarde": one.lift, "laag": one.low, "hoog": one.high},
            "aantoonbaar": one.is_clear,
        }
        for one in associations(messages, themes_of(messages, themes()))[:MOST_PAIRS]
    ]


def _questions(messages: Sequence["Message"]) -> list[dict[str, Any]]:
    from regietafel.monitor.adapters.content import contrast
    from regietafel.monitor.engine.content.asking import asked_questions
    from regietafel.monitor.engine.content.naming import name_words

    hidden = name_words((message.words for message in messages), names=contrast().names)
    return [
        {
            "over": list(one.subject),
            "voorbeelden": list(one.examples),
            "media": one.media,
            "mensen": one.people,
            "antwoord": one.answer,
        }
        for one in asked_questions(messages, stop_words=contrast().stop_words, hidden=hidden)
    ]


def share_of(share: "Share | None") -> dict[str, float] | None:
    """Give a share as plain data."""
    return {"fractie": share.fraction, "laag": share.low, "hoog": share.high} if share else None


def as_text(result: dict[str, Any]) -> Iterator[str]:
    """Give the same for people, a line each."""
    yield "Kenmerkende woorden (z, aantal, aantal in de vergelijking):"
    yield from (
        f"  {one['term']}: {dutch.number(one['z'], decimals=1)}, {one['aantal']}, {one['aantal_tegen']}"
        for one in result["termen"]
    )
    if not result["termen"]:
        yield "  geen"
    for subject in result["verwarring"]:
        yield from (f"Woordgebruik, {subject['onderwerp']}: {told}" for told in subject["opmerkingen"])
    places = [one for one in result["plaatsen"] if one["code"]]
    unclear = [", ".join(one["geschreven"]) for one in result["plaatsen"] if not one["code"]]
    yield "Plaatsen: " + (", ".join(f"{one['gemeente']} ({one['aantal']})" for one in places) or "geen") + "."
    if unclear:
        yield f"Dubbelzinnig: {', '.join(unclear)}."
    yield from (_platform_line(one) for one in result["platforms"])


def _platform_line(one: dict[str, Any]) -> str:
    now, before = one["aandeel"], one["aandeel_tegen"]
    shares = [
        dutch.interval(share["fractie"] * 100, low=share["laag"] * 100, high=share["hoog"] * 100)
        if share
        else dutch.UNKNOWN
        for share in (now, before)
    ]
    return f"{one['platform']}: {shares[0]} procent, in de vergelijking {shares[1]}; {one['oordeel']}."
