"""Six weeks of invented messages, the same every time for the same day."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.utils.text import slugify

DAYS = 42
WINDOW_DAYS = 8
SUNDAY = 6


@dataclass(frozen=True)
class Invented:
    """One message as a supplier would export it."""

    id: str
    datum: str
    kop: str
    tekst: str
    bron: str
    soort: str
    url: str
    auteur: str
    reacties: int


def write_export(path: Path, content: Mapping[str, Any], *, today: date, until: datetime) -> Path:
    """Write the last eight days of messages up to a moment as a semicolon-separated export."""
    last, first = until.isoformat(), (until - timedelta(days=WINDOW_DAYS)).isoformat()
    messages = sorted(invent(content, today), key=lambda message: message.datum)
    messages = [message for message in messages if first <= message.datum <= last]
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(field.name for field in fields(Invented))
        writer.writerows(astuple(message) for message in messages)
    return path


def invent(content: Mapping[str, Any], today: date) -> Iterator[Invented]:
    """Yield background news, stories with their copies, and posts."""
    chance = Random(2417)  # noqa: S311  (an invented region, not a secret)
    media = {medium["naam"]: medium for medium in content["medium"]}
    for day in range(-DAYS + 1, 1):
        on = today + timedelta(days=day)
        yield from _background(content, day, on=on, chance=chance)
        yield from _posts(content["sociaal"], day, on=on, chance=chance)
    for story in content["verhaal"]:
        yield from _copies(story, media, on=today + timedelta(days=story["dag"]), chance=chance)


def _background(content: Mapping[str, Any], day: int, *, on: date, chance: Random) -> Iterator[Invented]:
    for medium in content["medium"]:
        silent = "stil_vanaf" in medium and day >= medium["stil_vanaf"]
        if silent or (on.weekday() == SUNDAY and not medium["zondag"]):
            continue
        for number in range(max(1, medium["per_dag"] + chance.randint(-2, 2))):
            subject = chance.choice(content["achtergrond"]["onderwerpen"])
            place = chance.choice(content["achtergrond"]["plaatsen"])
            title = f"{place}: {subject[0].lower()}{subject[1:]}"
            text = f"{subject}. Dat meldt {medium['naam']} uit {place}."
            yield _article(medium, on, chance=chance, words=(f"n{number}", title, text))


def _copies(
    story: Mapping[str, Any], media: Mapping[str, Any], *, on: date, chance: Random
) -> Iterator[Invented]:
    for number, name in enumerate(story["media"]):
        title = story["koppen"][number % len(story["koppen"])]
        yield _article(media[name], on, chance=chance, words=(f"v{number}", title, story["tekst"]))


def _article(medium: Mapping[str, Any], on: date, *, chance: Random, words: tuple[str, str, str]) -> Invented:
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
            url=f"https://{slugify(platform)}.example/p/{on:%Y%m%d}{number}",
            auteur=f"verzonnen-{chance.randint(1, 400)}",
            reacties=chance.randint(0, 25),
        )


def _moment(on: date, chance: Random) -> datetime:
    return datetime.combine(on, time(chance.randint(6, 21), chance.randint(0, 59)))
