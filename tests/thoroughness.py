"""How many examples a property test draws: few at every run, ten times as many when asked for.

The engine's tests must end in seconds. `REGIETAFEL_GRONDIG=1` makes them search longer, after a change of the
language or the matcher.
"""

import os

TIMES = 10 if os.environ.get("REGIETAFEL_GRONDIG") else 1


def examples(few: int) -> int:
    """Give the number of examples to draw."""
    return few * TIMES
