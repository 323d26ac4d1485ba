"""Who contributes to a dossier from elsewhere reads its pictures, and steers nothing."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from regietafel.monitor.models import MediaPicture, Monitor
from regietafel.monitor.services.pictures import make_picture
from regietafel.register.models import DossierMember
from tests.app.monitor.town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def contributor(client: Client, town: Town) -> Client:
    DossierMember.objects.create(
        dossier=town.dossier, user=town.stranger, function="wijkagent", may_write=True
    )
    client.force_login(town.stranger)
    return client


def test_a_contributor_neither_sees_nor_changes_a_draft(
    contributor: Client, town: Town, running: Monitor
) -> None:
    today = timezone.localdate()
    draft = make_picture(
        monitor=running, period_from=today - dt.timedelta(days=6), period_until=today, by=town.adviser
    )
    address = f"/omgeving/beelden/{draft.pk}"
    answers = [contributor.get(address), contributor.post(address, {"core_message": "anders", "revision": 1})]
    answers.append(contributor.post(f"{address}/weggooien"))
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert MediaPicture.objects.get(pk=draft.pk).core_message != "anders"


@pytest.mark.parametrize("what", ["wijzigen", "pauzeren", "stoppen", "verlengen", "zoekvraag/wijzigen"])
def test_a_contributor_does_not_steer_the_monitor(contributor: Client, running: Monitor, what: str) -> None:
    assert contributor.get(f"/omgeving/monitors/{running.pk}").status_code == 200
    answer = contributor.post(f"/omgeving/monitors/{running.pk}/{what}", {"reason": "omdat"})
    assert answer.status_code == 403
    assert Monitor.objects.get(pk=running.pk).state == Monitor.State.RUNNING
