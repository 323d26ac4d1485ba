"""Assignment of tasks to agents: the known best of published problems, and the plain best of small ones."""

import json
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regietafel.reception.engine.placing import NoAssignment, assign

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "gap"
ABSENT = "the OR-Library problems gap1-gap6 are not beside the repository"


@pytest.mark.skipif(not FOLDER.is_dir(), reason=ABSENT)
@pytest.mark.parametrize("name", ["gap1_0", "gap2_2", "gap4_1", "gap5_4"])
def test_the_known_best_is_found_and_proven(name: str) -> None:
    problem = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    made = assign(problem["cost"], problem["req"], capacity=problem["cap"])
    assert made.is_optimal
    assert made.value == made.upper == json.loads((FOLDER / "optima.json").read_text(encoding="utf-8"))[name]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 3), st.integers(1, 4), st.data())
def test_small_problems_get_the_plain_best(agents: int, tasks: int, data: st.DataObject) -> None:
    table = st.lists(
        st.lists(st.integers(0, 9), min_size=tasks, max_size=tasks), min_size=agents, max_size=agents
    )
    worth, burden = data.draw(table), data.draw(table)
    capacity = data.draw(st.lists(st.integers(0, 15), min_size=agents, max_size=agents))
    possible = [
        sum(worth[agent][task] for task, agent in enumerate(row))
        for row in product(range(agents), repeat=tasks)
        if all(
            sum(burden[agent][task] for task, at in enumerate(row) if at == agent) <= capacity[agent]
            for agent in range(agents)
        )
    ]
    if not possible:
        with pytest.raises(NoAssignment):
            assign(worth, burden, capacity=capacity)
        return
    made = assign(worth, burden, capacity=capacity)
    assert (made.value, made.is_optimal) == (max(possible), True)
    assert sum(worth[agent][task] for task, agent in enumerate(made.agents)) == made.value
