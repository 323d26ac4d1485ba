"""Meaning as a whole: it can be kept and read again, and people weigh in only when there are enough."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from regietafel.monitor.engine.content.messages import Message
from regietafel.monitor.engine.content.places import Gazetteer, Settlement
from regietafel.monitor.engine.content.platforms import platform_shifts
from regietafel.monitor.engine.content.reach import Outlet, Outlets
from regietafel.monitor.engine.content.terms import Contrast
from regietafel.monitor.engine.content.themes import associations
from regietafel.monitor.engine.content.wording import Wording, WordingTerm
from regietafel.monitor.engine.meaning import (
    Compared,
    Meaning,
    MeaningMaterial,
    ReferenceLists,
    ToneCounts,
    meaning_of,
)
from regietafel.monitor.engine.privacy import NameLists
from regietafel.monitor.engine.query import parse

DAY = date(2022, 4, 7)
NAMES = NameLists(given_names=frozenset({"jan"}), surnames=frozenset())
HENGELO = [
    Settlement(name="Hengelo", code=code, municipality=of, region=code, province=of, is_main=True)
    for code, of in (("GM0164", "Hengelo"), ("GM1876", "Bronckhorst"))
]
LISTS = ReferenceLists(
    contrast=Contrast(names=NAMES, stop_words=frozenset({"in", "de", "het", "er"})),
    wordings=(
        Wording(
            subject="locatie",
            terms=(WordingTerm(name="azc", words=("azc*",)), WordingTerm(name="opvang", words=("opvang*",))),
        ),
    ),
    themes={"verkeer": parse("verkeer*"), "school": parse("school*")},
    gazetteer=Gazetteer(HENGELO, names=NAMES),
    outlets=Outlets([Outlet(name="NOS", domain="nos.nl", reach="landelijk")], municipalities={}),
)


def news(title: str, count: int, *, day: date = DAY, outlet: str = "NOS") -> list[Message]:
    return [Message(day=day, kind="nieuws", title=title, outlet=outlet)] * count


def people(text: str, count: int, *, day: date = DAY, domain: str = "x.com") -> list[Message]:
    return [
        Message(day=day, kind="sociaal", text=text, domain=domain, author=f"{day}{number}")
        for number in range(count)
    ]


def material(messages: list[Message], **more: object) -> MeaningMaterial:
    blank = MeaningMaterial(
        starts_on=DAY - timedelta(days=13),
        ends_on=DAY,
        before_from=DAY - timedelta(days=69),
        messages=messages,
    )
    return replace(blank, **more)  # type: ignore[arg-type]


def test_what_was_kept_is_read_back_the_same() -> None:
    earlier = DAY - timedelta(days=20)
    said = meaning_of(
        material(
            [
                *news("Verkeer bij school in Hengelo", 6),
                *news("Komt het azc er?", 6),
                *news("Opvang open", 3, outlet="Gemeente A"),
                *people("Opvang is goed", 12),
            ],
            before=news("Rustig in de opvang", 40, day=earlier),
            own_outlet="Gemeente A",
            media_tones=ToneCounts(counts={"positief": 4, "negatief": 5}, by_hand=1, waiting=2),
            people_tones=[(DAY, str(number), "positief") for number in range(12)],
        ),
        lists=LISTS,
    )
    assert said.places[0].verdict == "dubbelzinnig" and said.themes[0].together == 6
    assert said.wordings[0].remarks and len(said.wordings[0].periods) == 2
    assert said.media_tone.net is not None and said.people_tone.total == 10
    assert Meaning.from_json(said.to_json()) == said


def test_another_version_is_refused() -> None:
    written = meaning_of(material(news("Azc", 1)), lists=LISTS).to_json()
    assert Meaning.is_readable(written) and not Meaning.is_readable({"tekst": "x"})
    with pytest.raises(ValueError, match="version 0"):
        Meaning.from_json(written | {"versie": 0})


@pytest.mark.parametrize(
    ("before", "others", "compared"),
    [(30, 99, Compared.BEFORE), (29, 30, Compared.OTHERS), (29, 29, Compared.NOTHING)],
)
def test_terms_are_compared_with_what_there_is_enough_of(before: int, others: int, compared: str) -> None:
    said = meaning_of(
        material(news("Azc", 5), before=news("Rust", before), others=news("Voetbal", others)), lists=LISTS
    )
    assert said.compared == compared


def test_nine_people_change_nothing_that_is_shown() -> None:
    alone = meaning_of(material(news("Azc in zicht", 5)), lists=LISTS)
    joined = meaning_of(
        material([*news("Azc in zicht", 5), *people("Waarom Hengelo en verkeer bij school?", 9)]), lists=LISTS
    )
    assert joined == alone


def test_an_address_that_was_erased_before_is_not_used_now_either() -> None:
    now = [Message(day=DAY, kind="nieuws", domain="facebook.com", outlet="Krant")] * 9
    gone = [Message(day=DAY - timedelta(days=30), kind="nieuws", outlet="Krant")] * 9
    said = meaning_of(material(now, before_erased=gone), lists=LISTS)
    assert {one.platform for one in said.platforms} == {"nieuwssites"} and said.platforms_by_outlet


def test_a_platform_of_too_few_people_is_unknown_and_no_shift() -> None:
    earlier = DAY - timedelta(days=20)
    before = [*news("Azc", 40, day=earlier), *people("Azc", 9, day=earlier)]
    shifts = {one.platform: one for one in platform_shifts([*news("Azc", 40), *people("Azc", 40)], before)}
    assert shifts["X"].now.count == 40 and shifts["X"].now.share is not None
    assert shifts["X"].before.share is None and shifts["nieuwssites"].before.share is None
    assert {one.verdict.partition(":")[0] for one in shifts.values()} == {"geen oordeel"}
    absent = {one.platform: one for one in platform_shifts([*news("A", 40), *people("A", 40)], before[:40])}
    assert absent["X"].verdict == "duidelijk meer"  # nobody at all wrote there before


def test_words_that_were_sought_do_not_set_their_own_messages_apart() -> None:
    told = [*news("De noodopvang in de vrijwilligers", 5), *news("Het vrijwilligers er noodopvang", 5)]
    said = material(told, before=news("Voetbal in de regen", 60))
    found = {term.term for term in meaning_of(said, lists=LISTS).terms}
    assert found == {"noodopvang", "vrijwilligers"}
    said = replace(said, question=parse("(*opvang OF azc) NIET kinderopvang"))
    assert {term.term for term in meaning_of(said, lists=LISTS).terms} == {"vrijwilligers"}


def test_a_theme_that_nearly_every_message_has_goes_together_with_none() -> None:
    often = [frozenset({"school", "verkeer"})] * 9 + [frozenset({"verkeer"})] + [frozenset()] * 3
    told = news("Verkeer", len(often))
    assert [(one.first, one.second) for one in associations(told, often)] == [("school", "verkeer")]
    always = [frozenset({"school", "verkeer"})] * 9 + [frozenset({"verkeer"})]
    assert associations(told[:10], always) == ()
