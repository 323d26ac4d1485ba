"""Keep up which messages answer the question of which monitor, by the same engine at every moment.

A question that changes is judged again over everything its sources hold. Reading and judging takes the time
and keeps nobody waiting (`judge_ahead`); writing the difference is short, and happens in the transaction of
the change itself, so that who reads sees the old answer or the new one, never half of each.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from operator import attrgetter

from django.db.models import Q, QuerySet
from django.utils import timezone

from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.query import Query
from regietafel.monitor.models import Ingest, Match, Message, Monitor, QueryVersion, Source
from regietafel.monitor.selectors.messages import DOCUMENT_FIELDS, document_from
from regietafel.monitor.selectors.monitors import current_question, question_of, unfilled_reason
from regietafel.monitor.services.inserting import insert_rows
from regietafel.monitor.services.standing import standing_on
from regietafel.monitor.services.storing import Stored
from regietafel.register.public import Organisation

AT_ONCE = 2_000
_judged = attrgetter(*DOCUMENT_FIELDS)


def one_at_a_time(organisation_id: int) -> None:
    """Wait until no other delivery or change of a question of this organisation is under way."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


def match_messages(stored: Stored, *, source: Source) -> int:
    """Add or renew the matches of messages that just came in from a source, for the monitors that run."""
    standing = standing_on(source)
    if not standing.asked:
        return 0
    changed = Match.objects.filter(monitor_id__in=standing.asked)
    _delete(changed, [message.pk for message in stored.changed])
    messages = [*stored.new, *stored.changed]
    answers = standing.matcher.answer_all(map(document_from, map(_judged, messages)))
    found = [
        (monitor_id, message.pk)
        for message, monitor_ids in zip(messages, answers, strict=True)
        for monitor_id in sorted(monitor_ids)
    ]
    insert_rows(Match, names=("monitor", "message"), rows=found)
    return len(found)


@dataclass(frozen=True)
class Foresight:
    """What a question finds in some sources, up to the deliveries that were in at a moment."""

    query: Query
    source_ids: frozenset[int]
    delivery_ids: frozenset[int]
    judged_at: datetime
    message_ids: frozenset[int]


def judge_ahead(query: Query, *, sources: Iterable[Source]) -> Foresight:
    """Judge everything some sources hold, outside any transaction, before a change that asks for it."""
    source_ids = frozenset(source.pk for source in sources)
    judged_at = timezone.now()
    delivery_ids = frozenset(_deliveries(source_ids).values_list("pk", flat=True))
    found = frozenset(_answering(query, _readable(source_ids)))
    return Foresight(query, source_ids, delivery_ids, judged_at, found)


def foresee(
    monitor: Monitor, *, version: QueryVersion | None, sources: Iterable[Source] | None = None
) -> Foresight | None:
    """Judge ahead what a next version, or other sources, would bring; None when it cannot be asked."""
    if version is None or unfilled_reason(version):
        return None
    held = monitor.sources.all() if sources is None else sources
    return judge_ahead(question_of(version), sources=held)


def rematch(monitor: Monitor, *, ahead: Foresight | None = None) -> int:
    """Judge everything in the sources of a monitor anew; what was erased keeps the verdict it had.

    What was judged ahead for the same question and sources holds; only what came in since is judged here.
    """
    one_at_a_time(monitor.dossier.organisation_id)
    query = current_question(monitor)
    source_ids = frozenset(monitor.sources.values_list("pk", flat=True))
    if query is None:
        found: set[int] = set()
    elif ahead and (ahead.query.tree, ahead.source_ids) == (query.tree, source_ids):
        found = _brought_up_to_date(ahead)
    else:
        found = set(_answering(query, _readable(source_ids)))
    matches = Match.objects.filter(monitor=monitor)
    known = set(matches.filter(message__erased_at__isnull=True).values_list("message_id", flat=True))
    _delete(matches, sorted(known - found))
    insert_rows(Match, names=("monitor", "message"), rows=((monitor.pk, pk) for pk in sorted(found - known)))
    return len(found)


def _brought_up_to_date(ahead: Foresight) -> set[int]:
    """Judge what was delivered since, and leave out what was erased since."""
    deliveries = _deliveries(ahead.source_ids).values_list("pk", "started_at")
    later = {pk: at for pk, at in deliveries if pk not in ahead.delivery_ids}
    fresh = _readable(ahead.source_ids).filter(
        Q(ingest_id__in=later) | Q(text_received_at__in=later.values())
    )
    erased = Message.objects.filter(source_id__in=ahead.source_ids, erased_at__gte=ahead.judged_at)
    stale = chain(fresh.values_list("pk", flat=True), erased.values_list("pk", flat=True))
    return set(ahead.message_ids).difference(stale).union(_answering(ahead.query, fresh))


def _deliveries(source_ids: Iterable[int]) -> QuerySet[Ingest]:
    return Ingest.objects.filter(source_id__in=source_ids, state=Ingest.State.DONE)


def _readable(source_ids: Iterable[int]) -> QuerySet[Message]:
    return Message.objects.filter(source_id__in=source_ids, erased_at__isnull=True)


def _answering(query: Query, messages: QuerySet[Message]) -> Iterator[int]:
    """Give the messages that answer a question, read a few at a time."""
    matcher = Matcher({True: query})
    rows = messages.order_by().values_list("pk", *DOCUMENT_FIELDS).iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        answers = matcher.answer_all(document_from(values) for _pk, *values in some)
        yield from (row[0] for row, keys in zip(some, answers, strict=True) if keys)


def _delete(matches: QuerySet[Match], message_ids: Sequence[int]) -> None:
    for start in range(0, len(message_ids), AT_ONCE):
        matches.filter(message_id__in=message_ids[start : start + AT_ONCE]).delete()
