"""Labels of a monitor in files: out without text or name, in whole or not at all, and never twice."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from regietafel.kit.audit import history
from regietafel.monitor.models import Labelling, Message, Monitor
from regietafel.monitor.services.labelling import draw_random_sample, label_message
from tests.app.monitor.town import Town, deliver, draft, row

pytestmark = pytest.mark.django_db
Call = Callable[..., tuple[int, Any, str]]
HEAD = "id;labels;door;op;soort\n"
YESTERDAY = timezone.localdate() - dt.timedelta(days=1)


@pytest.fixture
def keys(town: Town, running: Monitor) -> list[str]:
    rows = [row(n, "", tekst=f"Vraag {n} over opvang", soort="sociaal", auteur=f"p{n}") for n in range(6)]
    deliver(town.source, rows)
    return list(Message.objects.order_by("pk").values_list("key", flat=True))


def written(path: Path, rows: list[str]) -> str:
    path.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    return str(path)


def brought_in(call: Call, file: str, monitor: Monitor, *, door: str) -> tuple[int, Any, str]:
    return call("monitor", "label", "importeer", file, "--monitor", str(monitor.pk), "--door", door)


def counts(told: Any) -> tuple[int, ...]:
    return tuple(told[name] for name in ("nieuw", "gewijzigd", "ongewijzigd", "nieuwer_bewaard"))


def test_what_goes_out_comes_in_again_without_doubling(
    call: Call, keys: list[str], running: Monitor, town: Town, tmp_path: Path
) -> None:
    for message in Message.objects.all():
        label_message(monitor=running, message=message, codes=["I"], by=town.adviser)
    for layout in ("csv", "xlsx", "jsonl"):
        file = str(tmp_path / f"labels.{layout}")
        code, told, _ = call("monitor", "label", "exporteer", "--monitor", str(running.pk), "--uit", file)
        assert (code, told["labels"]) == (0, 6)
        code, told, _ = brought_in(call, file, running, door=town.adviser.email)
        assert (code, counts(told)) == (0, (0, 0, 6, 0))
    Labelling.objects.all().delete()
    assert counts(brought_in(call, file, running, door=town.adviser.email)[1]) == (6, 0, 0, 0)
    assert counts(brought_in(call, file, running, door=town.adviser.email)[1]) == (0, 0, 6, 0)
    assert Labelling.objects.count() == 6


def test_a_file_holds_a_role_and_never_a_name_or_a_text(
    call: Call, keys: list[str], running: Monitor, town: Town, tmp_path: Path
) -> None:
    label_message(monitor=running, message=Message.objects.all()[0], codes=["S"], by=town.adviser)
    file = tmp_path / "labels.csv"
    call("monitor", "label", "exporteer", "--monitor", str(running.pk), "--uit", str(file))
    content = file.read_text(encoding="utf-8-sig")
    assert content.splitlines()[1].split(";")[1:3] == ["S", "rol-ada"]
    assert town.adviser.name not in content and "Vraag" not in content and "@" not in content
    event = history(running)[0]
    assert event.action == "labels.geexporteerd" and event.reason == "doel: communicatie"


def test_every_bad_row_is_named_and_nothing_is_taken_in(
    call: Call, keys: list[str], running: Monitor, town: Town, tmp_path: Path
) -> None:
    elsewhere = draft(town, title="Ander onderwerp", query="iets anders")
    good = f"{keys[0]};I;rol-ada;{YESTERDAY};training"
    later = timezone.localdate() + dt.timedelta(days=2)
    rows = [
        good,
        f"bestaat-niet;I;rol-ada;{YESTERDAY};training",
        f"{keys[1]};onzin;rol-ada;{YESTERDAY};training",
        f"{keys[2]};I;omgevingsanalist;{YESTERDAY};training",
        f"{keys[3]};I;rol-ada;{later};training",
        f"{keys[4]};I;rol-ada;{YESTERDAY};steekproef",
        good,
    ]
    code, told, _ = brought_in(call, written(tmp_path / "l.csv", rows), running, door=town.adviser.email)
    assert code == 1 and counts(told) == (0, 0, 0, 0)
    found = [(fault["rij"], fault["kolom"]) for fault in told["fouten"]]
    assert found == [(3, "id"), (4, "labels"), (5, "door"), (6, "op"), (7, "soort"), (8, "id")]
    assert "rol-ada" in told["fouten"][2]["melding"]
    assert not Labelling.objects.exists()
    code, told, _ = brought_in(call, written(tmp_path / "m.csv", [good]), elsewhere, door=town.adviser.email)
    assert code == 1 and "hoort niet bij deze monitor" in told["fouten"][0]["melding"]


@pytest.mark.parametrize("who", ["stranger", "reader", "second"])
def test_only_an_account_that_may_label_gets_labels(
    call: Call, keys: list[str], running: Monitor, town: Town, who: str, tmp_path: Path
) -> None:
    person = getattr(town, who)
    rows = [f"{keys[0]};I;rol-{person.name.lower()};{YESTERDAY};training"]
    code, _, said = brought_in(call, written(tmp_path / "l.csv", rows), running, door=person.email)
    assert code == 1 and not Labelling.objects.exists()
    if who != "stranger":
        assert "geen rol waarmee" in said
    assert brought_in(call, str(tmp_path / "l.csv"), running, door="niemand@a.example")[0] == 1


def test_what_was_said_later_on_the_page_stays(
    call: Call, keys: list[str], running: Monitor, town: Town, tmp_path: Path
) -> None:
    label_message(monitor=running, message=Message.objects.get(key=keys[0]), codes=["B"], by=town.adviser)
    rows = [f"{key};I;rol-ada;{YESTERDAY};training" for key in keys[:2]]
    file = written(tmp_path / "l.csv", rows)
    assert counts(brought_in(call, file, running, door=town.adviser.email)[1]) == (1, 0, 0, 1)
    assert Labelling.objects.get(message__key=keys[0]).codes == ["B"]
    assert timezone.localdate(Labelling.objects.get(message__key=keys[1]).at) == YESTERDAY


def test_what_the_sample_says_never_comes_in_as_training(
    call: Call, keys: list[str], running: Monitor, town: Town, tmp_path: Path
) -> None:
    draw_random_sample(
        monitor=running, period_from=YESTERDAY, period_until=YESTERDAY, size=6, by=town.adviser
    )
    rows = [f"{keys[0]};I;rol-ada;{YESTERDAY};training"]
    code, told, _ = brought_in(call, written(tmp_path / "l.csv", rows), running, door=town.adviser.email)
    assert (code, told["fouten"][0]["kolom"]) == (1, "soort")
    rows = [f"{keys[0]};I;rol-ada;{YESTERDAY};steekproef"]
    assert brought_in(call, written(tmp_path / "m.csv", rows), running, door=town.adviser.email)[0] == 0
    file = str(tmp_path / "uit.csv")
    words = ("monitor", "label", "exporteer", "--monitor", str(running.pk), "--uit", file, "--soort")
    assert call(*words, "training")[1]["labels"] == 0
    assert call(*words, "steekproef")[1]["labels"] == 1


def test_wrong_usage_and_an_unknown_monitor(call: Call, running: Monitor, tmp_path: Path) -> None:
    file = str(tmp_path / "l.csv")
    assert call("monitor", "label", "exporteer", "--monitor", "999", "--uit", file)[0] == 1
    with pytest.raises(SystemExit) as ended:
        call("monitor", "label", "exporteer", "--monitor", str(running.pk), "--uit", "labels.docx")
    assert ended.value.code == 2


def test_the_page_gives_the_file_to_who_steers(keys: list[str], running: Monitor, town: Town) -> None:
    client = Client()
    client.force_login(town.adviser)
    assert "labels/bestand/csv" in client.get(reverse("monitor-labels", args=[running.pk])).content.decode()
    label_message(monitor=running, message=Message.objects.all()[0], codes=["I"], by=town.adviser)
    address = reverse("monitor-labels-file", args=[running.pk, "csv"])
    answer = client.get(address)
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    assert "rol-ada" in answer.content.decode()
    event = history(running)[0]
    assert (event.action, event.actor_id, event.reason) == (
        "labels.geexporteerd",
        town.adviser.pk,
        "doel: communicatie",
    )
    for outsider, status in ((town.reader, 403), (town.second, 403), (town.stranger, 404)):
        client.force_login(outsider)
        assert client.get(address).status_code == status
