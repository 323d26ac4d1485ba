"""What happens to a dossier: who may change it, what is remembered, what is refused and why."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from regietafel.kit.audit import history
from regietafel.kit.refusal import Refused
from regietafel.register.models import Area, Confidentiality, Dossier, Fact, Phase, PhaseChange
from regietafel.register.selectors.access import visible_dossiers
from regietafel.register.selectors.dossiers import (
    current_facts,
    open_moments,
    phase_bar,
    search_dossiers,
    sharing_in_words,
)
from regietafel.register.services.dossier_parts import (
    Happening,
    Statement,
    add_fact,
    add_link,
    add_moment,
    finish_moment,
    remove_link,
    replace_fact,
    restore_link,
    withdraw_fact,
    withdraw_moment,
    write_journal,
)
from regietafel.register.services.dossiers import (
    DossierContent,
    SharingChoice,
    change_dossier,
    change_phase,
    create_dossier,
    share_dossier,
)
from regietafel.register.services.participants import Participation, add_member, end_member
from tests.app.register.region import Region, dossier_of, fresh, hold, person

TODAY = timezone.localdate()
KNOWN = Statement("120 plekken", "bekend", "Collegebesluit 29 maart", TODAY)
UNKNOWN = Statement("Of het wordt verlengd", "onbekend", "", TODAY)


def happening(
    title: str = "Bewonersbijeenkomst", *, in_days: int = 9, kind: str = "bijeenkomst"
) -> Happening:
    return Happening(title, kind, timezone.now() + dt.timedelta(days=in_days))


def content(title: str = "Nieuwe titel") -> DossierContent:
    return DossierContent(title, "besluit")


def phase(code: str) -> Phase:
    return Phase.objects.get(code=code)


def actions(obj: Any) -> list[str]:
    return [event.action for event in history(obj)]


def test_a_new_dossier_starts_internal_in_the_first_phase(region: Region, dossier: Dossier) -> None:
    assert (dossier.phase.code, dossier.confidentiality) == ("verkennen", Confidentiality.INTERNAL)
    assert sharing_in_words(dossier) == "intern"
    assert history(dossier).get().chain == f"organisatie:{region.hengelo.pk}"


@pytest.mark.parametrize("who", ["neighbour", "stranger"])
def test_nobody_changes_the_dossier_of_another_organisation(
    region: Region, dossier: Dossier, who: str
) -> None:
    share_dossier(dossier=dossier, choice=SharingChoice(1, True), confirmed=True, by=region.adviser)
    other = fresh(getattr(region, who))
    attempts = (
        lambda: change_dossier(dossier=dossier, content=content(), by=other),
        lambda: share_dossier(dossier=dossier, choice=SharingChoice(0), confirmed=True, by=other),
        lambda: change_phase(dossier=dossier, phase=phase("raadplegen"), reason="x", by=other),
        lambda: add_fact(dossier=dossier, statement=KNOWN, by=other),
        lambda: write_journal(dossier=dossier, text="x", by=other),
        lambda: add_member(dossier=dossier, participation=Participation("x"), by=other),
        lambda: create_dossier(organisation=region.hengelo, content=content(), by=other),
    )
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()


def test_a_contributor_adds_but_does_not_direct(region: Region, dossier: Dossier) -> None:
    add_member(
        dossier=dossier,
        participation=Participation("Regio", region.neighbour, may_write=True),
        by=region.adviser,
    )
    contributor = fresh(region.neighbour)
    add_fact(dossier=dossier, statement=UNKNOWN, by=contributor)
    with pytest.raises(PermissionDenied):
        share_dossier(dossier=dossier, choice=SharingChoice(0), confirmed=True, by=contributor)


def test_two_people_do_not_overwrite_each_other(region: Region, dossier: Dossier) -> None:
    seen = dossier.version
    change_dossier(dossier=dossier, content=content("Eerste"), version=seen, by=region.adviser)
    with pytest.raises(Refused, match="intussen gewijzigd"):
        change_dossier(dossier=dossier, content=content("Tweede"), version=seen, by=region.adviser)
    dossier.refresh_from_db()
    assert dossier.title == "Eerste"


def test_the_log_tells_what_changed_in_words(region: Region, dossier: Dossier) -> None:
    changed = DossierContent(dossier.title, "besluit", dossier.summary, "", Area.objects.get(code="GM0164"))
    change_dossier(dossier=dossier, content=changed, by=region.adviser)
    event = history(dossier).first()
    assert event is not None
    assert event.changes == {"Soort": ["opvanglocatie", "besluit"], "Gebied": [None, "Hengelo (O.)"]}
    change_dossier(dossier=dossier, content=changed, by=region.adviser)
    assert history(dossier).count() == 2, "saving the same again is no event"


def test_sharing_with_more_people_needs_a_confirmation(region: Region, dossier: Dossier) -> None:
    wide = SharingChoice(Confidentiality.INTERNAL, True, (region.zwolle,))
    with pytest.raises(Refused, match="Bevestig"):
        share_dossier(dossier=dossier, choice=wide, confirmed=False, by=region.adviser)
    assert not visible_dossiers(fresh(region.neighbour)).exists()
    share_dossier(dossier=dossier, choice=wide, confirmed=True, by=region.adviser)
    assert visible_dossiers(fresh(region.neighbour)).get() == dossier
    assert visible_dossiers(fresh(region.stranger)).get() == dossier
    dossier.refresh_from_db()
    assert sharing_in_words(dossier) == "intern, gedeeld met de regio en Gemeente Zwolle"
    share_dossier(
        dossier=dossier, choice=SharingChoice(Confidentiality.INTERNAL), confirmed=False, by=region.adviser
    )
    assert not visible_dossiers(fresh(region.stranger)).exists(), (
        "narrower takes effect at once and needs no question"
    )


def test_an_unusual_step_needs_a_reason_and_is_remembered(region: Region, dossier: Dossier) -> None:
    with pytest.raises(Refused, match="slaat een fase over"):
        change_phase(dossier=dossier, phase=phase("besluit"), reason="  ", by=region.adviser)
    change_phase(dossier=dossier, phase=phase("besluit"), reason="Besluit lag er al.", by=region.adviser)
    dossier.refresh_from_db()
    steps = (
        PhaseChange.objects.filter(dossier=dossier)
        .order_by("pk")
        .values_list("from_phase__code", "to_phase__code")
    )
    assert list(steps) == [(None, "verkennen"), ("verkennen", "besluit")]
    assert [mark.state for mark in phase_bar(dossier)] == [
        "done",
        "done",
        "done",
        "current",
        "todo",
        "todo",
        "todo",
    ]
    assert phase_bar(dossier)[3].since == TODAY


def test_a_closed_dossier_changes_no_more_until_it_is_reopened(region: Region, dossier: Dossier) -> None:
    change_phase(dossier=dossier, phase=phase("afgesloten"), reason="Klaar.", by=region.adviser)
    with pytest.raises(Refused, match="afgesloten"):
        add_fact(dossier=dossier, statement=KNOWN, by=region.adviser)
    with pytest.raises(Refused, match="afgesloten"):
        change_dossier(dossier=dossier, content=content(), by=region.adviser)
    change_phase(dossier=dossier, phase=phase("nazorg"), reason="Nieuwe klacht.", by=region.adviser)
    assert add_fact(dossier=dossier, statement=KNOWN, by=region.adviser).pk


def test_what_is_known_has_a_source(region: Region, dossier: Dossier) -> None:
    with pytest.raises(Refused, match="bron nodig"):
        add_fact(dossier=dossier, statement=Statement("120 plekken", "bekend", " ", TODAY), by=region.adviser)


def test_a_newer_fact_replaces_and_the_old_one_is_never_lost(region: Region, dossier: Dossier) -> None:
    first = add_fact(dossier=dossier, statement=UNKNOWN, by=region.adviser)
    second = replace_fact(fact=first, statement=KNOWN, by=region.adviser)
    assert list(current_facts(dossier)) == [second]
    with pytest.raises(Refused, match="al vervangen"):
        replace_fact(fact=first, statement=KNOWN, by=region.adviser)
    withdraw_fact(fact=second, reason="Bleek niet te kloppen.", by=region.adviser)
    assert not current_facts(dossier).exists()
    assert Fact.objects.filter(dossier=dossier).count() == 2
    assert history(second).first().reason == "Bleek niet te kloppen."  # type: ignore[union-attr]


def test_facts_come_in_the_order_known_reserved_unknown(region: Region, dossier: Dossier) -> None:
    for status in ("onbekend", "bekend", "voorbehoud"):
        add_fact(dossier=dossier, statement=Statement(status, status, "bron", TODAY), by=region.adviser)
    assert [fact.status for fact in current_facts(dossier)] == ["bekend", "voorbehoud", "onbekend"]


def test_an_overdue_term_stays_in_sight_until_it_is_done(region: Region, dossier: Dossier) -> None:
    term = add_moment(
        dossier=dossier, happening=happening("Antwoord", in_days=-2, kind="termijn"), by=region.adviser
    )
    add_moment(dossier=dossier, happening=happening("Brief", in_days=-2, kind="brief"), by=region.adviser)
    coming = add_moment(dossier=dossier, happening=happening(), by=region.adviser)
    assert open_moments(dossier, timezone.now()) == [term, coming]
    finish_moment(moment=term, by=region.adviser)
    withdraw_moment(moment=coming, reason="Dubbel.", by=region.adviser)
    assert open_moments(dossier, timezone.now()) == []


def test_a_removed_link_can_be_put_back(region: Region, dossier: Dossier) -> None:
    link = add_link(dossier=dossier, title="Raad", url="https://raad.example/1", by=region.adviser)
    remove_link(link=link, reason="Verkeerd stuk.", by=region.adviser)
    restore_link(link=link, by=region.adviser)
    link.refresh_from_db()
    assert link.removed_at is None
    assert actions(link) == ["koppeling.teruggezet", "koppeling.verwijderd", "koppeling.toegevoegd"]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://x.example", "//x.example", "raad"]
)
def test_only_web_addresses_can_be_linked(region: Region, dossier: Dossier, url: str) -> None:
    with pytest.raises(Refused, match="http"):
        add_link(dossier=dossier, title="x", url=url, by=region.adviser)


def test_a_participant_reads_a_confidential_dossier_until_the_part_ends(region: Region) -> None:
    dossier = dossier_of(region, confidentiality=Confidentiality.CONFIDENTIAL)
    councillor = person("Raf", "raadslid", region.hengelo)
    assert not visible_dossiers(fresh(councillor)).exists()
    member = add_member(dossier=dossier, participation=Participation("Lid", councillor), by=region.adviser)
    assert visible_dossiers(fresh(councillor)).get() == dossier
    with pytest.raises(Refused, match="doet al mee"):
        add_member(dossier=dossier, participation=Participation("Lid", councillor), by=region.adviser)
    end_member(member=member, reason="Klaar.", by=region.adviser)
    assert not visible_dossiers(fresh(councillor)).exists()


def test_a_guest_takes_part_no_longer_than_the_guest_role(region: Region, dossier: Dossier) -> None:
    guest = person("Gerda", "raadslid", region.zwolle)
    guest.memberships.all().delete()
    last = TODAY + dt.timedelta(days=20)
    hold(guest, "partner", region.hengelo, is_guest=True, valid_until=last)
    for until in (None, last + dt.timedelta(days=1)):
        with pytest.raises(Refused, match="gast tot en met"):
            add_member(
                dossier=dossier,
                participation=Participation("GGD", guest, valid_until=until),
                by=region.adviser,
            )
    add_member(
        dossier=dossier, participation=Participation("GGD", guest, valid_until=last), by=region.adviser
    )
    assert visible_dossiers(fresh(guest)).get() == dossier


def test_search_finds_words_in_facts_and_shows_nothing_of_others(region: Region, dossier: Dossier) -> None:
    add_fact(
        dossier=dossier,
        statement=Statement("Verkeer bij de basisschool", "onbekend", "", TODAY),
        by=region.adviser,
    )
    gone = add_fact(
        dossier=dossier, statement=Statement("Zwembad dicht", "onbekend", "", TODAY), by=region.adviser
    )
    withdraw_fact(fact=gone, reason="Fout.", by=region.adviser)
    (hit,) = search_dossiers(region.adviser, "basisschool verkeer")
    assert (hit.title, hit.kind) == (dossier.title, "Feit in dossier")
    assert search_dossiers(region.adviser, "zwembad") == []
    assert search_dossiers(region.neighbour, "basisschool") == []
    assert search_dossiers(region.adviser, "  ") == []
