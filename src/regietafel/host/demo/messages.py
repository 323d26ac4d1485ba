"""Six weeks of invented messages, the same every time for the same day."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.utils.text import slugify

DAYS = 42
WINDOW_DAYS = 8
SATURDAY, SUNDAY = 5, 6
Text = tuple[str, str, str]


@dataclass(frozen=True)
class Invented:
    """One message as a supplier would export it."""

    id: str
    datum: str
    kop: str
    tekst: str
    bron: str
    soort: str
    taal: str
    url: str
    auteur: str
    reacties: int


def write_export(path: Path, messages: Sequence[Invented], *, until: datetime, broken: bool) -> Path:
    """Write the last eight days of messages up to a moment as a semicolon-separated export.

    Args:
        broken: whether the last row has a day that does not exist, as happens in real exports.
    """
    last, first = until.isoformat(), (until - timedelta(days=WINDOW_DAYS)).isoformat()
    chosen = [message for message in messages if first <= message.datum <= last]
    if broken:
        chosen.append(replace(chosen[-1], id=f"{chosen[-1].id}-b", datum="31-02-2026", url=""))
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(field.name for field in fields(Invented))
        writer.writerows(astuple(message) for message in chosen)
    return path


def invent(content: Mapping[str, Any], today: date) -> list[Invented]:
    """Return background news, stories with their copies, and posts, oldest first."""
    chance = Random(2417)  # noqa: S311  (an invented region, not a secret)
    media = {medium["naam"]: medium for medium in content["medium"]}
    told = _tellings(content["lopend"], chance)
    messages: list[Invented] = []
    for day in range(-DAYS + 1, 1):
        on = today + timedelta(days=day)
        messages += _background(content, day, on=on, chance=chance)
        messages += _posts(content["sociaal"], day, on=on, chance=chance)
        for _story in range(_stories_on(content["lopend"], day, on=on)):
            messages += _copies(next(told), _present(media, day, on=on), on=on, chance=chance)
    for story in content["verhaal"]:
        on = today + timedelta(days=story["dag"])
        messages += _copies(story, _present(media, story["dag"], on=on), on=on, chance=chance)
    return sorted(messages, key=lambda message: message.datum)


def _present(media: Mapping[str, Any], day: int, *, on: date) -> dict[str, Any]:
    """Leave out the media that bring nothing on a day: on Sunday, or since they fell silent."""
    return {
        name: medium
        for name, medium in media.items()
        if day < medium.get("stil_vanaf", DAYS) and (on.weekday() != SUNDAY or medium["zondag"])
    }


def _stories_on(plan: Mapping[str, Any], day: int, *, on: date) -> int:
    number = next(int(count) for first, last, count in plan["drukte"] if first <= day <= last)
    return (number + 1) // 2 if on.weekday() >= SATURDAY else number


def _tellings(plan: Mapping[str, Any], chance: Random) -> Iterator[dict[str, Any]]:
    """Yield the running pieces in turn, each time with other words and other media."""
    while True:
        for piece in chance.sample(plan["stuk"], len(plan["stuk"])):
            words = {name: chance.choice(choices) for name, choices in plan["keuze"].items()}
            words |= {name.capitalize(): word.capitalize() for name, word in words.items()}
            media = chance.sample(plan["media"], chance.randint(plan["minste_media"], plan["meeste_media"]))
            titles = [title.format(**words) for title in piece["koppen"]]
            yield {"media": media, "koppen": titles, "tekst": piece["tekst"].format(**words)}


def _background(content: Mapping[str, Any], day: int, *, on: date, chance: Random) -> Iterator[Invented]:
    media = {medium["naam"]: medium for medium in content["medium"]}
    for medium in _present(media, day, on=on).values():
        for number in range(max(1, medium["per_dag"] + chance.randint(-2, 2))):
            subject = chance.choice(content["achtergrond"]["onderwerpen"])
            place = chance.choice(content["achtergrond"]["plaatsen"])
            title = f"{place}: {subject[0].lower()}{subject[1:]}"
            text = f"{subject}. Dat meldt {medium['naam']} uit {place}."
            yield _article(medium, on, chance=chance, words=(f"n{number}", title, text))


def _copies(
    story: Mapping[str, Any], media: Mapping[str, Any], *, on: date, chance: Random
) -> Iterator[Invented]:
    present = [name for name in story["media"] if name in media]
    for number, name in enumerate(present):
        title = story["koppen"][number % len(story["koppen"])]
        yield _article(media[name], on, chance=chance, words=(f"v{number}", title, story["tekst"]))


def _article(medium: Mapping[str, Any], on: date, *, chance: Random, words: Text) -> Invented:
    number, title, text = words
    moment = _moment(on, chance)
    slug = slugify(title)[:60]
    return Invented(
        id=f"{slugify(medium['naam'])}-{on:%Y%m%d}-{number}-{chance.randint(100, 999)}",
        datum=moment.isoformat(timespec="minutes"),
        kop=title,
        tekst=text,
        bron=medium["naam"],
        soort=medium["soort"],
        taal="nl",
        url=f"https://{medium['domein']}/{on:%Y/%m/%d}/{slug}-{number}",
        auteur="",
        reacties=chance.randint(0, 40),
    )


def _posts(social: Mapping[str, Any], day: int, *, on: date, chance: Random) -> Iterator[Invented]:
    mean = next((n for first, last, n in social["drukte"] if first <= day <= last), 2)
    for number in range(max(0, mean + chance.randint(-2, 3))):
        platform = chance.choice(social["platforms"])
        yield Invented(
            id=f"post-{on:%Y%m%d}-{number}",
            datum=_moment(on, chance).isoformat(timespec="minutes"),
            kop="",
            tekst=chance.choice(social["zinnen"]),
            bron=platform,
            soort="forum" if platform.startswith("Forum") else "sociaal",
            taal="nl",
            url=f"https://{slugify(platform)}.example/p/{on:%Y%m%d}{number}",
            auteur=f"verzonnen-{chance.randint(1, 400)}",
            reacties=chance.randint(0, 25),
        )


def _moment(on: date, chance: Random) -> datetime:
    return datetime.combine(on, time(chance.randint(6, 21), chance.randint(0, 59)))
