"""Fetch the feeds that a running monitor uses; nothing is collected without a purpose."""

from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.utils import timezone

from regietafel.kit.fetch import Fetched, FetchRefused, fetch
from regietafel.monitor.adapters.readers import FileRejected
from regietafel.monitor.models import Source
from regietafel.monitor.selectors.sources import feeds_in_use
from regietafel.monitor.services.ingest import Outcome, offer_bytes, take_in
from regietafel.register.public import User


def fetch_feeds() -> dict[str, int]:
    """Fetch every feed in use; one that fails is noted with the reason and does not stop the others."""
    done = {"opgehaald": 0, "ongewijzigd": 0, "mislukt": 0}
    for source in feeds_in_use():
        try:
            outcome = fetch_feed(source=source, by=None)
        except (FetchRefused, FileRejected):
            done["mislukt"] += 1
        else:
            done["ongewijzigd" if outcome is None else "opgehaald"] += 1
    return done


def fetch_feed(*, source: Source, by: User | None) -> Outcome | None:
    """Fetch one feed and take in what is new; None when the other side says nothing changed.

    Raises:
        FetchRefused: the address may not be called or did not answer well.
        FileRejected: the answer is not a whole feed.
    """
    try:
        answer = fetch(source.address, etag=source.etag, last_modified=source.last_modified)
        _refuse_failure(answer, source.address)
    except FetchRefused as refusal:
        _note(source, last_error=str(refusal)[:500])
        raise
    if answer.is_unchanged:
        _note(source, last_error="")
        return None
    outcome = take_in(offer_bytes(answer.body, name=source.address, source=source, by=by))
    _note(source, etag=answer.etag[:300], last_modified=answer.last_modified[:100], last_error="")
    return outcome


def _refuse_failure(answer: Fetched, address: str) -> None:
    if not answer.is_unchanged and answer.status != 200:
        raise FetchRefused(f"De website {urlsplit(address).hostname} antwoordde met fout {answer.status}.")


def _note(source: Source, **fields: str) -> None:
    _only(source).update(last_fetched_at=timezone.now(), **fields)


def _only(source: Source) -> QuerySet[Source]:
    return Source.objects.filter(pk=source.pk)
