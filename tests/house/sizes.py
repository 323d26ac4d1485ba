"""Small enough to hold in the head: functions, parameters and files."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house import plan
from tests.house.source import modules

Function = ast.FunctionDef | ast.AsyncFunctionDef
# Methods that a framework or the language calls with more positional arguments than we would choose.
CALLED_BY_OTHERS = frozenset(
    {"__exit__", "__aexit__", "has_object_permission", "process_view", "filter_queryset"}
)

TEMPLATE_MARKS = frozenset({"simple_tag", "filter", "inclusion_tag"})


def functions(src: Path) -> list[str]:
    """A function fits on a screen and can be called without counting commas."""
    problems = []
    for module in modules(src):
        if module.is_migration:
            continue
        for node, is_method in _functions(module.tree, inside_class=False):
            place = f"{module.at(node)} {node.name}"
            if (lines := _length(node)) > plan.LONGEST_FUNCTION:
                problems.append(f"{place} has {lines} lines, {plan.LONGEST_FUNCTION} at most")
            if node.name not in CALLED_BY_OTHERS and not _is_template_tag(node):
                problems += [f"{place} {fault}" for fault in _parameter_faults(node, is_method)]
    return problems


def files(src: Path) -> list[str]:
    """A file that outgrows its size becomes a folder of the same name."""
    measured = [
        (module.name, module.text, plan.LONGEST_FILE) for module in modules(src) if not module.is_migration
    ]
    tests = src.parent / "tests"
    measured += [
        (str(path.relative_to(src.parent)), path.read_text(encoding="utf-8"), plan.LONGEST_TEST_FILE)
        for path in sorted(tests.rglob("*.py"))
    ]
    return [
        f"{name} has {lines} lines, {most} at most"
        for name, text, most in measured
        if (lines := text.count("\n")) > most
    ]


def _functions(node: ast.AST, *, inside_class: bool) -> Iterator[tuple[Function, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield child, inside_class and not _is_static(child)
        yield from _functions(child, inside_class=isinstance(child, ast.ClassDef))


def _is_static(node: Function) -> bool:
    return any(isinstance(mark, ast.Name) and mark.id == "staticmethod" for mark in node.decorator_list)


def _is_template_tag(node: Function) -> bool:
    """Template tags are called by people who write templates, who have no keyword habit."""
    marks = (mark.func if isinstance(mark, ast.Call) else mark for mark in node.decorator_list)
    return any(isinstance(mark, ast.Attribute) and mark.attr in TEMPLATE_MARKS for mark in marks)


def _length(node: Function) -> int:
    """Count the lines from `def` to the end, without the docstring: explaining is free."""
    last = node.end_lineno or node.lineno
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    explained = (first.end_lineno or first.lineno) - first.lineno + 1 if is_docstring else 0
    return last - node.lineno + 1 - explained


def _parameter_faults(node: Function, is_method: bool) -> Iterator[str]:
    positional = len(node.args.posonlyargs + node.args.args) - is_method
    total = positional + len(node.args.kwonlyargs)
    if total > plan.MOST_PARAMETERS:
        yield f"takes {total} parameters, {plan.MOST_PARAMETERS} at most"
    if positional > plan.MOST_POSITIONAL:
        yield f"takes {positional} parameters by position, {plan.MOST_POSITIONAL} at most"
