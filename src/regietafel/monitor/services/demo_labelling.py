"""Labels in the fictional region: two colleagues read by the rules of the script instead of by eye."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.query import parse
from regietafel.monitor.models import Message, Monitor
from regietafel.monitor.selectors.messages import DOCUMENT_FIELDS, document_from
from regietafel.monitor.services.demo_stage import Stage
from regietafel.monitor.services.labelling import draw_random_sample, label_message
from regietafel.register.public import User

Happening = tuple[int, Callable[[], Any]]


def labelling_of(
    script: Mapping[str, Any], *, stage: Stage, monitors: Mapping[str, Monitor]
) -> list[Happening]:
    """Return who labels what on which day."""
    return [(part["dag"], partial(_label, part, monitors, stage=stage)) for part in script["labelen"]]


def _label(part: Mapping[str, Any], monitors: Mapping[str, Monitor], *, stage: Stage) -> None:
    """Draw a sample, label it, let a second person label a part of it, and label others to learn from."""
    monitor = monitors[part["monitor"]]
    first, second = stage.people[part["eerste"]], stage.people[part["tweede"]]
    begin, end = stage.day(part["van"]), stage.day(part["tot"])
    sample = draw_random_sample(
        monitor=monitor, period_from=begin, period_until=end, size=part["steekproef"], by=first
    )
    drawn = sample.messages.order_by("key")
    rest = Message.objects.filter(matches__monitor=monitor, day__range=(begin, end), erased_at__isnull=True)
    others = rest.exclude(pk__in=drawn.values("pk")).order_by("key")
    rules = part["regel"]
    _read(drawn, rules, monitor=monitor, by=first)
    _read(drawn[: part["samen"]], rules, monitor=monitor, by=second, reading="tweede")
    _read(others[: part["leren"]], rules, monitor=monitor, by=first)


def _read(
    messages: Iterable[Message],
    rules: list[Mapping[str, Any]],
    *,
    monitor: Monitor,
    by: User,
    reading: str = "labels",
) -> None:
    matcher = Matcher({number: parse(rule["vraag"]) for number, rule in enumerate(rules)})
    for message in messages:
        document = document_from([getattr(message, name) for name in DOCUMENT_FIELDS])
        codes = [
            code
            for number in matcher.answers(document)
            for code in rules[number].get(reading, rules[number]["labels"])
        ]
        label_message(monitor=monitor, message=message, codes=codes, by=by)
