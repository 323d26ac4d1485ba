"""What the framework says to people: in our words, and never under the name of a rule of the database."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db.models import BaseConstraint, Model, UniqueConstraint

from regietafel.kit.fields import WholeNumberField
from regietafel.kit.pages import FormPage, Header
from regietafel.kit.refusal import Refused


def constraints() -> Iterator[tuple[type[Model], BaseConstraint]]:
    """Yield every rule of the database that our own models bring."""
    for model in apps.get_models():
        if model.__module__.startswith("regietafel."):
            for one in model._meta.constraints:
                yield model, one


@pytest.mark.parametrize(
    ("model", "rule"), [pytest.param(model, rule, id=rule.name) for model, rule in constraints()]
)
def test_no_rule_of_the_database_is_told_by_its_name(model: type[Model], rule: BaseConstraint) -> None:
    told = rule.get_violation_error_message()
    assert rule.name not in told
    assert told[0].isupper() and told.endswith("."), told
    assert "Controleer" in told or told != BaseConstraint.default_violation_error_message
    if isinstance(rule, UniqueConstraint) and rule.fields and not rule.condition:
        said = str(model().unique_error_message(model, rule.fields).message)
        assert rule.name not in said


def test_there_are_rules_to_look_at() -> None:
    assert sum(1 for _pair in constraints()) > 20


class Asked(forms.Form):
    """A number and a word with their bounds."""

    number = WholeNumberField(min_value=1, max_value=20_000)
    word = forms.CharField(min_length=2, max_length=5)


@pytest.mark.parametrize(
    ("sent", "field", "told"),
    [
        ({"number": "20.001", "word": "goed"}, "number", "Vul 20.000 of minder in."),
        ({"number": "0", "word": "goed"}, "number", "Vul 1 of meer in."),
        ({"number": "1", "word": "x"}, "word", "Dit is te kort: vul ten minste 2 tekens in."),
        (
            {"number": "1", "word": "x" * 1200},
            "word",
            "Dit telt 1.200 tekens. Maak er 5 of minder van.",
        ),
    ],
)
def test_bounds_are_told_as_what_to_do_with_points_in_numbers(
    sent: dict[str, str], field: str, told: str
) -> None:
    assert Asked(sent).errors[field] == [told]


class AskedPage(FormPage):
    """A page of which the service refuses everything."""

    form_class = Asked
    field = ""

    def header(self) -> Header:
        return Header("Vraag")

    def save(self, form: Any) -> str:
        raise Refused("Dit kan niet.", field=self.field)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "beside"), [("number", ["number"]), ("elders", ["__all__"]), ("", ["__all__"])]
)
def test_a_refusal_stands_beside_the_field_it_is_about(
    rf: Any, monkeypatch: pytest.MonkeyPatch, field: str, beside: list[str]
) -> None:
    shown: dict[str, Any] = {}
    monkeypatch.setattr(AskedPage, "field", field)
    monkeypatch.setattr(AskedPage, "show", lambda self, status=200, **extra: shown.update(extra))
    page = AskedPage()
    page.setup(rf.post("/", {"number": "1", "word": "goed"}))
    page.post(page.request)
    assert list(shown["form"].errors) == beside


def test_forms_say_themselves_what_may_be() -> None:
    """A form made from a model would leave its bounds to the rules of the database."""
    made = [
        one for one in _below(forms.ModelForm)
        if one.__module__.startswith("regietafel.") and not inspect.isabstract(one)
    ]  # fmt: skip
    assert made == []


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)
