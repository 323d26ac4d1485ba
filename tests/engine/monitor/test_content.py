"""What messages say: contrasts, people's words, questions, wording, platforms, themes and actors."""

import time
from collections import Counter
from datetime import date

import numpy as np
import pytest

from regietafel.monitor.engine.content.actors import Actors, PrivatePersonRefused, public_actor
from regietafel.monitor.engine.content.asking import asked_questions, rumours
from regietafel.monitor.engine.content.messages import Message, shown_count
from regietafel.monitor.engine.content.naming import name_words
from regietafel.monitor.engine.content.platforms import platform_shares, platform_shifts
from regietafel.monitor.engine.content.reach import Outlet, Outlets, reach_shares
from regietafel.monitor.engine.content.terms import Contrast, key_terms, log_odds
from regietafel.monitor.engine.content.themes import associations
from regietafel.monitor.engine.content.wording import Wording, WordingTerm, names_in, wording_report
from regietafel.monitor.engine.privacy import NameLists

DAY, NEXT = date(2026, 3, 12), date(2026, 3, 13)
NAMES = NameLists(
    given_names=frozenset({"jan", "fatima", "borne"}),
    surnames=frozenset({"vries", "jansen", "bakker"}),
    ordinary_words=frozenset({"bakker"}),
    places=frozenset({"borne"}),
    public_functions=frozenset({"burgemeester"}),
    public_names=frozenset({"jan linders"}),
)
CONTRAST = Contrast(names=NAMES, stop_words=frozenset("de het een in van".split()))


def _news(title: str, count: int = 1, **more: object) -> list[Message]:
    return [Message(day=DAY, kind="nieuws", title=title, **more)] * count  # type: ignore[arg-type]


def _posts(text: str, *, people: int, each: int = 1, day: date = DAY, **more: str) -> list[Message]:
    return [
        Message(day=day, kind="sociaal", text=text, author=f"a{writer}", **more)
        for writer in range(people)
        for _ in range(each)
    ]


def test_log_odds_gives_the_published_values() -> None:
    first = Counter("the quick brown fox jumps over the lazy pig".split())
    second = Counter("the lazy purple pig jumps over the lazier donkey".split())
    scores = log_odds(first, second, prior=0.05)
    for word in ("donkey", "lazier", "purple"):
        assert scores[word] == pytest.approx(-0.6894227886807968, abs=1e-15)
    for word in ("brown", "fox", "quick"):
        assert scores[word] == pytest.approx(0.6894227886807968, abs=1e-15)
    for word in ("jumps", "lazy", "over", "pig", "the"):
        assert scores[word] == 0.0


def test_terms_of_one_long_message_count_once() -> None:
    one = _news("azc " * 500)
    assert key_terms([*one, *_news("markt", 10)], _news("voetbal", 50), contrast=CONTRAST)[0].term == "markt"


def test_pairs_of_words_take_the_place_of_their_halves() -> None:
    found = key_terms(_news("tijdelijke noodopvang", 8), _news("voetbal vandaag", 40), contrast=CONTRAST)
    assert [term.term for term in found] == ["tijdelijke noodopvang"]


def test_same_words_on_both_sides_are_no_key_terms() -> None:
    assert key_terms(_news("opvang", 20), _news("opvang", 20), contrast=CONTRAST) == ()


def test_words_of_few_people_never_show() -> None:
    against = _news("voetbal", 100)
    nine = key_terms(
        [*_posts("buurtbarbecue", people=9, each=20), *_news("markt", 10)], against, contrast=CONTRAST
    )
    assert [term.term for term in nine] == ["markt"]
    ten = key_terms(
        [*_posts("buurtbarbecue", people=10, each=2), *_news("markt", 10)], against, contrast=CONTRAST
    )
    assert {term.term: term.count for term in ten} == {"buurtbarbecue": 20, "markt": 10}


def test_people_of_more_days_are_not_added_up() -> None:
    spread = [*_posts("straatfeest", people=6), *_posts("straatfeest", people=6, day=NEXT)]
    found = key_terms([*spread, *_news("markt", 10)], _news("voetbal", 100), contrast=CONTRAST)
    assert [term.term for term in found] == ["markt"]


