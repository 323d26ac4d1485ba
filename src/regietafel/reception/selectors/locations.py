"""What the pages of locations show: places today and over time, who is there, who comes, and what we knew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.charts import PAGE_WIDTH, Caption, Chart, Layer, Moment, ribbon_chart
from regietafel.reception.engine import ledger
from regietafel.reception.models import Booking, CapacityBlock, Location, PlaceDay, Pool
from regietafel.reception.selectors.access import bookable_locations, visible_locations
from regietafel.reception.selectors.ledger import booking_of, ledger_of, pool_of, private_in

RIBBON_BEFORE, RIBBON_DAYS = timedelta(days=14), 112
SHORT_AHEAD = timedelta(days=400)
NO_END = date(9999, 12, 31)


@dataclass(frozen=True)
class Standing:
    """Places of one location on one day, as the database keeps them; None where nothing was ever told."""

    places: int
    claimed: int
    short: int

    @property
    def free(self) -> int:
        """Places that can be promised; what is too much in one kind makes up for nothing in another."""
        return self.places - self.claimed + self.short


@dataclass(frozen=True)
class Stay:
    """People who are there or will come: how many, on how many places, and until which day."""

    booking: Booking
    people: int
    places: int
    until_on: date | None
    is_here: bool
    is_overdue: bool


@dataclass(frozen=True)
class PoolToday:
    """One kind of places today; `is_unknown` when nobody ever told how many there are."""

    pool: Pool
    count: ledger.DayCount
    uncertain: int
    is_unknown: bool

    @property
    def usable(self) -> int | None:
        """Places that are certain and can be used."""
        return None if self.is_unknown else self.count.capacity - self.count.blocked

    @property
    def free(self) -> int | None:
        """Places that can be promised."""
        return None if self.is_unknown else self.count.free


@dataclass(frozen=True)
class LocationTold:
    """Everything a page says of one location on one day, as known at one moment."""

    day: date
    counts: ledger.DayCount
    is_unknown: bool
    pools: tuple[PoolToday, ...]
    ribbon: Chart | None
    here: tuple[Stay, ...]
    coming: tuple[Stay, ...]
    shortages: tuple[str, ...]


def standings(locations: QuerySet[Location], *, on: date) -> dict[int, Standing]:
    """Return the places of each location on a day, of those of which days are kept."""
    rows = PlaceDay.objects.filter(day=on, pool__location__in=locations).values("pool__location")
    summed = rows.annotate(a=Sum("places"), b=Sum("claimed"), c=Sum("short"))
    return {row["pool__location"]: Standing(row["a"], row["b"], row["c"]) for row in summed}


def locations_of(user: Any) -> QuerySet[Location]:
    """Return the locations a person may read, with the days on which places end.

    `sure_end` and `last_end` are the first day without certain places, and without any; a block without an
    end counts as the end of time, and a location without any block has neither day.
    """
    today = timezone.localdate()
    blocks = Q(pools__blocks__isnull=False, pools__blocks__superseded_at__isnull=True)
    end = Coalesce("pools__blocks__until_on", NO_END)
    ahead = blocks & (Q(pools__blocks__until_on__gt=today) | Q(pools__blocks__until_on__isnull=True))
    sure = ahead & Q(pools__blocks__probability=1)
    rows = visible_locations(user).prefetch_related("pools")
    return rows.annotate(sure_end=Max(end, filter=sure), last_end=Max(end, filter=ahead))


def last_day(location: Any) -> str:
    """Say until when a location of `locations_of` has places, and whether that is certain."""
    told = [_until(location.sure_end)] if location.sure_end else []
    if location.last_end and location.last_end != location.sure_end:
        told.append(_("misschien %s") % _until(location.last_end))
    return "; ".join(told)


def _until(end: date) -> str:
    return _("zonder einde") if end == NO_END else dutch.date(end - timedelta(days=1))


def unknown_locations(user: Any) -> set[int]:
    """Return the locations of which nobody knows how many places there are today."""
    today = timezone.localdate()
    here = Q(from_on__lte=today) & (Q(until_on__isnull=True) | Q(until_on__gt=today))
    blocks = CapacityBlock.objects.filter(
        pool__location__in=visible_locations(user), superseded_at__isnull=True
    )
    rows = blocks.values("pool__location").annotate(
        known=Count("pk", filter=here & Q(places__isnull=False, probability=1)),
        unknown=Count("pk", filter=here & Q(places__isnull=True)),
    )
    told = {row["pool__location"] for row in rows if row["known"] or not row["unknown"]}
    return set(visible_locations(user).exclude(pk__in=told).values_list("pk", flat=True))


def short_locations(user: Any) -> set[int]:
    """Return the locations with more promised than there is, on any day from today."""
    today = timezone.localdate()
    days = PlaceDay.objects.filter(short__gt=0, day__gte=today, pool__location__in=visible_locations(user))
    return set(days.values_list("pool__location", flat=True))


def with_kind(rows: QuerySet[Location], kind: str) -> QuerySet[Location]:
    """Keep the locations that have places of a kind."""
    return rows.filter(pk__in=Pool.objects.filter(kind=kind).values("location"))


def visible_pools(user: Any) -> QuerySet[Pool]:
    """Return the kinds of places a person may read."""
    rows = Pool.objects.filter(location__in=visible_locations(user))
    return rows.select_related("location__municipality", "location__organisation")


def visible_blocks(user: Any) -> QuerySet[CapacityBlock]:
    """Return the blocks in force a person may read."""
    rows = CapacityBlock.objects.filter(
        pool__location__in=visible_locations(user), superseded_at__isnull=True
    )
    return rows.select_related("pool__location__municipality", "pool__location__organisation")


def location_told(location: Location, *, on: date, at: datetime | None = None) -> LocationTold:
    """Return what there is to say of a location on a day, as known at a moment (None: now)."""
    moment = at or timezone.now()
    known = ledger_of([location], known_at=moment)
    pools = {pool_of(pool): pool for pool in location.pools.all()}
    stays = stays_of(location, on=on, at=moment)
    return LocationTold(
        day=on,
        counts=(counts := _whole(known, on=on, at=moment)),
        is_unknown=_is_unknown(known.blocks, counts, at=moment),
        pools=tuple(_pools(known, pools, on=on, at=moment)),
        ribbon=_ribbon(known, location, on=on, at=moment),
        here=tuple(stay for stay in stays if stay.is_here),
        coming=tuple(stay for stay in stays if not stay.is_here),
        shortages=tuple(_shortages(known, pools, at=moment, since=on)),
    )


def _view(first: date, last: date, *, at: datetime, by: ledger.By) -> ledger.View:
    return ledger.View(first=first, last=last, at=at, by=by, private=ledger.Private.INCLUDED)


def _whole(known: ledger.Ledger, *, on: date, at: datetime) -> ledger.DayCount:
    counts = ledger.count_days(known, _view(on, on, at=at, by=ledger.By.WHOLE))
    return counts.on(ledger.counting.WHOLE, on)


def _is_unknown(blocks: Iterable[ledger.CapacityBlock], counts: ledger.DayCount, *, at: datetime) -> bool:
    """Say whether nobody told how many places there are: no block at all, or none that day with a number."""
    return not ledger.as_known(blocks, at) or (counts.unknown_blocks > 0 and counts.capacity == 0)


def _pools(
    known: ledger.Ledger, pools: dict[ledger.Pool, Pool], *, on: date, at: datetime
) -> Iterable[PoolToday]:
    for key, pool in sorted(pools.items()):
        of_pool = replace(
            known,
            blocks=tuple(one for one in known.blocks if one.pool == key),
            bookings=tuple(one for one in known.bookings if one.pool == key or one.of),
        )
        counts = ledger.count_days(of_pool, _view(on, on, at=at, by=ledger.By.POOL))
        row = " · ".join(part for part in key if part)
        uncertain = int(counts.uncertain[counts.rows.index(row), 0]) if row in counts.rows else 0
        found = counts.on(row, on)
        yield PoolToday(pool, found, uncertain, _is_unknown(of_pool.blocks, found, at=at))


def _ribbon(known: ledger.Ledger, location: Location, *, on: date, at: datetime) -> Chart | None:
    view = _view(on - RIBBON_BEFORE, on - RIBBON_BEFORE + timedelta(RIBBON_DAYS), at=at, by=ledger.By.POOL)
    view = replace(view, private=private_in(pool.kind for pool in location.pools.all()))
    counts = ledger.count_days(known, view)
    if not (counts.capacity.any() or counts.occupied.any() or counts.reserved.any()):
        return None
    layers = [
        Layer(_("bezet"), counts.occupied.sum(axis=0).tolist()),
        Layer(_("gereserveerd"), (counts.reserved + counts.kept).sum(axis=0).tolist()),
        Layer(_("vrij"), counts.free.sum(axis=0).tolist()),
        Layer(_("niet te gebruiken"), counts.blocked.sum(axis=0).tolist()),
        Layer(_("te veel"), counts.short.sum(axis=0).tolist(), is_excess=True),
    ]
    words = _("%s In gereserveerd zitten ook bedden die leeg blijven omdat een kamer heel wordt genomen.")
    caption = Caption(
        _("Plaatsen van %s per dag") % location.name, words % counts.caption(), _("plaatsen"),
        _("Bron: de blokken en boekingen van deze locatie, zoals bekend op %s.") % dutch.moment(at),
    )  # fmt: skip
    today = timezone.localdate()
    marks = [Moment(today, _("vandaag"))] if view.first <= today <= view.last else []
    drawn = ribbon_chart(layers, days=ledger.days_of(view), caption=caption, moments=marks)
    return replace(drawn, screen_width=PAGE_WIDTH)


def _shortages(
    known: ledger.Ledger, pools: dict[ledger.Pool, Pool], *, at: datetime, since: date
) -> Iterable[str]:
    """Say in words on which days more is promised than there is, and how much on the worst of them."""
    for found in ledger.overbooked(known, at=at, since=since):
        if found.pool in pools:
            words = _("%(kind)s, %(span)s: hoogstens %(most)s te veel toegezegd, voor het eerst op %(day)s.")
            yield words % {
                "kind": pools[found.pool].get_kind_display().capitalize(),
                "span": dutch.period(found.first, found.last),
                "most": dutch.counted(found.most, one=_("plaats"), many=_("plaatsen")),
                "day": dutch.date_short(found.most_on),
            }


def stays_of(location: Location, *, on: date, at: datetime) -> list[Stay]:
    """Return who is there on a day or comes later, as known at a moment, by the day they come."""
    lines = known_lines(location, at=at)
    ends = ledger_of([location], known_at=at).blocks
    about: dict[Any, list[Booking]] = {}
    for line in Booking.objects.filter(of__series__in=[one.series for one in lines]).select_related(
        "of", "pool", "group"
    ):
        if line.recorded_at <= at and (line.superseded_at is None or line.superseded_at > at) and line.of:
            about.setdefault(line.of.series, []).append(line)
    found = [
        stay
        for line in lines
        if line.kind != Booking.Kind.DEPARTURE
        for stay in _stay(line, about.get(line.series, []), blocks=ends, on=on, at=at)
    ]
    return sorted(found, key=lambda stay: (stay.booking.from_on, stay.booking.pk))


def known_lines(location: Location, *, at: datetime) -> list[Booking]:
    """Return the lines of the ledger of a location that held at a moment."""
    rows = Booking.objects.filter(pool__location=location, recorded_at__lte=at)
    held = rows.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=at))
    return list(held.select_related("pool__location", "group", "of", "recorded_by").order_by("from_on", "pk"))


def _stay(
    line: Booking,
    about: Sequence[Booking],
    *,
    blocks: tuple[ledger.CapacityBlock, ...],
    on: date,
    at: datetime,
) -> Iterable[Stay]:
    """Yield what is left of a booking on a day or later; nothing when all have gone, come or lapsed."""
    pool = pool_of(line.pool)
    gone = [
        replace(booking_of(one, pool), kind=ledger.BookingKind.DEPARTURE, until_on=None, of=str(line.series))
        for one in about
    ]
    own = replace(booking_of(line, pool), of="")
    claims = ledger.claims_of(ledger.Ledger(blocks=blocks, bookings=(own, *gone)), at=at)
    later = [one for one in claims if one.until_on is None or one.until_on > on]
    if later:
        is_open = line.until_on is None and sum(one.people for one in about) < line.people
        last = None if is_open else later[-1].until_on
        is_here = line.kind == Booking.Kind.PLACEMENT and later[0].from_on <= on
        is_overdue = line.kind == Booking.Kind.RESERVATION and line.from_on < on
        yield Stay(line, later[0].people, later[0].places, last, is_here, is_overdue)


def journal(location: Location, *, at: datetime, all_versions: bool) -> QuerySet[Booking]:
    """Return the lines of a location as known at a moment, newest first; also what was replaced by then."""
    rows = Booking.objects.filter(pool__location=location, recorded_at__lte=at)
    if not all_versions:
        rows = rows.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=at))
    return rows.select_related("pool", "group", "of", "recorded_by").order_by("-recorded_at", "-pk")


def blocks_known(location: Location, *, at: datetime) -> QuerySet[CapacityBlock]:
    """Return the blocks of a location as known at a moment."""
    rows = CapacityBlock.objects.filter(pool__location=location, recorded_at__lte=at)
    held = rows.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=at))
    return held.select_related("pool__location", "recorded_by").order_by("pool", "from_on", "pk")


@dataclass(frozen=True)
class Room:
    """A kind of places with the fewest that are free on any of some days."""

    pool: Pool
    free: int


def rooms_for(user: Any, *, first: date, until: date | None, location: Location | None = None) -> list[Room]:
    """Return the kinds of places a person may book in, with how many are free on the tightest of the days.

    Without `until` people stay as long as there are places: then every day counts on which there are any.
    """
    pools = Pool.objects.filter(bookable_locations(user, "location__"), location__closed_on__isnull=True)
    if location is not None:
        pools = pools.filter(location=location)
    days = PlaceDay.objects.filter(pool__in=pools, day__gte=first)
    days = days.filter(day__lt=until) if until else days.filter(Q(places__gt=0) | Q(day=first))
    rows_of_pools = days.values("pool").annotate(
        least=Min(F("places") - F("claimed")), begins=Min("day"), days=Count("pk")
    )
    least = {
        row["pool"]: row["least"]
        for row in rows_of_pools
        if row["begins"] == first and (until is None or row["days"] == (until - first).days)
    }
    rows = pools.select_related("location__municipality").order_by("location__name", "kind", "pk")
    return [Room(pool, max(least.get(pool.pk, 0), 0)) for pool in rows]
