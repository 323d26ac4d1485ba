"""A day on the command line, read as a day in a file is."""

import argparse
from datetime import date


def day_argument(text: str) -> date:
    """Read a day, as the type of an argument: 2026-10-06 or 6-10-2026."""
    from regietafel.reception.adapters.records import CellRefused, day

    try:
        return day(text)
    except CellRefused as refusal:
        raise argparse.ArgumentTypeError(str(refusal).removesuffix(".")) from refusal
