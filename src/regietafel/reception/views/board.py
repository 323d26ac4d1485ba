"""The board of a region, one municipality of it, and the workbook for the administrators' meeting."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.downloads import download
from regietafel.kit.navigation import panels_of
from regietafel.kit.pages import Action, Header
from regietafel.reception.forms.board import BoardForm
from regietafel.reception.selectors.access import points_of, visible_assignments
from regietafel.reception.selectors.board import Board, Line, Question, board_of, unshared_lines
from regietafel.reception.selectors.board_shown import as_context, sentence
from regietafel.reception.selectors.municipality import municipality_of
from regietafel.reception.selectors.workbook import sheets_of
from regietafel.reception.views.regions import RegionPage


class BoardQuestion(RegionPage):
    """A page for which people choose a day, a moment of knowing, and private places or not."""

    form: BoardForm

    def question(self) -> Question:
        """Read what was chosen; what cannot be read is told at its field and counts as not chosen."""
        point = self.the_region.point
        rows = visible_assignments(self.request.user).filter(organisation=point, ended_on__isnull=True)
        assignments = list(rows)
        self.form = BoardForm(self.request.GET.dict(), assignments=assignments)
        return self.form.question()

    def link(self, **changed: Any) -> str:
        """Return the address of this page with another choice."""
        kept = {name: value for name, value in self.request.GET.items() if value and name in _NAMES}
        return "?" + urlencode(kept | {name: str(value) for name, value in changed.items()})

    def days(self, day: date) -> dict[str, str]:
        """Return the addresses of the day before and after, and of today."""
        return {
            "previous_url": self.link(dag=day - timedelta(days=1)),
            "next_url": self.link(dag=day + timedelta(days=1)),
            "today_url": self.link(dag=timezone.localdate()),
            "then_url": self.link(bekend=day),
        }


_NAMES = ("dag", "bekend", "particulier", "sinds", "periode", "opdracht", "regio")


class BoardPage(BoardQuestion):
    """What was asked, what is there, what is planned."""

    template_name = "reception/board.html"
    title = _("Opvang in de regio")
    board: Board

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.region is None:
            return self.without_region()
        self.board = board_of(self.region, self.question())
        return self.show()

    def header(self) -> Header:
        return Header(_("Opvang in de regio"), "", (), self.actions() if self.region else ())

    def actions(self) -> tuple[Action, ...]:
        query = self.request.GET.urlencode()
        address = reverse("reception-workbook") + (f"?{query}" if query else "")
        found: tuple[Action, ...] = (Action(_("XLSX voor het overleg"), address),)
        if points_of(self.request.user).exists():
            found += (Action(_("Plaatsing voorstellen"), reverse("proposal-create"), primary=True),)
        return found

    def context(self) -> dict[str, Any]:
        question, board = self.board.question, self.board
        panels = panels_of("reception-board", user=self.request.user, subject=board)
        return (
            super().context()
            | as_context(board, is_narrow=not panels)
            | self.days(question.day)
            | {
                "form": self.form,
                "sentence": sentence(question, private_usable=board.private_usable),
                "own": unshared_lines(self.request.user, board),
                "panels": panels,
            }
        )


class MunicipalityPage(BoardQuestion):
    """One municipality: its locations with a ribbon, its part of each assignment, its contracts."""

    template_name = "reception/municipality.html"
    board: Board
    line: Line

    def prepare(self) -> None:
        super().prepare()
        code = self.kwargs["code"]
        for region in self.regions:
            for area in region.municipalities:
                if area.code == code:
                    self.region, self.area = region, area
                    return
        raise Http404

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.board = board_of(self.the_region, self.question())
        return self.show()

    def header(self) -> Header:
        crumbs = ((_("Opvang"), reverse("reception")), (self.area.name, None))
        told = _("Opvang in %(name)s, stand van %(day)s") % {
            "name": self.area.name,
            "day": dutch.date(self.board.question.day),
        }
        return Header(self.area.name, told, crumbs)

    def context(self) -> dict[str, Any]:
        question = self.board.question
        told = municipality_of(self.request.user, self.board, area=self.area)
        return (
            super().context()
            | self.days(question.day)
            | {
                "form": self.form,
                "sentence": sentence(question, private_usable=told.private_usable),
                "told": told,
                "board": self.board,
                "line": told.line,
                "area": self.area,
            }
        )


class Workbook(BoardQuestion):
    """The board as a workbook for the meeting of administrators."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.region is None:
            raise Http404
        from regietafel.kit.documents.xlsx import write_workbook  # half a second that only workbooks need

        board = board_of(self.region, self.question())
        name = f"opvang-{self.region.area.name}-{board.question.day.isoformat()}"
        return download(write_workbook(*sheets_of(board)), name=name, kind="xlsx")


urlpatterns = [
    path("opvang", BoardPage.as_view(), name="reception"),
    path("opvang/overzicht", Workbook.as_view(), name="reception-workbook"),
    path("opvang/gemeenten/<str:code>", MunicipalityPage.as_view(), name="reception-municipality"),
]
