"""The glossary and the code side by side: which labels lack a row, and which rows lead nowhere.

`python -m tests.words --missing` prints the rows that docs/glossary.md still needs; `--update` puts them in:
the words of fields completely, the terms with an empty meaning that a person must write.
"""

import argparse
import importlib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import Field, Model

GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"
TERMS, FIELD_WORDS = "## Begrippen", "## Woorden van velden"


def rows(heading: str, text: str | None = None) -> list[list[str]]:
    """Read the cells of the first table under a heading of the glossary, without its head."""
    body = (text if text is not None else GLOSSARY.read_text(encoding="utf-8")).partition(f"{heading}\n")[2]
    lines = [line for line in body.partition("\n## ")[0].splitlines() if line.startswith("|")]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines[2:]]


def own_models() -> list[type[Model]]:
    """List the tables of Regietafel itself, without those that Django makes for many-to-many links."""
    return [model for model in apps.get_models() if model.__module__.startswith("regietafel.")]


def own_fields(model: type[Model]) -> Iterator[Field]:
    """Yield the fields that carry one of our labels, not those that came with a model of Django."""
    theirs = {
        field.name
        for ancestor in model.__mro__[1:]
        if not ancestor.__module__.startswith("regietafel.") and hasattr(ancestor, "_meta")
        for field in ancestor._meta.get_fields()
    }
    fields = (*model._meta.local_fields, *model._meta.local_many_to_many)
    return (field for field in fields if field.name not in {*theirs, "id"})


def code_path(model: type[Model]) -> str:
    """Give the place where people look for a table: the models room, whatever file it is in."""
    return f"regietafel.{model._meta.app_label}.models.{model.__name__}"


def resolves(path: str) -> bool:
    """Say whether a dotted path leads to a module or to a name in one."""
    module, _, name = path.rpartition(".")
    try:
        return hasattr(importlib.import_module(module), name) or bool(importlib.import_module(path))
    except ImportError:
        return False


def label_of(field: Field) -> str:
    """Give the label of a field as people see it."""
    return str(field.verbose_name)


def field_words() -> dict[str, set[str]]:
    """Map every field label to the English names that it stands for in the code."""
    words: dict[str, set[str]] = {}
    for model in own_models():
        for field in own_fields(model):
            words.setdefault(label_of(field), set()).add(field.name)
    return words


def missing_terms() -> list[str]:
    """Make a row for each table whose label or place the glossary lacks; the meaning is yours to write."""
    known = {(dutch.lower(), path) for dutch, _english, path, _meaning in rows(TERMS)}
    return [
        f"| {label} | {model.__name__} | `{code_path(model)}` | … |"
        for model in own_models()
        if ((label := str(model._meta.verbose_name)).lower(), code_path(model)) not in known
    ]


def missing_field_words() -> list[str]:
    """Make the rows of the second table that are absent or name other fields than the code does."""
    known = {dutch: set(names.replace("`", "").split(", ")) for dutch, names in rows(FIELD_WORDS)}
    return [
        f"| {label} | {', '.join(f'`{name}`' for name in sorted(names))} |"
        for label, names in sorted(field_words().items())
        if known.get(label) != names
    ]


def idle_field_words() -> list[str]:
    """List the words in the second table that no field carries any more."""
    used = field_words()
    return [dutch for dutch, _names in rows(FIELD_WORDS) if dutch not in used]


def updated(text: str) -> str:
    """Return the glossary with the missing terms added and the words of fields as they are in the code."""
    head, _, rest = text.partition(f"{FIELD_WORDS}\n")
    lines, _, tail = rest.partition("\n## ")
    introduction = [line for line in lines.splitlines() if not line.startswith("|")]
    table = ["| Label | Naam in de code |", "|---|---|"]
    for label, names in sorted(field_words().items(), key=lambda pair: pair[0].lower()):
        table.append(f"| {label} | {', '.join(f'`{name}`' for name in sorted(names))} |")
    terms = "".join(f"{row}\n" for row in missing_terms())
    words = "\n".join([*introduction, *table]).strip("\n")
    return f"{head.rstrip()}\n{terms}\n{FIELD_WORDS}\n\n{words}\n\n## {tail}"


def main() -> None:
    """Compare docs/glossary.md with the code."""
    import os

    import django

    parser = argparse.ArgumentParser(description=main.__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--missing", action="store_true", help="print the missing rows")
    what.add_argument("--update", action="store_true", help="write the missing rows")
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regietafel.host.settings")
    django.setup()
    if chosen.update:
        GLOSSARY.write_text(updated(GLOSSARY.read_text(encoding="utf-8")), encoding="utf-8")
        return
    for heading, found in ((TERMS, missing_terms()), (FIELD_WORDS, missing_field_words())):
        print(heading, *found, "", sep="\n")
    print("Leave out:", *idle_field_words(), sep="\n")


if __name__ == "__main__":
    main()
