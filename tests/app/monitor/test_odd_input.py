"""Numbers and days no form would send are answered, not stumbled over; explanations read as they should."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from regietafel.kit.commands import DutchParser
from regietafel.monitor.models import Monitor
from regietafel.monitor.services.pictures import make_picture, publish_picture
from tests.app.monitor.town import Town, deliver, draft, row

pytestmark = pytest.mark.django_db
ONE = "/omgeving/monitors/{}"
ODD_NUMBERS = ["²", "٣", "9" * 5_000, "99999999999999999999", "-1", "1e3", ""]


@pytest.fixture
def at_desk(client: Client, town: Town) -> Client:
    client.force_login(town.adviser)
    return client


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_a_label_for_no_message_leads_to_the_next(at_desk: Client, running: Monitor, number: str) -> None:
    page = ONE.format(running.pk) + "/labelen"
    assert at_desk.post(page, {"bericht": number, "label": "I"})["Location"].startswith(page)


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_a_source_that_is_none_is_told(at_desk: Client, town: Town, number: str) -> None:
    page = at_desk.post(ONE.format(draft(town).pk) + "/wijzigen", {"title": "Kade", "sources": [number]})
    assert page.status_code == 422 and "Dit moet u nog aanpassen" in page.content.decode()


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_a_suggestion_at_no_place_changes_nothing(at_desk: Client, running: Monitor, number: str) -> None:
    sent = {"text": "opvang", "vervang": f"{number}:{number}:azc"}
    page = at_desk.post(ONE.format(running.pk) + "/zoekvraag/wijzigen", sent)
    assert page.status_code in {200, 422} and "opvang</textarea>" in page.content.decode()


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_a_draft_of_no_revision_is_not_published(
    at_desk: Client, town: Town, running: Monitor, number: str
) -> None:
    today = timezone.localdate()
    picture = make_picture(monitor=running, period_from=today, period_until=today, by=town.adviser)
    at_desk.post(f"/omgeving/beelden/{picture.pk}/publiceren", {"revision": number})
    picture.refresh_from_db()
    assert picture.number is None
    picture = publish_picture(picture=picture, revision=picture.revision, by=town.adviser)
    assert at_desk.get(f"/omgeving/beelden/{picture.pk}/verschil", {"met": number}).status_code in {200, 404}


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "2107-01-01", "9999-12-31"])
@pytest.mark.parametrize("field", ["van", "tot"])
def test_searching_at_the_end_of_time(at_desk: Client, town: Town, day: str, field: str) -> None:
    monitor = draft(town)
    deliver(town.source, [row(1, "Opvang aan de Kade")])
    page = at_desk.get(ONE.format(monitor.pk) + "/zoeken", {"vraag": "opvang", field: day})
    is_within = (field == "van") == (day < "2000")
    assert page.status_code == 200 and ("aan de Kade</a>" in page.content.decode()) == is_within


@pytest.mark.parametrize("step", ["verloop", "inhoud", "vergelijken"])
def test_an_explanation_shows_no_signs_of_the_maker(
    at_desk: Client, town: Town, running: Monitor, step: str
) -> None:
    deliver(town.source, [row(1, "Opvang aan de Kade")])
    page = at_desk.get(f"{ONE.format(running.pk)}/{step}").content.decode()
    assert "\\n" not in page.partition("<main")[2]


def test_words_that_exclude_each_other_are_refused_in_dutch(capsys: Any) -> None:
    parser = DutchParser(prog="regietafel")
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--proef", action="store_true")
    either.add_argument("--voer-uit", action="store_true")
    with pytest.raises(SystemExit):
        parser.parse_args(["--proef", "--voer-uit"])
    assert "--voer-uit: kan niet samen met --proef" in capsys.readouterr().err