def test_names_are_left_out_of_terms() -> None:
    told = _news("Jan van Zeldamme en Fatima over noodopvang, zegt Zeldamme", 10)
    found = " ".join(term.term for term in key_terms(told, _news("voetbal", 50), contrast=CONTRAST))
    assert "noodopvang" in found
    assert not {"jan", "zeldamme", "fatima"} & set(found.split())


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Volgens Jan de Vries komt er een azc", {"jan", "vries"}),
        ("A. Zeldamme uit Borne", {"zeldamme"}),
        ("De Bakker op de hoek", set()),
        ("Bij Jan Linders in Borne", set()),
        ("Burgemeester opent azc", set()),
        ("jansen en vries", set()),
    ],
)
def test_names_of_persons(text: str, hidden: set[str]) -> None:
    assert name_words([text], names=NAMES) == hidden


def test_shown_count_rounds_people_down() -> None:
    assert shown_count([*_news("a", 3), *_posts("b", people=12, each=2)]) == 23
    assert shown_count(_posts("b", people=9, each=5)) == 0


def test_similar_questions_are_one() -> None:
    asked = [
        *_news("Hoeveel asielzoekers komen er naar Borne?"),
        *_news("Hoeveel asielzoekers komen er?"),
        *_news("Wat kost de opvang?"),
    ]
    stop = frozenset({"er", "naar", "de", "wat", "hoeveel"})
    groups = asked_questions(asked, stop_words=stop)
    assert [(group.media, group.answer) for group in groups] == [(2, "onbekend"), (1, "onbekend")]
    answered = asked_questions(asked, stop_words=stop, answers={groups[0].subject: "beantwoord"})
    assert answered[0].answer == "beantwoord"


def test_questions_of_people_are_numbers_only() -> None:
    text = "Wanneer gaat de opvang eigenlijk dicht?"
    assert asked_questions(_posts(text, people=9, each=3), stop_words=frozenset()) == ()
    (group,) = asked_questions(_posts(text, people=11), stop_words=frozenset({"de", "wanneer", "gaat"}))
    assert (group.media, group.people, group.examples) == (0, 10, ())
    assert set(group.subject) == {"opvang", "eigenlijk", "dicht"}


def test_names_never_stand_in_the_subject() -> None:
    asked = _news("Wanneer komt Zeldamme naar Borne?", 2)
    (group,) = asked_questions(asked, stop_words=frozenset({"naar"}), hidden={"zeldamme"})
    assert "zeldamme" not in group.subject


def test_many_different_questions_stay_quick() -> None:
    letters = "bcdfghjklm"
    words = ["".join(letters[int(digit)] for digit in f"{n:04d}") for n in range(4_000)]
    asked = [one for word in words for one in _news(f"Waarom {word} {word[::-1]}x {word[1:]}{word[0]}?")]
    started = time.process_time()
    assert len(asked_questions(asked, stop_words=frozenset({"waarom"}))) == 20
    assert time.process_time() - started < 5


def test_rumours_are_counted() -> None:
    told = [("bus verdwijnt", one) for one in (*_news("x", 2), *_posts("y", people=9))]
    (rumour,) = rumours(told)
    assert (rumour.media, rumour.people) == (2, None)


WORDING = Wording(
    subject="opvang",
    terms=(
        WordingTerm(name="azc", words=("azc", "azcs")),
        WordingTerm(name="noodopvang", words=("noodopvang*",)),
        WordingTerm(name="opvang", words=("*opvang",), not_words=("kinderopvang*",)),
    ),
)


def test_most_precise_name_counts() -> None:
    assert names_in("De noodopvang", WORDING) == {"noodopvang"}
    assert names_in("De kinderopvang", WORDING) == frozenset()
    assert names_in("#azc naast de dagopvang", WORDING) == {"azc", "opvang"}


def test_wording_is_remarked_on_when_it_differs() -> None:
    media = [*_news("Azc in Borne", 9), *_news("Noodopvang in Borne", 1)]
    own = _news("Noodopvang in Borne", 2)
    report = wording_report(WORDING, media, periods=[(DAY, DAY)], own=own)
    assert report.remarks == (
        "De media schrijven meestal “azc” (90\xa0% van 10 berichten), u schrijft meestal “noodopvang”.",
    )
    assert wording_report(WORDING, media, periods=[(DAY, DAY)], own=_news("Azc", 3)).remarks == ()
    mixed = wording_report(WORDING, media, periods=[(DAY, DAY)], own=[*own, *_news("Azc", 5)])
    assert mixed.remarks == (
        "Uw eigen teksten gebruiken “azc” en “noodopvang”. Kies één woord en leg het één keer uit.",
    )


