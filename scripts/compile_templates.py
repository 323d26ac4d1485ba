"""Compile every template of the product, so that a typing error in one is found before its page is opened."""

import sys
from pathlib import Path

import django
from django.conf import settings
from django.template import TemplateSyntaxError
from django.template.loader import get_template


def template_names() -> list[str]:
    """Name every file in a templates folder of the product, the way Django looks it up."""
    package = Path(settings.PACKAGE)
    folders = package.glob("*/templates")
    return sorted(
        path.relative_to(folder).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    )


def main() -> int:
    """Compile all; list those that do not."""
    django.setup()
    names = template_names()
    broken = []
    for name in names:
        try:
            get_template(name)
        except (TemplateSyntaxError, UnicodeDecodeError) as error:
            broken.append(f"{name}: {error}")
    print("\n".join(broken) or f"{len(names)} sjablonen in orde")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
