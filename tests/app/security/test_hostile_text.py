"""Text of others is never markup, never an address to somewhere else, and never a formula."""

import csv
import io
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import openpyxl
import pytest
from django.db import models, transaction
from django.test import Client

from regietafel.kit.documents.formulas import is_risky
from tests.app.isolation import walking
from tests.app.isolation.world import World

MARK = "boos()"
ATTACKS = (
    f"<script>{MARK}</script>",
    f"\"'><img src=x onerror={MARK}>",
    f"</textarea></title><svg onload={MARK}>",
    f"javascript:{MARK}",
    f"{{{{7*7}}}}kwadraat{{% now %}}{MARK}",
    f"]]>--></script><b onclick={MARK}>",
)
FORMULAS = ("=1+1", "+1+1", "@SUM(1)", "-1+1", "\t=1+1", "\uff1d1+1", " \u200b=1+1")
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "hx-get", "hx-post", "xlink:href"}
SCHEMES = {"", "http", "https", "mailto"}
# Not text of people; another value would log them out.
NOT_FREE = {"register.User.password"}


def poison(world: World, text: str) -> int:
    """Put a text in every free text field of the own organisation, as an importer or a program could."""
    filled = 0
    for label, found in world.own.objects.items():
        values = {
            field.name: text[: field.max_length or None]
            for field in found._meta.fields
            if isinstance(field, models.CharField | models.TextField)
            and not (
                field.choices or field.primary_key or field.unique or isinstance(field, models.FileField)
            )
            and f"{label}.{field.name}" not in NOT_FREE
        }
        if values:
            type(found)._base_manager.filter(pk=found.pk).update(**values)
            filled += len(values)
    return filled


class Markup(HTMLParser):
    """Collects what a text may never become: elements, attributes with script, and strange addresses."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.in_script = tag == "script" and given.get("type") != "application/json"
        self.found += [f"<{tag} {name}>" for name in given if name.startswith("on")]
        if given.get("src") == "x":
            self.found.append(f"<{tag} src=x>")
        for name in ADDRESSES & given.keys():
            if urlsplit(given[name].strip()).scheme.lower() not in SCHEMES:
                self.found.append(f"<{tag} {name}={given[name]!r}>")

    def handle_endtag(self, tag: str) -> None:
        self.in_script = False

    def handle_data(self, data: str) -> None:
        if self.in_script and MARK in data:
            self.found.append("text inside a script")
        if "49kwadraat" in data:
            self.found.append("text run as a template")


def pages(client: Client, world: World) -> Iterator[tuple[str, str]]:
    """Yield every page, and every form sent empty; whatever that stores is rolled back."""
    for address in walking.addresses():
        for path in walking.paths(address, world.own) if address.name != "logout" else ():
            for send in (client.get, client.post):
                with transaction.atomic():
                    response = send(path)
                    transaction.set_rollback(True)
                if (
                    response.headers.get("Content-Type", "").startswith("text/html")
                    and not response.streaming
                ):
                    yield f"{send.__name__} {path}", response.content.decode()


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_of_others_is_never_markup(world: World, adviser: Client, attack: str) -> None:
    assert poison(world, attack) > 40
    found, showing = [], 0
    for path, content in pages(adviser, world):
        reader = Markup()
        reader.feed(content)
        showing += MARK in content
        found += [f"{path}: {what}" for what in reader.found]
    assert not found, "\n".join(found)
    assert showing > 10, "the text hardly shows, so little was tried"


def exports(client: Client) -> Iterator[str]:
    for address in walking.addresses():
        if not address.parameters and address.name != "logout":
            for kind in ("csv", "xlsx"):
                yield f"/{address.route}?uit={kind}"


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_export_carries_a_formula(world: World, adviser: Client, formula: str) -> None:
    poison(world, formula)
    read = 0
    for path in exports(adviser):
        response = adviser.get(path)
        kind = response.headers.get("Content-Type", "")
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if kind.startswith("text/csv"):
            cells = [
                cell
                for row in csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";")
                for cell in row
            ]
            risky = [cell for cell in cells if is_risky(cell) and not cell.startswith("'")]
        elif "spreadsheetml" in kind:
            book = openpyxl.load_workbook(io.BytesIO(body))
            every = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
            cells = [str(cell.value) for cell in every]
            risky = [cell.value for cell in every if cell.data_type == "f"]
        else:
            continue
        assert not risky, f"{path}: {risky[:3]}"
        read += any(formula.strip() in cell for cell in cells)
    assert read >= 2, "no export showed the text, so nothing was tried"


QUERIES = (
    "q", "zoek", "met", "sorteer", "pagina", "van", "soort", "fase", "bron", "next", "organisatie", "dossier",
)  # fmt: skip
ODD = ("%00", "%ED%A0%80", "'%22--;", "9" * 40)


@pytest.mark.parametrize("odd", ODD)
def test_odd_words_in_the_query_of_any_page_break_nothing(world: World, adviser: Client, odd: str) -> None:
    broken = []
    for address in walking.addresses():
        if address.parameters or address.name == "logout":
            continue
        for path in walking.paths(address, world.own):
            for name in QUERIES:
                answer = adviser.get(f"{path}?{name}={odd}")
                if answer.status_code >= 500:
                    broken.append(f"{path}?{name}: {answer.status_code}")
    assert not broken, "\n".join(broken)