def test_wording_counts_per_period() -> None:
    later = [Message(day=NEXT, kind="nieuws", title="Noodopvang")] * 4
    report = wording_report(WORDING, [*_news("Azc", 6), *later], periods=[(DAY, DAY), (NEXT, NEXT)])
    counts = [{term.name: term.count for term in period.terms} for period in report.periods]
    assert counts == [{"azc": 6, "noodopvang": 0, "opvang": 0}, {"azc": 0, "noodopvang": 4, "opvang": 0}]


def test_platform_of_few_people_is_not_there() -> None:
    shares = platform_shares([*_news("a", 5), *_posts("b", people=9, domain="x.com")])
    assert [(one.platform, one.count) for one in shares] == [("nieuwssites", 5)]


def test_shift_between_platforms() -> None:
    before = [*_posts("a", people=60, domain="x.com"), *_posts("b", people=20, domain="facebook.com")]
    now = [*_posts("a", people=20, domain="x.com"), *_posts("b", people=60, domain="facebook.com")]
    verdicts = {one.platform: one.verdict for one in platform_shifts(now, before)}
    assert verdicts == {"Facebook": "duidelijk meer", "X": "duidelijk minder"}
    assert {one.verdict for one in platform_shifts(now, now)} == {"niet aantoonbaar anders"}
    assert platform_shifts(now, [])[0].verdict.startswith("geen oordeel")


def test_difference_is_that_of_newcombe() -> None:
    """Method 10, example (a) of the publication: 56/70 against 48/80 gives 0.0524 to 0.3339."""
    now = [*_news("a", 56, domain="x.com"), *_news("b", 14)]
    before = [*_news("a", 48, domain="x.com"), *_news("b", 32)]
    shift = next(one for one in platform_shifts(now, before) if one.platform == "X")
    assert (round(shift.low or 0, 4), round(shift.high or 0, 4)) == (0.0524, 0.3339)


def test_reach_leaves_unknown_out_of_the_shares() -> None:
    outlets = Outlets(
        [Outlet(name="NOS", domain="nos.nl", reach="landelijk")], municipalities={"borne": "GM0147"}
    )
    told = [*_news("a", 3, outlet="NOS"), *_news("b", 1, outlet="Borne Boeit"), *_news("c", 4, outlet="Blad")]
    rows = {row.reach: row for row in reach_shares([(one, outlets.attention(one)) for one in told])}
    share = rows["landelijk"].share
    assert share is not None
    assert (share.count, share.published, rows["onbekend"].count) == (3, 4, 4)
    assert rows["onbekend"].share is None


def test_lift_covers_independence() -> None:
    rng = np.random.default_rng(20261129)
    covered = 0
    for _ in range(400):
        first, second = rng.random(400) < 0.3, rng.random(400) < 0.4
        themes = [
            frozenset(name for name, has in (("a", one), ("b", other)) if has)
            for one, other in zip(first, second, strict=True)
        ]
        (found,) = associations(_news("x", 400), themes)
        covered += found.low <= 1 <= found.high
    assert 0.92 <= covered / 400 <= 0.98


def test_themes_of_a_handful_do_not_show() -> None:
    themes = [frozenset("ab")] * 2 + [frozenset()] * 50
    assert associations(_news("x", 52), themes) == ()
    assert associations(_posts("x", people=9), [frozenset("ab")] * 9) == ()


def test_actor_is_never_a_person() -> None:
    with pytest.raises(PrivatePersonRefused, match="journalist"):
        public_actor("medium", "journalist van de krant", names=NAMES)
    with pytest.raises(PrivatePersonRefused):
        public_actor("organisatie", "Actiegroep", names=NAMES, also=["Jan de Vries"])
    with pytest.raises(PrivatePersonRefused):
        public_actor("organisatie", "Actiegroep", names=NAMES, account="@janjansen")
    with pytest.raises(ValueError, match="none of"):
        public_actor("persoon", "COA", names=NAMES)


def test_actors_in_a_text() -> None:
    coa = public_actor("organisatie", "COA", names=NAMES, also=["Centraal Orgaan opvang asielzoekers"])
    borne = public_actor("organisatie", "gemeente Borne", names=NAMES)
    actors = Actors([coa, borne])
    found = actors.of("De gemeente Borne belt het centraal orgaan opvang asielzoekers; het COA belt terug")
    assert [actor.name for actor in found] == ["gemeente Borne", "COA"]
    assert actors.of("Borne is een gemeente") == ()
    assert 1 <= coa.colour <= 8
