"""What the fictional region accounts for: erased text, requests, a handover to the police."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from regietafel.monitor.models import DataRequest, Monitor
from regietafel.monitor.selectors.messages import shown_messages
from regietafel.monitor.services.data_requests import Received, answer_request, open_request, seek_requester
from regietafel.monitor.services.demo_stage import Stage
from regietafel.monitor.services.handover import hand_over
from regietafel.monitor.services.retention import erase_raw_text

Happening = tuple[int, Callable[[], Any]]


def accountability_of(
    script: Mapping[str, Any], *, stage: Stage, monitors: Mapping[str, Monitor]
) -> list[Happening]:
    """Return what happens on which day."""
    return [
        *((part["dag"], erase_raw_text) for part in script["wissen"]),
        *(step for part in script["verzoek"] for step in _request(part, stage=stage)),
        *((part["dag"], partial(_hand_over, part, monitors)) for part in script["overdracht"]),
    ]


def _request(part: Mapping[str, Any], *, stage: Stage) -> Iterator[Happening]:
    """Give the steps of one request, each on its day."""
    made: list[DataRequest] = []
    officer = stage.people[part["door"]]
    organisation = next(
        dossier.organisation
        for dossier in stage.dossiers.values()
        if dossier.organisation.code == part["organisatie"]
    )
    received = Received(part["soort"], part["zaaknummer"], stage.day(part["dag"]))
    yield (
        part["dag"],
        lambda: made.append(open_request(organisation=organisation, received=received, by=officer)),
    )
    yield part["gezocht"], lambda: seek_requester(request=made[0], words=part["zoek"], by=officer)
    if "besluit" in part:
        told = {"state": part["besluit"], "answer": part["antwoord"]}
        yield part["beantwoord"], lambda: answer_request(request=made[0], by=officer, **told)


def _hand_over(part: Mapping[str, Any], monitors: Mapping[str, Monitor]) -> None:
    monitor = monitors[part["monitor"]]
    message = shown_messages(monitor).order_by("-published_at").first()
    if message is not None and monitor.owner is not None:
        told = {"ground": part["grond"], "reason": part["reden"], "recipient": part["aan"]}
        hand_over(message=message, monitor=monitor, by=monitor.owner, **told)
