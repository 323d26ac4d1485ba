"""What is given to an analysis: days, periods, and a file with messages or with counts per day."""

import argparse
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regietafel.kernel.dutch import counted
from regietafel.kit.commands import CommandError, day_argument
from regietafel.monitor.cli.search.asking import add_question, asked, remark
from regietafel.monitor.cli.search.delivering import add_file, open_file

if TYPE_CHECKING:
    from regietafel.monitor.adapters.day_counts import DayCounts
    from regietafel.monitor.engine.volume import Span
    from regietafel.monitor.services.volumes import VolumeOfFile


@dataclass(frozen=True)
class Given:
    """The file of an analysis: messages, or counts per day; what could not be read stands in `errors`."""

    messages: "VolumeOfFile | None"
    counts: "DayCounts | None"
    errors: list[dict[str, Any]]

    def per_day(self) -> dict[date, int]:
        """Return the number of messages per day that is known."""
        if self.counts is not None:
            return dict(self.counts.found)
        return self.messages.per_day() if self.messages else {}


def add_given(parser: argparse.ArgumentParser) -> None:
    """Add the file and the question."""
    add_file(parser)
    add_question(parser, required=False)


def span(text: str) -> "Span":
    """Read a period such as 2022-04-01..2022-04-07; both days are in it. One day is a period too."""
    from regietafel.monitor.engine.volume import Span

    first, _dots, last = text.partition("..")
    begin, end = day_argument(first), day_argument(last or first)
    if end < begin:
        raise argparse.ArgumentTypeError(f"in “{text}” ligt de laatste dag voor de eerste")
    return Span(begin, end)


def read_given(options: argparse.Namespace) -> Given:
    """Open the file and count; a question goes with messages only."""
    from regietafel.monitor.adapters.day_counts import read_day_counts

    path = Path(options.bestand)
    counts = read_day_counts(path) if path.is_file() else None
    if counts is not None:
        if options.vraag or options.vraagbestand:
            raise CommandError(f"{path}: hier staan alleen aantallen in, geen berichten. Laat --vraag weg.")
        return Given(None, counts, counts.errors)
    return _of_messages(options)


def _of_messages(options: argparse.Namespace) -> Given:
    import django

    question = asked(options) if options.vraag or options.vraagbestand else None
    if question:
        remark(question)
    django.setup()
    from regietafel.monitor.services.volumes import volume_of_file

    errors: list[dict[str, Any]] = []
    messages = volume_of_file(
        open_file(options),
        query=question.query if question else None,
        name=Path(options.bestand).name,
        errors=errors,
    )
    if messages.others:
        others = counted(messages.others, one="bericht", many="berichten")
        sys.stderr.write(f"Let op: {others} van mensen of van onbekende soort tellen niet mee.\n")
    return Given(messages, None, errors)
