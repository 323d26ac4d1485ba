"""Log rows can be added but not changed or deleted, on both databases."""

from typing import Any

from django.db import migrations

from regietafel.kit import append_only


def _install(apps: Any, schema_editor: Any) -> None:
    append_only.install(schema_editor.connection)


def _remove(apps: Any, schema_editor: Any) -> None:
    append_only.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial")]
    operations = [migrations.RunPython(_install, _remove)]
