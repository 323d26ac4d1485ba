"""Speeds that the product promises, measured on the machine at hand by `./regie bench`.

A module `bench_<subject>.py` offers `measurements()`, which returns `Measurement`s; what it needs is made in
a temporary folder and thrown away. `run.py` finds the modules and prints the best of a few rounds. A module
that sets many things beside each other offers `report(rounds=…, is_small=…)`: it prints, and gives its goals.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    """One thing to time.

    Attributes:
        name: what is done, in Dutch, for the table.
        amount: how many units one call of `work` handles.
        unit: what is counted, in Dutch plural, such as "berichten".
        work: what to time; preparation belongs in `measurements()`.
        promised_per_second: the least that the product promises on two cores; None when nothing is promised.
        compared_with: the name of the measurement that this one is a multiple of, if any.
    """

    name: str
    amount: int
    unit: str
    work: Callable[[], object]
    promised_per_second: float | None = None
    compared_with: str | None = None
