"""What the documentation says: its pages, links, headings, commands and the JSON it shows."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
IN_LINE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
COMMENT = re.compile(r"\s+#\s.*$")


@dataclass(frozen=True)
class Command:
    """One line that a reader is told to type, and the JSON that the page shows as its answer."""

    page: str
    line: str
    shown: Any = None

    @property
    def words(self) -> list[str]:
        """Return what follows `./regie`, without the variables before it."""
        words = shlex.split(self.line)
        return words[words.index("./regie") + 1 :] if "./regie" in words else []


def pages() -> list[Path]:
    """List every page: those of docs and those beside the code."""
    return sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])


def name_of(page: Path) -> str:
    """Name a page as people write it."""
    return page.relative_to(REPOSITORY).as_posix()


def prose(page: Path) -> str:
    """Return a page without what stands in blocks."""
    return BLOCK.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    """List where a page leads to, inside the repository."""
    found = LINK.findall(IN_LINE.sub("", prose(page)))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    """List the places in a page that a link can point at."""
    return {anchor(heading) for heading in HEADING.findall(prose(page))}


def anchor(heading: str) -> str:
    """Turn a heading into its anchor, as code hosts do."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def commands() -> Iterator[Command]:
    """Yield every command of every page, in the order of reading."""
    for page in pages():
        blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
        for (language, text), (next_language, answer) in pairwise([*blocks, ("", "")]):
            lines = _lines(text) if language == "sh" else []
            shown = json.loads(answer) if lines and next_language == "json" else None
            for line in lines:
                is_last = line is lines[-1]
                yield Command(name_of(page), line, shown if is_last and "--json" in line else None)


def _lines(text: str) -> list[str]:
    """Join lines that go on, and leave out remarks."""
    joined = text.replace("\\\n", " ")
    return [line for raw in joined.splitlines() if (line := COMMENT.sub("", f" {raw}").strip())]


def options_named(page: Path) -> set[str]:
    """List the options that a page names in running text."""
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", " ".join(IN_LINE.findall(prose(page)))))


def ragged_rows(page: Path) -> list[str]:
    """List the rows of tables that have more or fewer cells than their head."""
    lines = prose(page).splitlines()
    ragged, cells = [], 0
    for before, line in pairwise(["", *lines]):
        if not line.startswith("|"):
            continue
        count = len(re.findall(r"(?<!\\)\|", line))
        cells = cells if before.startswith("|") else count
        if count != cells:
            ragged.append(line)
    return ragged


def labels_named(page: Path) -> set[str]:
    """List what a page says is on the screen: everything in bold, the steps of a path one by one."""
    bold = re.findall(r"\*\*(.+?)\*\*", IN_LINE.sub("", prose(page)), re.DOTALL)
    return {" ".join(step.split()).strip(" .") for label in bold for step in label.split(", ")}
