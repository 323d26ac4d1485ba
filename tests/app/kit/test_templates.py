"""What users see of the shared pages: Dutch, words beside colours, and safe whatever the data holds."""

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory

import regietafel.kit
from regietafel.kit.lists import Cell, Choice, Column, Head, Listing, Row
from regietafel.kit.pages import Action, Empty, Header

pytestmark = pytest.mark.urls(__name__)
urlpatterns: list[Any] = []

HOSTILE = '<script>alert(1)</script>" onmouseover="x'
VOID = {
    "area",
    "br",
    "col",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "path",
    "rect",
    "circle",
    "polyline",
}


class Balance(HTMLParser):
    """Reads a page and notes every element that is not closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def is_balanced(page: str) -> bool:
    reader = Balance()
    reader.feed(page)
    return not reader.wrong and not reader.open


def draw(source: str, **values: Any) -> str:
    return Template("{% load regietafel %}" + source).render(Context(values))


def show(name: str, **values: Any) -> str:
    request = RequestFactory().get("/")
    values.setdefault("page", Header("Titel"))
    return render_to_string(name, values, request=request)


class Enrolment(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals op de brief.")
    note = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea)
    confidentiality = forms.ChoiceField(
        label="Vertrouwelijkheid", choices=[("o", "openbaar")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="Ik ga akkoord")
    attachment = forms.FileField(label="Bijlage", required=False, help_text="PDF, hoogstens 20 MB.")


def listing(rows: int, *, total: int | None = None, query: str = "") -> Listing:
    columns = (Column("naam", "Naam", "x"), Column("aantal", "Aantal", "x", numeric=True, key_fact=True))
    cells = (Cell(HOSTILE, columns[0]), Cell(None, columns[1]))
    return Listing(
        heads=(Head(columns[0], "?sorteer=-naam", "oplopend"), Head(columns[1], None, None)),
        rows=tuple(Row(cells, "/dossiers/1") for _ in range(rows)),
        page=Paginator(range(120), 50).page(2),
        choices=(Choice("fase", "Fase", "alle", (("1", "Verkennen", True),)),),
        query=query,
        searchable=True,
        is_filtered=bool(query),
        previous_url="?pagina=1",
        next_url="?pagina=3",
        export_urls={"csv": "?uit=csv"},
        total=rows if total is None else total,
    )


ERROR_PAGES = sorted(path.name for path in Path(regietafel.kit.__file__).parent.glob("templates/*.html"))


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_needs_nothing_and_shows_a_way_on(name: str) -> None:
    page = render_to_string(name)
    assert 'lang="nl"' in page
    assert 'href="/"' in page
    assert is_balanced(page)
    assert not re.search(r"traceback|exception|debug|django", page, re.IGNORECASE)


def test_the_server_error_page_works_when_nothing_else_does(settings: Any) -> None:
    settings.TEMPLATES = [
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [], "APP_DIRS": True}
    ]
    assert "Er ging iets mis bij ons" in render_to_string("500.html")


def test_a_page_has_one_title_a_path_and_its_actions() -> None:
    header = Header(
        title="Opvang Havezatheweg",
        purpose="Waar het om gaat.",
        breadcrumbs=(("Dossiers", "/dossiers"), ("Opvang Havezatheweg", None)),
        actions=(Action("Bewerken", "/x"), Action("Afsluiten", "/y", primary=True, method="post")),
    )
    page = show("kit/detail.html", page=header)
    assert page.count("<h1>") == 1
    assert is_balanced(page)
    assert '<span aria-current="page">Opvang Havezatheweg</span>' in page
    assert re.search(r'<form method="post" action="/y">.*?type="submit"[^>]*>Afsluiten', page, re.DOTALL)
    assert '<a class="utrecht-button utrecht-button--secondary-action" href="/x">Bewerken</a>' in page


def test_a_page_cannot_be_broken_open_by_what_people_typed() -> None:
    header = Header(HOSTILE, HOSTILE, ((HOSTILE, "/x"),), (Action(HOSTILE, "/x"),))
    for name, extra in (
        ("kit/detail.html", {"facts": [(HOSTILE, HOSTILE)]}),
        ("kit/list.html", {"listing": listing(2, query=HOSTILE), "empty": Empty("Leeg")}),
        ("kit/form.html", {"form": Enrolment({"name": HOSTILE})}),
        ("kit/confirm.html", {"question": HOSTILE, "consequences": [HOSTILE]}),
    ):
        page = show(name, page=header, **extra)
        assert "<script>alert" not in page, name
        assert 'onmouseover="x' not in page.replace("&quot; onmouseover=&quot;x", ""), name
        assert is_balanced(page), name


def test_a_list_says_how_many_there_are_and_where_one_is() -> None:
    page = show("kit/list.html", listing=listing(3, total=1200), empty=Empty("Leeg"))
    assert "1.200 resultaten" in page
    assert "bladzijde 2 van 3" in page
    assert 'aria-sort="ascending"' in page
    assert ">onbekend</td>" in page
    assert '<option value="1" selected>Verkennen</option>' in page


def test_an_empty_list_offers_the_first_step_and_a_search_without_result_does_not() -> None:
    empty = Empty("Nog geen dossiers", "Open er een.", Action("Dossier openen", "/dossiers/nieuw"))
    fresh = show("kit/list.html", listing=listing(0), empty=empty)
    assert "Dossier openen" in fresh
    assert "Zoek in deze lijst" not in fresh
    searched = show("kit/list.html", listing=listing(0, query="xyz"), empty=empty)
    assert "Niets gevonden" in searched
    assert "Dossier openen" not in searched


def test_every_error_stands_at_its_field_and_in_the_summary_with_a_link() -> None:
    form = Enrolment(QueryDict("name="))
    page = str(form)
    assert is_balanced(page)
    for name in ("name", "confidentiality", "agreed"):
        target = form[name].id_for_label or form[name].auto_id
        assert f'href="#{target}"' in page
        assert f'id="{target}"' in page
        assert f'id="id_{name}_error"' in page
    assert 'href="#id_note"' not in page
    control = re.search(r"<input[^>]*name=\"name\"[^>]*>", page)
    assert control is not None
    assert 'aria-invalid="true"' in control[0]
    assert 'aria-describedby="id_name_helptext id_name_error"' in control[0]


def test_every_control_has_a_label_a_legend_and_its_help() -> None:
    page = str(Enrolment())
    labels = set(re.findall(r'<label[^>]*for="([^"]+)"', page))
    controls = set(re.findall(r'<(?:input|textarea|select)[^>]*id="([^"]+)"', page))
    assert controls <= labels
    assert re.search(r"<legend[^>]*>Vertrouwelijkheid", page)
    attachment = re.search(r"<input[^>]*name=\"attachment\"[^>]*>", page)
    assert attachment is not None
    assert 'aria-describedby="id_attachment_helptext"' in attachment[0]
    assert 'role="alert"' not in page


def test_a_field_keeps_the_classes_its_form_gave() -> None:
    class Query(forms.Form):
        text = forms.CharField(widget=forms.Textarea(attrs={"class": "rt-input--code", "rows": 8}))

    assert 'class="utrecht-textarea rt-input--code"' in str(Query()["text"])


@pytest.mark.parametrize("kind", ["ok", "let-op", "fout", "info", "neutraal"])
def test_a_badge_carries_its_meaning_in_words(kind: str) -> None:
    assert "<span>2 dagen te laat</span>" in draw("{% badge kind '2 dagen te laat' %}", kind=kind)


def test_an_unknown_badge_or_icon_is_a_mistake_of_the_maker() -> None:
    with pytest.raises(TemplateSyntaxError):
        draw("{% badge 'paars' 'x' %}")
    with pytest.raises(TemplateSyntaxError):
        draw("{% icon '../../secret' %}")


def test_a_small_line_tells_the_same_in_words_and_leaves_gaps_open() -> None:
    drawn = draw("{% sparkline values 'Berichten' %}", values=[3, None, 12, 31])
    assert 'aria-label="Berichten: van 3 naar 31, hoogste 31, 4 punten"' in drawn
    assert drawn.count("<polyline") == 2
    assert "onbekend" in draw("{% sparkline values %}", values=[None, None])
    assert "nan" not in draw("{% sparkline values %}", values=[5, 5, 5])


def test_a_bar_never_leaves_its_frame() -> None:
    drawn = draw("{% bars 455 52 of=507 label='455 van 507' %}")
    widths = [float(width) for width in re.findall(r'width="([\d.]+)"', drawn)]
    assert widths == pytest.approx([89.74, 10.26], abs=0.01)
    assert sum(map(float, re.findall(r'width="([\d.]+)"', draw("{% bars 900 of=0 label='x' %}")))) == 0


def test_values_in_tables_are_written_the_dutch_way() -> None:
    values = [1200, 3.5, None, True, dt.date(2022, 4, 7), "tekst"]
    written = draw("{% for v in values %}{{ v|waarde }};{% endfor %}", values=values)
    assert written == "1.200;3,5;onbekend;ja;do 7 april 2022;tekst;"


def test_marked_words_cannot_break_a_page_open() -> None:
    found = draw("{{ pieces|gemarkeerd }}", pieces=((HOSTILE, False), (HOSTILE, True)))
    assert "<script" not in found
    assert found.count("<mark>") == found.count("</mark>") == 1


def test_the_table_behind_a_chart_shows_shares_and_unknowns() -> None:
    from regietafel.kit.documents.table import Column as Out
    from regietafel.kit.documents.table import Kind, Table

    table = Table(
        columns=(Out("Dag", Kind.DAY), Out("Berichten", Kind.NUMBER), Out("Aandeel", Kind.SHARE, 1)),
        rows=[(dt.date(2022, 4, 7), 1031, 0.021), (dt.date(2022, 4, 8), None, None)],
        title="Berichten per dag",
        source_note="Bron: 14 feeds.",
    )
    chart = SimpleNamespace(title="", svg="", description="", table=table, spec_json='{"a":"</script><b>"}')
    page = render_to_string("kit/components/chart.html", {"chart": chart})
    assert "1.031" in page
    assert "2,1\xa0%" in page
    assert page.count(">onbekend</td>") == 2
    assert page.count("</script>") == 1
    assert is_balanced(page)


def test_a_sentence_explains_its_words_without_leaving_the_page() -> None:
    drawn = draw("{% begrip 'BAO' uitleg %}", uitleg=HOSTILE)
    assert 'popovertarget="begrip-bao"' in drawn
    assert "<script>" not in drawn


def test_the_theme_of_an_organisation_is_loaded_last_and_named_on_the_page(settings: Any) -> None:
    settings.REGIETAFEL_THEMA = "esrade.css"
    page = show("kit/bare.html")
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert sheets[-1].endswith("/esrade.css")
    assert sheets[-2].endswith("/kit/theme/regietafel.css")
    assert re.search(r'<html lang="nl" class="[^"]*\besrade-theme"', page)
