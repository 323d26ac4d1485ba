"""One sentence for a group that fits nowhere: said once, and unknown is not too few."""

import numpy as np
import pytest

from regietafel.reception.engine.placing import Group, Location, PlacingTask, explain
from regietafel.reception.engine.placing.wording import told_placeless


@pytest.mark.parametrize(
    ("blocked", "told"),
    [
        ({"zorg": "1111"}, "past nergens: alle 4 locaties hebben te weinig zorgplaatsen"),
        ({"zorg?": "1111"}, "past nergens: van alle 4 locaties is onbekend hoeveel zorgplaatsen er zijn"),
        ({"toegankelijk?": "1"}, "past nergens: van de enige locatie is onbekend hoeveel toegankelijke "
         "plaatsen er zijn"),
        ({"te klein": "1"}, "past nergens: de enige locatie is te klein"),
        ({"te klein": "1", "huisdier": "1"},
         "past niet in de enige locatie: te klein en zonder plek voor een huisdier"),
        ({"te klein": "0", "vol": "0"}, "heeft geen plek, maar kan nog in de enige locatie"),
        ({"zorg": "1000", "zorg?": "0110", "vol": "0001"},
         "past in geen van de 4 locaties: te weinig zorgplaatsen bij L1; onbekend hoeveel zorgplaatsen bij "
         "L2, L3; vol bij L4"),
        ({"zorg": "1110", "gezin": "1100", "vol": "0001"},
         "past in geen van de 4 locaties: te weinig zorgplaatsen bij L3; vol bij L4; bij 2 meer dan één "
         "bezwaar (2 te weinig zorgplaatsen, 2 niet voor gezinnen)"),
        ({"zorg": "1111", "gezin": "1111"},
         "past in geen van de 4 locaties: bij elk meer dan één bezwaar (4 te weinig zorgplaatsen, 4 niet "
         "voor gezinnen)"),
        ({"vol": "1100"}, "heeft geen plek, maar kan nog in 2 van de 4 locaties: vol bij L1, L2"),
        ({"vol": "11111111", "school": "00000000"},
         "past nergens: alle 8 locaties zijn vol"),
        ({"vol": "11111110", "school": "00000001"},
         "past in geen van de 8 locaties: vol bij L1, L2, L3 en 4 andere; zonder school bij L8"),
        ({}, "past nergens: er zijn geen locaties"),
    ],
)  # fmt: skip
def test_why_a_group_fits_nowhere(blocked: dict[str, str], told: str) -> None:
    marks = {rule: np.array([mark == "1" for mark in row], dtype=bool) for rule, row in blocked.items()}
    count = len(next(iter(blocked.values()), ""))
    assert told_placeless(marks, codes=[f"L{number + 1}" for number in range(count)]) == told


def test_counts_by_rule_stay_what_they_were_for_machines() -> None:
    """`geblokkeerd` and `een_regel_in_de_weg` have one key per rule, also when the number is unknown."""
    few, unknown = (
        Location(code=code, municipality="Borne", kind="azc", places=(4,), typed=typed)
        for code, typed in (("WEINIG", {"zorg": (0,)}), ("ONBEKEND", {}))
    )
    group = Group(code="A", size=2, typed={"zorg": 1})
    placeless = explain(PlacingTask(groups=(group,), locations=(few, unknown)), {})[1][0]
    assert placeless.blocked == {"zorg": 2}
    assert placeless.one_rule_away == {"zorg": ("WEINIG", "ONBEKEND")}
    assert placeless.reason == (
        "past in geen van de 2 locaties: te weinig zorgplaatsen bij WEINIG; onbekend hoeveel zorgplaatsen "
        "bij ONBEKEND"
    )
