"""`regietafel opvang verdeel`: places divided over municipalities, with what other methods would give."""

from regietafel.reception.cli.sharing.asking import add_action

__all__ = ["add_action"]
