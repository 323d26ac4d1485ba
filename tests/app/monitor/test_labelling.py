"""Labelling: one text at a time, nothing that leads to a person, and numbers only when they may be told."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from regietafel.kit.audit import history
from regietafel.kit.refusal import Refused
from regietafel.monitor.engine.labels import LabelCount, LabelShare, NotShown
from regietafel.monitor.models import Labelling, LabelModel, LabelProposal, Message, Monitor
from regietafel.monitor.selectors.labelled import labels_of
from regietafel.monitor.selectors.labelling import next_message, scheme_of, suggestions_for
from regietafel.monitor.selectors.looks import LOOKED
from regietafel.monitor.services.labelling import (
    draw_random_sample,
    label_message,
    save_sub_label,
    undo_label,
)
from regietafel.monitor.services.learning import learn, learn_labels
from tests.app.monitor.town import Town, deliver, row

pytestmark = pytest.mark.django_db
ASKED = "Wanneer begint de opvang aan de {} en waar kan ik terecht met mijn vraag?"
OFFERED = "Wij helpen graag bij de opvang aan de {} met kleren en speelgoed"


def yesterday() -> dt.date:
    return timezone.localdate() - dt.timedelta(days=1)


def posts(first: int, count: int, text: str) -> list[dict[str, Any]]:
    return [
        row(n, "", tekst=text.format(f"straat {n}"), soort="sociaal", auteur=f"p{n}", bron="Buurtpraat")
        for n in range(first, first + count)
    ]


@pytest.fixture
def talk(town: Town, running: Monitor) -> Monitor:
    deliver(town.source, [*posts(0, 40, ASKED), *posts(100, 40, OFFERED), row(900, "Opvang in het nieuws")])
    return running


def label(monitor: Monitor, message: Message, codes: str, town: Town, **options: Any) -> Labelling:
    return label_message(
        monitor=monitor, message=message, codes=codes.split(), by=options.pop("by", town.adviser), **options
    )


def label_all(monitor: Monitor, town: Town, **options: Any) -> None:
    for message in Message.objects.filter(matches__monitor=monitor).order_by("pk"):
        label(monitor, message, "I" if "Wanneer" in message.text else "S", town, **options)


def test_a_sub_label_brings_its_main_label(talk: Monitor, town: Town) -> None:
    sub = scheme_of(town.organisation).subs[0]
    first = Message.objects.first()
    assert first is not None
    assert set(label(talk, first, sub.code, town).codes) == {sub.code, sub.main}
    with pytest.raises(Refused, match="bestaat niet"):
        label(talk, first, "verzonnen", town)


def test_every_message_comes_once_and_undo_brings_it_back(talk: Monitor, town: Town) -> None:
    seen = set()
    for _ in range(81):
        shown = next_message(talk, kind="training", by=town.adviser)
        assert shown is not None and shown.number not in seen
        seen.add(shown.number)
        label(talk, Message.objects.get(pk=shown.number), "I", town)
    assert next_message(talk, kind="training", by=town.adviser) is None
    taken_back = undo_label(monitor=talk, by=town.adviser)
    again = next_message(talk, kind="training", by=town.adviser)
    assert again is not None and again.number == taken_back.pk


def test_only_ones_own_recent_label_is_taken_back(talk: Monitor, town: Town) -> None:
    first = Message.objects.first()
    assert first is not None
    label(talk, first, "I", town)
    with pytest.raises(Refused):
        undo_label(monitor=talk, by=town.second)
    Labelling.objects.update(at=timezone.now() - dt.timedelta(hours=1))
    with pytest.raises(Refused):
        undo_label(monitor=talk, by=town.adviser)


def test_the_sample_is_drawn_by_lot_and_kept_apart(talk: Monitor, town: Town) -> None:
    sample = draw_random_sample(
        monitor=talk, period_from=yesterday(), period_until=yesterday(), size=60, by=town.adviser
    )
    assert sample.messages.count() == 60
    label_all(talk, town)
    kinds = {kind: Labelling.objects.filter(kind=kind).count() for kind in ("steekproef", "training")}
    assert kinds == {"steekproef": 60, "training": 21}
    assert learn(town.organisation) is None  # what the sample says never teaches


def test_shares_are_told_from_a_sample_only(talk: Monitor, town: Town) -> None:
    label_all(talk, town)
    assert {type(told) for _label, told in labels_of(talk).told} == {LabelCount}
    Labelling.objects.all().delete()
    draw_random_sample(
        monitor=talk, period_from=yesterday(), period_until=yesterday(), size=60, by=town.adviser
    )
    label_all(talk, town)
    told = {label.code: one for label, one in labels_of(talk).told}
    share = told["I"]
    assert isinstance(share, LabelShare) and share.low < 40 / 81 < share.high
    assert share.population == 81 and share.sample == 60


def test_few_people_are_not_told_about(town: Town, running: Monitor) -> None:
    deliver(town.source, posts(0, 9, ASKED))
    label_all(running, town)
    assert {type(told) for _label, told in labels_of(running).told} == {NotShown}


def test_two_people_see_how_well_they_agree(talk: Monitor, town: Town) -> None:
    label_all(talk, town)
    label_all(talk, town, by=town.second)
    found = labels_of(talk)
    assert found.agreement[0].word == "zeer goed" and found.disagreed == 0
    first = Message.objects.first()
    assert first is not None
    label(talk, first, "B", town)
    assert labels_of(talk).disagreed == 1


def test_the_machine_learns_and_says_why(talk: Monitor, town: Town) -> None:
    label_all(talk, town)
    learn_labels(town.organisation.pk)
    model = LabelModel.objects.get()
    assert model.label_count == 81 and LabelProposal.objects.filter(model=model).count() == 81
    assert b"Wanneer" not in bytes(model.weights) and b"opvang" not in bytes(model.weights)
    deliver(town.source, posts(500, 1, ASKED))
    shown = next_message(talk, kind="training", by=town.adviser)
    assert shown is not None
    (suggestion,) = [one for one in suggestions_for(talk, shown) if one.is_sure]
    assert suggestion.label.code == "I" and suggestion.words


def test_what_was_learned_is_not_lost_when_texts_are_erased(talk: Monitor, town: Town) -> None:
    label_all(talk, town)
    assert learn(town.organisation) is not None
    Message.objects.filter(pk__in=list(Message.objects.values_list("pk", flat=True)[:40])).update(
        text="", title="", erased_at=timezone.now()
    )
    assert learn(town.organisation) is None and LabelModel.objects.count() == 1


def test_an_own_label_is_checked_with_all_others(town: Town) -> None:
    values = {"main": "I", "name": "Route", "explanation": "Vraagt naar de route.", "order": 1}
    save_sub_label(organisation=town.organisation, code="route", by=town.adviser, key="7", **values)
    assert "route" in scheme_of(town.organisation).main_of
    assert "route" not in scheme_of(town.neighbour).main_of
    for wrong in ({"key": "7"}, {"key": "8", "name": "Boze moslims"}):
        with pytest.raises(Refused):
            save_sub_label(organisation=town.organisation, code="nog-een", by=town.adviser, **values | wrong)
    assert "nog-een" not in scheme_of(town.organisation).main_of


def test_the_page_shows_one_text_and_nothing_that_leads_to_a_person(
    talk: Monitor, town: Town, client: Client
) -> None:
    client.force_login(town.adviser)
    page = reverse("monitor-label", args=[talk.pk])
    Message.objects.filter(kind="nieuws").delete()
    seen = client.get(page).content.decode()
    assert sum(seen.count(word) for word in ("Wanneer begint", "Wij helpen")) == 1
    for trace in (
        "krant.example",
        "Buurtpraat",
        Message.objects.values_list("author_day_hash", flat=True)[0],
    ):
        assert trace not in seen
    assert history(talk).filter(action=LOOKED, actor_id=town.adviser.pk).exists()


def test_a_whole_round_by_form(talk: Monitor, town: Town, client: Client) -> None:
    client.force_login(town.adviser)
    page = reverse("monitor-label", args=[talk.pk])
    shown = client.get(page).context["shown"]
    nothing = client.post(page, {"bericht": shown.number, "soort": "training", "antwoord": "opslaan"})
    assert nothing.status_code == 422 and nothing.context["shown"].number == shown.number
    said = {"bericht": shown.number, "soort": "training"}
    assert client.post(page, said | {"label": ["I", "S"], "antwoord": "opslaan"}).status_code == 302
    assert Labelling.objects.get().codes == ["I", "S"]
    assert client.post(page, said | {"antwoord": "geen"}).status_code == 302
    assert Labelling.objects.get().codes == [] and not Labelling.objects.get().is_skipped
    assert (
        client.post(reverse("monitor-label-undo", args=[talk.pk]), {"soort": "training"}).status_code == 302
    )
    assert not Labelling.objects.exists()
    assert client.post(page, {"bericht": "999999", "antwoord": "geen"}).status_code == 302
    drawn = {"period_from": yesterday(), "period_until": yesterday(), "size": 30}
    assert client.post(reverse("monitor-sample", args=[talk.pk]), drawn).status_code == 302
    assert "steekproef van 30" in client.get(page).content.decode()
    assert client.get(reverse("monitor-labels", args=[talk.pk])).status_code == 200


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_who_does_not_steer_does_not_label(talk: Monitor, town: Town, client: Client, who: str) -> None:
    client.force_login(getattr(town, who))
    assert client.get(reverse("monitor-label", args=[talk.pk])).status_code in (403, 404)
    assert client.get(reverse("monitor-labels", args=[talk.pk])).status_code in (403, 404)


def test_who_differ_see_about_which_labels_and_never_about_which_text(talk: Monitor, town: Town) -> None:
    first, second = Message.objects.order_by("pk")[:2]
    label(talk, first, "I", town)
    label(talk, first, "B", town, by=town.second)
    label(talk, second, "I S", town)
    label(talk, second, "I", town, by=town.second)
    told = [(one.first, one.second, one.messages) for one in labels_of(talk).disputes]
    assert told == [("I", "B", 1), ("S", "", 1)]
    client = Client()
    client.force_login(town.adviser)
    page = client.get(reverse("monitor-labels", args=[talk.pk])).content.decode()
    assert "De een koos" in page and "dat label niet" in page
    assert "straat" not in page and "Buurtpraat" not in page
