"""The steps of a dossier and the widening of who may read it."""

import pytest

from regietafel.register.engine.sharing import Sharing, Widening, widenings
from regietafel.register.engine.workflow import EDGES, PhaseState, Step, step_between

EXPLORE, CONSULT, DECIDE, CLOSED = (
    PhaseState("verkennen", 1),
    PhaseState("raadplegen", 2),
    PhaseState("besluit", 3),
    PhaseState("afgesloten", 4, is_closed=True),
)
PHASES = (CLOSED, DECIDE, EXPLORE, CONSULT)


@pytest.mark.parametrize(
    ("current", "target", "step"),
    [
        (EXPLORE, CONSULT, Step.NEXT),
        (EXPLORE, DECIDE, Step.SKIP),
        (DECIDE, EXPLORE, Step.BACK),
        (DECIDE, CLOSED, Step.CLOSE),
        (EXPLORE, CLOSED, Step.CLOSE),
        (CLOSED, EXPLORE, Step.REOPEN),
    ],
)
def test_each_step_has_its_kind(current: PhaseState, target: PhaseState, step: Step) -> None:
    assert step_between(current, target, phases=PHASES) is step


def test_only_the_ordinary_step_goes_without_a_reason() -> None:
    assert {step for step in Step if not EDGES[step].needs_reason} == {Step.NEXT}
    assert all(edge.ground for edge in EDGES.values())


def test_a_step_to_the_same_phase_is_no_step() -> None:
    with pytest.raises(ValueError, match="phase it is in"):
        step_between(EXPLORE, EXPLORE, phases=PHASES)


@pytest.mark.parametrize(
    ("before", "after", "wider"),
    [
        (Sharing(2), Sharing(1), {Widening.LESS_SECRET}),
        (Sharing(1), Sharing(1, with_region=True), {Widening.WITH_REGION}),
        (
            Sharing(1, with_ids=frozenset({7})),
            Sharing(1, with_ids=frozenset({7, 8})),
            {Widening.WITH_ORGANISATIONS},
        ),
        (
            Sharing(1, with_ids=frozenset({7})),
            Sharing(1, with_ids=frozenset({8})),
            {Widening.WITH_ORGANISATIONS},
        ),
        (Sharing(0, with_region=True, with_ids=frozenset({7})), Sharing(1), set()),
        (Sharing(2), Sharing(0, with_region=True), {Widening.LESS_SECRET, Widening.WITH_REGION}),
    ],
)
def test_more_readers_is_widening_and_fewer_is_not(
    before: Sharing, after: Sharing, wider: set[Widening]
) -> None:
    assert set(widenings(before, after)) == wider
