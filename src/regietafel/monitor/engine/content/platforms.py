"""Where people and media say it: shares per platform, and whether talk moves from one to another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from regietafel.monitor.engine.content.messages import Message, shown_count
from regietafel.monitor.engine.picture.figures import Share
from regietafel.monitor.engine.picture.intervals import share_of

NEWS, FORUM, OTHER = "nieuwssites", "forums", "overig"
_BY_DOMAIN = (
    ("X", r"x\.com|twitter\.com|t\.co"),
    ("Facebook", r"facebook\.com|fb\.com|fb\.watch"),
    ("Instagram", r"instagram\.com"),
    ("TikTok", r"tiktok\.com"),
    ("YouTube", r"youtube\.com|youtu\.be"),
    ("LinkedIn", r"linkedin\.com"),
    ("Bluesky", r"bsky\.app|bsky\.social"),
    ("Threads", r"threads\.net|threads\.com"),
    ("Telegram", r"t\.me|telegram\.me|telegram\.org"),
    ("Nextdoor", r"nextdoor\.\w+"),
    ("Reddit", r"reddit\.com"),
    ("WhatsApp", r"whatsapp\.com"),
)
_HOSTS = re.compile(
    "|".join(f"(?P<p{n}>(?:^|\\.)(?:{hosts})$)" for n, (_name, hosts) in enumerate(_BY_DOMAIN))
)
_MASTODON = re.compile(r"^(?:mastodon|mstdn|social|toot)\.|^mastodon$")
_BY_NAME = {name.lower(): name for name, _hosts in _BY_DOMAIN} | {"twitter": "X", "mastodon": "Mastodon"}
_CLEARLY, _POSSIBLY = 0.975, 0.90
_TOO_FEW = "in een periode schreven op een platform te weinig mensen om te tellen"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformShare:
    """One platform in a period: messages that may be counted and their share in all of them."""

    platform: str
    count: int
    share: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformShift:
    """One platform now and before: the change of its share (-1 to 1) with a 95 % interval, and a verdict."""

    platform: str
    now: PlatformShare
    before: PlatformShare
    change: float | None
    low: float | None
    high: float | None
    verdict: str


def platform_of(message: Message) -> str:
    """Give the platform that a message stands on (platform).

    Args:
        message: with its domain, outlet and kind.

    Returns:
        The name of a known platform, "nieuwssites" for media, "forums", or "overig".

    Method: our own table of hosts; the domain goes before the outlet, and both before the kind.

    >>> from datetime import date
    >>> platform_of(Message(day=date(2022, 4, 7), domain="m.facebook.com", kind="sociaal"))
    'Facebook'
    """
    for host in (message.domain, message.outlet.strip().lower()):
        if found := _HOSTS.search(host):
            return _BY_DOMAIN[int((found.lastgroup or "p0")[1:])][0]
        if _MASTODON.search(host):
            return "Mastodon"
        if host in _BY_NAME:
            return _BY_NAME[host]
    if message.is_media:
        return NEWS
    return FORUM if message.kind == "forum" else OTHER


def platform_shares(messages: Sequence[Message]) -> tuple[PlatformShare, ...]:
    """Count messages per platform (shares).

    Args:
        messages: of one period.

    Returns:
        Platforms with at least one message that may be counted, the largest first. Of people's messages only
        tens count, and only from ten people on one day.

    Method: wilson-1927.

    >>> platform_shares([])
    ()
    """
    groups: dict[str, list[Message]] = defaultdict(list)
    for message in messages:
        groups[platform_of(message)].append(message)
    counts = {platform: shown_count(group) for platform, group in groups.items()}
    total = sum(counts.values())
    shares = (
        PlatformShare(platform=platform, count=count, share=share_of(count, total))
        for platform, count in counts.items()
        if count
    )
    return tuple(sorted(shares, key=lambda one: (-one.count, one.platform)))


def platform_shifts(now: Sequence[Message], before: Sequence[Message]) -> tuple[PlatformShift, ...]:
    """Say per platform whether its share changed between two periods (shifts).

    Args:
        now: messages of this period.
        before: messages of the period it is compared with.

    Returns:
        Every platform of either period, the largest change first. Outside 95 % the verdict is "duidelijk",
        outside 80 % "mogelijk", else "niet aantoonbaar anders"; "geen oordeel" when a period is empty. Where
        too few people wrote on a platform in a period, its share is unknown there, not 0; when it can be
        counted in the other period, the wholes differ: every share there is unknown and nothing is judged.

    Method: newcombe-1998, difference of two independent shares from their Wilson intervals. Platforms are
        judged one by one, so with many of them one in twenty may look clear by chance.

    >>> platform_shifts([], [])
    ()
    """
    first, second = ({one.platform: one for one in platform_shares(group)} for group in (now, before))
    few = [
        {platform_of(message) for message in group} - shares.keys()
        for group, shares in ((now, first), (before, second))
    ]
    is_whole = [not few[0] & second.keys(), not few[1] & first.keys()]
    shifts = []
    for name in sorted(first.keys() | second.keys()):
        pair = [
            _one(name, shares, is_whole=whole)
            for shares, whole in zip((first, second), is_whole, strict=True)
        ]
        shifts.append(_shift(*pair) if all(is_whole) else _unjudged(*pair, because=_TOO_FEW))
    return tuple(sorted(shifts, key=lambda one: (-abs(one.change or 0.0), one.platform)))


def _one(platform: str, shares: Mapping[str, PlatformShare], *, is_whole: bool) -> PlatformShare:
    """Give one platform of a period; its share is unknown when a platform that matters cannot be counted."""
    found = shares.get(platform)
    count = found.count if found else 0
    total = sum(one.count for one in shares.values())
    return PlatformShare(platform=platform, count=count, share=share_of(count, total) if is_whole else None)


def _shift(now: PlatformShare, before: PlatformShare) -> PlatformShift:
    if now.share is None or before.share is None:
        return _unjudged(now, before, because="in een periode is niets te tellen")
    low, high = _difference(now.share, before.share, level=_CLEARLY)
    return PlatformShift(
        platform=now.platform,
        now=now,
        before=before,
        change=now.share.fraction - before.share.fraction,
        low=low,
        high=high,
        verdict=_verdict(now.share, before.share),
    )


def _unjudged(now: PlatformShare, before: PlatformShare, *, because: str) -> PlatformShift:
    return PlatformShift(platform=now.platform, now=now, before=before, change=None, low=None, high=None,
                         verdict=f"geen oordeel: {because}")  # fmt: skip


def _verdict(now: Share, before: Share) -> str:
    for level, sureness in ((_CLEARLY, "duidelijk"), (_POSSIBLY, "mogelijk")):
        low, high = _difference(now, before, level=level)
        if low > 0 or high < 0:
            return f"{sureness} {'meer' if low > 0 else 'minder'}"
    return "niet aantoonbaar anders"


def _difference(now: Share, before: Share, *, level: float) -> tuple[float, float]:
    one, other = (_wilson(share, level) for share in (now, before))
    change = now.fraction - before.fraction
    below = sqrt((now.fraction - one[0]) ** 2 + (other[1] - before.fraction) ** 2)
    above = sqrt((one[1] - now.fraction) ** 2 + (before.fraction - other[0]) ** 2)
    return change - below, change + above


def _wilson(share: Share, level: float) -> tuple[float, float]:
    squared = NormalDist().inv_cdf(level) ** 2
    total = share.published
    middle = share.count + squared / 2
    reach = sqrt(squared * (share.count * (total - share.count) / total + squared / 4))
    return (middle - reach) / (total + squared), (middle + reach) / (total + squared)
