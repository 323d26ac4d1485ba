"""The house stands: every rule of docs/architecture.md, checked on the source as it is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import danger, doors, engines, layers, pages, plan, rooms, sizes

SRC = Path(__file__).parents[1] / "src"
CHECKS: tuple[Callable[[Path], list[str]], ...] = (
    rooms.top_packages,
    rooms.rooms,
    rooms.names,
    layers.layers,
    doors.doors,
    doors.dotted_texts,
    doors.dynamic_imports,
    doors.relations,
    doors.door_sizes,
    engines.engine_imports,
    engines.clock_and_luck,
    engines.imports_without_django,
    engines.grounds,
    engines.kernel_serves_two,
    sizes.functions,
    sizes.files,
    danger.counted,
    danger.unexplained,
    danger.persons,
    pages.strict_policy,
    pages.nothing_from_outside,
    pages.dutch_templates,
    pages.dutch_texts,
)


@pytest.mark.parametrize(
    "check", CHECKS, ids=lambda check: f"{check.__module__.rpartition('.')[2]}-{check.__name__}"
)
def test_the_source_obeys(check: Callable[[Path], list[str]]) -> None:
    violations = check(SRC)
    assert not violations, "\n".join([check.__doc__ or "", *violations])


def test_no_relation_in_the_registry_points_up_or_aside() -> None:
    from django.apps import apps

    labels = {config.label for config in apps.get_app_configs() if config.name.startswith("regietafel.")}
    assert labels >= plan.WITH_DOOR, "an app label differs from its package"
    wrong = [
        f"{model._meta.label}.{field.name} -> {target._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in labels
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and (target := field.related_model)
        if target._meta.app_label in labels
        if not plan.may_reach(model._meta.app_label, target._meta.app_label)
    ]
    assert not wrong
