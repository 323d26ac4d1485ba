"""Write the generated pages of docs/naslag anew: `PYTHONPATH=src python -m scripts.reference`."""

import os

import django

from scripts.reference import FOLDER, PAGES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regietafel.host.settings")
django.setup()
for name, page in PAGES.items():
    (FOLDER / name).write_text(page(), encoding="utf-8")
    print(FOLDER / name)
