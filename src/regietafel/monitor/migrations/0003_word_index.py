from typing import Any

from django.db import migrations

from regietafel.monitor.adapters.word_index import drop_index
from regietafel.monitor.services.indexing import rebuild_index


def build(apps: Any, schema_editor: Any) -> None:
    rebuild_index(apps.get_model("monitor", "Message"))


def drop(apps: Any, schema_editor: Any) -> None:
    drop_index()


class Migration(migrations.Migration):
    dependencies = [("monitor", "0002_question_language")]

    operations = [migrations.RunPython(build, drop)]
