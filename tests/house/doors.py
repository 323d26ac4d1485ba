"""Nobody goes past a door: not by import, not by text, not by a dynamic import, not by a foreign key."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import plan
from tests.house.source import (
    ROOT,
    Module,
    calls,
    dotted,
    imports,
    last_name,
    modules,
    names_in_scope,
    text_of,
)

DOTTED_PATH = re.compile(rf"{ROOT}(\.[A-Za-z_]\w*)+(:\w+)?")
UNFINISHED_PATH = re.compile(rf"{ROOT}(\.\w+)*\.")
RELATIONS = frozenset({"ForeignKey", "OneToOneField", "ManyToManyField", "GenericRelation", "ForeignObject"})
DYNAMIC = frozenset(
    {
        "importlib.import_module",
        "importlib.__import__",
        "importlib.util.spec_from_file_location",
        "importlib.util.find_spec",
        "__import__",
        "django.utils.module_loading.import_string",
        "django.utils.module_loading.autodiscover_modules",
        "pkgutil.resolve_name",
        "pkgutil.walk_packages",
        "pkgutil.iter_modules",
        "runpy.run_module",
        "runpy.run_path",
        "sys.modules",
    }
)


def doors(src: Path) -> list[str]:
    """From outside only a capability's `public` may be imported; the host may also enter its faces."""
    problems = []
    for module in modules(src):
        for found in imports(module):
            target = found.target if found.parts[0] == ROOT else ""
            if target and not _may_enter(module, target):
                problems.append(f"{module.at(found.node)} goes past a door: {target}")
    return problems


def dotted_texts(src: Path) -> list[str]:
    """A dotted path in a text is an import too, so the same doors and floors hold."""
    problems = []
    for module in modules(src):
        in_f_strings = _bare_f_string_starts(module)
        for node in ast.walk(module.tree):
            text = text_of(node)
            if text is None or not text.startswith(f"{ROOT}.") or node in in_f_strings:
                continue
            if DOTTED_PATH.fullmatch(text) and not _text_may_name(module, text.partition(":")[0]):
                problems.append(f"{module.at(node)} goes past a door by text: {text}")
            elif UNFINISHED_PATH.fullmatch(text):
                problems.append(f"{module.at(node)} composes a module path from pieces: {text}")
    return problems


def dynamic_imports(src: Path) -> list[str]:
    """A literal dynamic import of our own code hides a dependency; write an import statement."""
    problems = []
    for module in modules(src):
        for call in dynamic_import_calls(module):
            name = text_of(call.args[0]) if call.args else None
            if name is not None and name.split(".")[0] == ROOT:
                problems.append(f"{module.at(call)} imports dynamically: {name}")
    return problems


def dynamic_import_calls(module: Module) -> Iterator[ast.Call]:
    """Yield the calls that import by name, however they were renamed on import."""
    scope = names_in_scope(module)
    return (call for call in calls(module) if dotted(call.func, scope) in DYNAMIC)


def relations(src: Path) -> list[str]:
    """A foreign key, written as text or in a migration, points to the own package or to a lower floor."""
    problems = []
    for module in modules(src):
        for call in calls(module):
            if last_name(call.func) in RELATIONS:
                problems += [
                    f"{module.at(call)} relation points up or aside: {label}"
                    for label in _relation_labels(call)
                    if label in plan.FLOOR and not plan.may_reach(module.package, label)
                ]
            elif last_name(call.func) in {"get_model", "get_app_config"}:
                problems += _model_by_name(module, call)
        problems += _migration_dependencies(module)
    return problems


def door_sizes(src: Path) -> list[str]:
    """A door offers few names, so that what is behind it can change."""
    problems = []
    for module in modules(src):
        if module.room != "public" or module.package not in plan.WITH_DOOR:
            continue
        is_register = module.package == "register"
        most = plan.MOST_NAMES_IN_THE_REGISTER_DOOR if is_register else plan.MOST_NAMES_IN_A_DOOR
        offered = len(_offered(module))
        if offered > most:
            problems.append(f"{module.name} offers {offered} names, {most} at most")
    return problems


def _may_enter(module: Module, target: str) -> bool:
    _, package, room, *_rest = [*target.split("."), "", ""]
    if package == module.package or package not in plan.WITH_DOOR:
        return True
    return room == "public" or (module.package == "host" and room in plan.HOST_MAY_ENTER)


def _text_may_name(module: Module, path: str) -> bool:
    package = path.split(".")[1]
    if package not in plan.FLOOR:
        return True
    is_app_label = path.count(".") == 1 and module.package == "host"
    return plan.may_reach(module.package, package) and (is_app_label or _may_enter(module, path))


def _bare_f_string_starts(module: Module) -> set[ast.AST]:
    """Find `f"regietafel.{…}"`, the name of a key or a log: importing it would need a counted import."""
    return {
        part
        for node in ast.walk(module.tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if text_of(part) == f"{ROOT}."
    }


def _relation_labels(call: ast.Call) -> Iterator[str]:
    targets = call.args[:1] + [word.value for word in call.keywords if word.arg in {"to", "through"}]
    for target in targets:
        if isinstance(target, ast.Attribute) and target.attr == "AUTH_USER_MODEL":
            yield "register"
        text = text_of(target)
        if text and "." in text:
            yield text.split(".")[0]


def _model_by_name(module: Module, call: ast.Call) -> list[str]:
    text = text_of(call.args[0]) if call.args else None
    label = (text or "").split(".")[0]
    if label not in plan.FLOOR or label == module.package:
        return []
    if module.is_migration and plan.may_reach(module.package, label):
        return []
    return [f"{module.at(call)} goes past a door by model name: {text}"]


def _migration_dependencies(module: Module) -> list[str]:
    if not module.is_migration:
        return []
    return [
        f"{module.at(node)} migration depends on a floor above or aside: {label}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Tuple) and len(node.elts) == 2
        for label, name in [(text_of(node.elts[0]), text_of(node.elts[1]))]
        if name
        and re.match(r"\d{4}_|__first__|__latest__", name)
        and label in plan.FLOOR
        and not plan.may_reach(module.package, label)
    ]


def _offered(module: Module) -> set[str]:
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and any(last_name(target) == "__all__" for target in node.targets):
            return set(ast.literal_eval(node.value))
    return {found.parts[-1] for found in imports(module) if not found.parts[-1].startswith("_")}
