"""What everybody may see: totals of a region, after somebody published them, and never a location."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from regietafel.kit.refusal import Refused
from regietafel.reception.engine.ledger import Private
from regietafel.reception.models import CapacityBlock, PublicTotal
from regietafel.reception.selectors.access import region_around
from regietafel.reception.selectors.board import Question, known_on
from regietafel.reception.services.public_totals import publish_total, withdraw_total
from regietafel.register.models import User
from tests.app.reception.desk import browser, text_of
from tests.app.reception.twist import DAY, TOWNS, Twist, build, furnish

pytestmark = pytest.mark.django_db


@pytest.fixture
def twist(settings: Any) -> Twist:
    settings.SECOND_FACTOR_REQUIRED = False
    return furnish(build())


def outside() -> str:
    response = Client().get("/opvangcijfers")
    assert response.status_code == 200
    return response.content.decode()


def publish(twist: Twist, by: Any = None, **values: Any) -> PublicTotal:
    question = Question(day=DAY, at=known_on(None), private=Private.EXCLUDED, since=DAY - dt.timedelta(7))
    told: dict[str, Any] = {"text": "Wij vangen mensen op.", "question": question} | values
    return publish_total(region=region_around(twist.region), by=by or twist.coordinator, **told)


def test_nothing_is_public_until_somebody_publishes_it(twist: Twist) -> None:
    assert "Er zijn nog geen cijfers gepubliceerd" in outside() and "Twist" not in outside()
    sent = {"day": str(DAY), "text": "Wij vangen mensen op."}
    path = "/opvang/openbaar/nieuw"
    for user in (twist.reader, twist.clerk, twist.outsider):
        assert browser(user).post(path, sent).status_code == 403
    assert browser(twist.coordinator).post(path, sent | {"day": "2999-01-01"}).status_code == 422
    assert browser(twist.coordinator).post(path, sent).status_code == 302
    page = outside()
    assert "1.399" in page and "1.221" in page and "Wij vangen mensen op." in page
    assert "Zonder particuliere opvang" in page


def test_no_municipality_location_or_person_is_on_the_public_page(twist: Twist) -> None:
    publish(twist)
    page = outside()
    for word in (*TOWNS, "Kade", "Hal", "Gastgezinnen", "Coor"):
        assert word not in page, word


def test_what_does_not_count_is_told_and_unknown_is_not_zero(twist: Twist) -> None:
    publish(twist)
    assert "Van 1 deel van de locaties is het aantal plaatsen nog onbekend" in outside()
    CapacityBlock.objects.filter(places__isnull=False).delete()
    PublicTotal.objects.all().delete()
    publish(twist)
    assert PublicTotal.objects.get().capacity is None and "onbekend" in outside()


def test_a_published_number_never_changes(twist: Twist) -> None:
    publish(twist)
    CapacityBlock.objects.filter(pool=twist.pools["Esrade"]).update(places=0, blocked=0)
    assert "1.399" in outside()


def test_withdrawing_takes_the_numbers_away_and_leaves_the_reason(twist: Twist) -> None:
    made = publish(twist)
    with pytest.raises(Refused, match="waarom"):
        withdraw_total(total=made, reason=" ", by=twist.coordinator)
    path = f"/opvang/openbaar/{made.pk}/intrekken"
    assert browser(twist.clerk).post(path, {"reason": "x"}).status_code == 403
    assert browser(twist.outsider).post(path, {"reason": "x"}).status_code == 404
    assert browser(twist.coordinator).post(path, {"reason": "Een telfout."}).status_code == 302
    page = outside()
    assert "1.399" not in page and "Een telfout." in page and "ingetrokken" in page
    assert "Een telfout." in text_of(twist.reader, "/opvang/openbaar")
    with pytest.raises(Refused, match="al ingetrokken"):
        withdraw_total(total=made, reason="nog eens", by=twist.coordinator)


def test_publishing_needs_the_right_to_publish_and_a_text(twist: Twist) -> None:
    with pytest.raises(Refused, match="inwoners"):
        publish(twist, text=" ")
    role = twist.coordinator.memberships.get().role
    role.may_publish = False
    role.save()
    with pytest.raises(Refused, match="publiceren"):
        publish(twist, by=User.objects.get(pk=twist.coordinator.pk))
