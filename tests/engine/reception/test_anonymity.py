"""What may be the code of a group: marks and numbers of one's own, and nothing that tells who somebody is."""

import pytest

from regietafel.reception.engine.anonymity import unfit_mark


@pytest.mark.parametrize(
    "mark",
    ["", "A", "Z", "AB", "G1", "G-014", "gezin 3", "Gezin-12", "bus-4/2", "Bus 4", "K1", "stel a", "trein 2",
     "2026-0041", "20260041", "AZC-12", "v2", "98765432"],
)  # fmt: skip
def test_a_mark_that_tells_nobody_will_do(mark: str) -> None:
    assert unfit_mark(mark) == ""


@pytest.mark.parametrize(
    ("mark", "why"),
    [
        ("Jan Jansen", "een naam"),
        ("Jan Smit", "een naam"),
        ("Jan Smit 2", "een naam"),
        ("Özil", "een naam"),
        ("JANSEN", "een naam"),
        ("jansen-4", "een naam"),
        ("gezin 3 Jansen", "een naam"),
        ("gezin Bos", "een naam"),
        ("123456782", "een burgerservicenummer"),
        ("1234.56.782", "een burgerservicenummer"),
        ("1234 56 782", "een burgerservicenummer"),
        ("3-4-1987", "een datum"),
        ("V 12345678", "een V-nummer"),
        ("Z1234567890", "een nummer dat van een persoon kan zijn"),
        ("0612345678", "een telefoonnummer"),
        ("a.b@c.nl", "een e-mailadres"),
    ],
)
def test_a_mark_that_may_tell_who_somebody_is_is_refused(mark: str, why: str) -> None:
    assert unfit_mark(mark) == why


def test_nine_digits_in_parts_that_fail_the_test_of_eleven_are_a_number_of_ones_own() -> None:
    assert unfit_mark("2026-1-0012") == ""
