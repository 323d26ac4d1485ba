"""`opvang verdeel` and `opvang taakstelling`: what each municipality of a file is asked."""

from typing import Any

from regietafel.reception.cli.sharing import asking, housing

__all__ = ["add_action"]


def add_action(actions: Any) -> None:
    """Add the actions."""
    asking.add_action(actions)
    housing.add_action(actions)
