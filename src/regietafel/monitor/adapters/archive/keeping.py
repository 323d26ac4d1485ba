"""What is kept while an archive is being asked: one small file per finished row group, then all as one."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from regietafel.monitor.adapters.archive.files import Archive, Group


@dataclass(frozen=True, slots=True)
class Answered:
    """One row group that was asked: per hit its id and its questions, and the rows that cannot be read."""

    group: Group
    hits: tuple[tuple[str, tuple[str, ...]], ...]
    errors: tuple[dict[str, Any], ...]


class Kept:
    """A folder for one search, known by its fingerprint; what another search left there is thrown away."""

    def __init__(self, folder: Path, *, fingerprint: str) -> None:
        self._folder = folder / fingerprint[:16]
        if folder.exists():
            for other in folder.iterdir():
                if other != self._folder:
                    shutil.rmtree(other, ignore_errors=True)
        self._folder.mkdir(parents=True, exist_ok=True)

    def has(self, group: Group) -> bool:
        """Tell whether a row group was finished."""
        return self._path(group).exists()

    def keep(self, answered: Answered) -> None:
        """Keep a row group; the file is there whole or not at all."""
        path = self._path(answered.group)
        draft = path.with_suffix(".deel")
        draft.write_text(
            json.dumps({"treffers": answered.hits, "fouten": answered.errors}, ensure_ascii=False),
            encoding="utf-8",
        )
        draft.replace(path)

    def gather(self, archive: Archive, out: TextIO | None) -> tuple[Counter[str], int, list[dict[str, Any]]]:
        """Write all hits in the order of the files; give hits per question, messages hit, and errors."""
        per_question: Counter[str] = Counter()
        hits, errors = 0, list(archive.errors)
        for group in archive.groups:
            part = json.loads(self._path(group).read_text(encoding="utf-8"))
            errors += part["fouten"]
            name = archive.files[group.file].name
            for row_id, questions in part["treffers"]:
                hits += 1
                per_question.update(questions)
                if out is not None:
                    line = {"id": row_id, "vragen": questions, "bestand": name}
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
        return per_question, hits, errors

    def leave(self) -> None:
        """Leave what was finished for a next time; when that is nothing, leave nothing."""
        with suppress(OSError):  # not empty: that is what is left
            self._folder.rmdir()
            self._folder.parent.rmdir()

    def forget(self) -> None:
        """Throw away what was kept."""
        shutil.rmtree(self._folder.parent, ignore_errors=True)

    def _path(self, group: Group) -> Path:
        return self._folder / f"{group.file:06}-{group.number:06}.json"
