"""A number of inhabitants is used with its year, or not at all."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regietafel.register.engine.inhabitants import Population, choose_population

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
FIGURES = st.lists(st.builds(Population, st.integers(0, 10**6), DAYS, st.just("CBS")), max_size=6)


def test_figures_of_2016_are_never_used_for_today() -> None:
    choice = choose_population([Population(81_075, date(2016, 1, 1), "CBS")], on=date(2024, 5, 1))
    assert choice.population is None
    assert "1-1-2016" in choice.reason


def test_a_figure_from_the_future_is_not_used() -> None:
    choice = choose_population([Population(5, date(2025, 1, 1), "CBS")], on=date(2024, 12, 31))
    assert choice.population is None
    assert choice.reason


def test_the_newest_of_the_usable_figures_is_chosen() -> None:
    figures = [
        Population(1, date(2022, 1, 1), "a"),
        Population(2, date(2023, 1, 1), "b"),
        Population(3, date(2024, 1, 1), "c"),
    ]
    chosen = choose_population(figures, on=date(2023, 6, 1)).population
    assert chosen is not None
    assert chosen.count == 2


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FIGURES, DAYS)
def test_there_is_a_recent_figure_or_a_reason(figures: list[Population], on: date) -> None:
    choice = choose_population(figures, on=on)
    if choice.population is None:
        assert choice.reason
        assert not [f for f in figures if 0 <= (on - f.reference_on).days <= 730]
    else:
        assert 0 <= (on - choice.population.reference_on).days <= 731
