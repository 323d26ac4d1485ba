"""List pages: a page names queryset, columns and filters; searching, sorting, paging and export follow."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import SuspiciousOperation
from django.core.paginator import Page, Paginator
from django.db.models import F, OrderBy, Q, QuerySet
from django.http import QueryDict

PER_PAGE = 50


@dataclass(frozen=True)
class Column:
    """One column: what it shows, how it sorts, and how it leaves in an export.

    Attributes:
        name: key in the address and the export, kebab-case Dutch.
        label: the head of the column, with the unit where there is one.
        value: attribute path, or a function of the row; None is shown as "onbekend" when numeric, else empty.
        sort: ORM fields that sort this column; empty means it cannot be sorted.
        numeric: right-aligned, tabular figures.
        badge: function giving the kind of badge (`ok`, `let-op`, `fout`, `info`, `neutraal`) or None.
        key_fact: one of the few facts that stay on a phone.
    """

    name: str
    label: Any
    value: str | Callable[[Any], Any]
    sort: tuple[str, ...] = ()
    numeric: bool = False
    badge: Callable[[Any], str | None] | None = None
    key_fact: bool = False

    def read(self, row: Any) -> Any:
        """Return the plain value for one row."""
        if callable(self.value):
            return self.value(row)
        found = row
        for part in self.value.split("."):
            found = getattr(found, part, None)
            found = found() if callable(found) else found
        return found


@dataclass(frozen=True)
class Filter:
    """One choice above the table: its options for this user and what choosing one does."""

    name: str
    label: Any
    choices: Callable[[Any], Iterable[tuple[Any, Any]]]
    lookup: str | Callable[[QuerySet[Any], str], QuerySet[Any]]
    empty_label: str = "alle"

    def apply(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep the rows that answer the choice."""
        return self.lookup(rows, value) if callable(self.lookup) else rows.filter(**{self.lookup: value})


@dataclass(frozen=True)
class ListSpec:
    """Everything a list page says about itself; `fold` writes the question as the searched fields are."""

    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    search: tuple[str, ...] = ()
    default_sort: str = ""
    export_name: str = ""
    per_page: int = PER_PAGE
    fold: Callable[[str], str] = str


@dataclass(frozen=True)
class Cell:
    """One value in one row, ready for the template."""

    value: Any
    column: Column
    badge: str | None = None


@dataclass(frozen=True)
class Row:
    """One line of the table; it opens `url` when there is one."""

    cells: tuple[Cell, ...]
    url: str | None
    subject: Any = None


@dataclass(frozen=True)
class Head:
    """The head of one column with the address that sorts by it."""

    column: Column
    sort_url: str | None
    direction: str | None


@dataclass(frozen=True)
class Choice:
    """A filter with its options, the chosen one marked."""

    name: str
    label: str
    empty_label: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Listing:
    """A list page as the template shows it."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    page: Page[Any]
    choices: tuple[Choice, ...]
    query: str
    searchable: bool
    is_filtered: bool
    previous_url: str | None
    next_url: str | None
    export_urls: dict[str, str] = field(default_factory=dict)
    total: int = 0


def listing(
    spec: ListSpec, rows: QuerySet[Any], *, params: QueryDict, user: Any, url_of: Callable[[Any], str | None]
) -> Listing:
    """Return what the list page shows for these parameters; names we do not know are left aside."""
    params = _known(spec, params)
    choices = _choices(spec, params, user=user)
    kept = select(spec, rows, params=params, user=user)
    page = Paginator(kept, spec.per_page).get_page(params.get("pagina"))
    return Listing(
        heads=_heads(spec, params),
        rows=tuple(_row(spec, subject, url=url_of(subject)) for subject in page.object_list),
        page=page,
        choices=choices,
        query=params.get("zoek", ""),
        searchable=bool(spec.search),
        is_filtered=any(params.get(name) for name in ("zoek", *(f.name for f in spec.filters))),
        previous_url=_with(params, pagina=page.previous_page_number()) if page.has_previous() else None,
        next_url=_with(params, pagina=page.next_page_number()) if page.has_next() else None,
        export_urls={kind: _with(params, uit=kind) for kind in ("csv", "xlsx")} if spec.export_name else {},
        total=page.paginator.count,
    )


def select(spec: ListSpec, rows: QuerySet[Any], *, params: QueryDict, user: Any) -> QuerySet[Any]:
    """Return the rows that answer search and filters, sorted; the same for the page and for exports."""
    words = spec.fold(params.get("zoek", "").replace("\x00", "")).split()[:10]
    for word in words if spec.search else ():
        rule = Q()
        for path in spec.search:
            rule |= Q(**{f"{path}__icontains": word})
        rows = rows.filter(rule)
    for one in spec.filters:
        value = params.get(one.name, "")
        if value:
            _refuse_unoffered(one, value, user=user)
            rows = one.apply(rows, value)
    return rows.order_by(*_order(spec, params), "pk")


def export_rows(spec: ListSpec, rows: Iterable[Any]) -> Iterable[list[Any]]:
    """Return the plain values of every row, in the order of the columns."""
    return ([column.read(row) for column in spec.columns] for row in rows)


def _known(spec: ListSpec, params: QueryDict) -> QueryDict:
    """Leave out what others hang on an address, such as where a reader came from."""
    names = {"zoek", "sorteer", "pagina", "uit", *(f.name for f in spec.filters)}
    kept = params.copy()
    for name in set(params) - names:
        del kept[name]
    return kept


def _refuse_unoffered(one: Filter, value: str, *, user: Any) -> None:
    if value not in {str(offered) for offered, _ in one.choices(user)}:
        raise SuspiciousOperation("onbekende filterwaarde")


def _order(spec: ListSpec, params: QueryDict) -> Sequence[str | OrderBy]:
    """Return what to sort on; what is unknown comes last on every database, whichever way is asked."""
    asked = params.get("sorteer") or spec.default_sort
    descending, name = asked.startswith("-"), asked.lstrip("-")
    fields = next((c.sort for c in spec.columns if c.name == name and c.sort), None)
    if fields is None:
        if params.get("sorteer"):
            raise SuspiciousOperation("onbekende sortering")
        return ()
    falling = [(path.lstrip("-"), path.startswith("-") != descending) for path in fields]
    if not params.get("sorteer"):
        return [f"-{path}" if is_falling else path for path, is_falling in falling]
    return [
        F(path).desc(nulls_last=True) if is_falling else F(path).asc(nulls_last=True)
        for path, is_falling in falling
    ]


def _heads(spec: ListSpec, params: QueryDict) -> tuple[Head, ...]:
    asked = params.get("sorteer") or spec.default_sort
    heads = []
    for column in spec.columns:
        direction = {column.name: "oplopend", f"-{column.name}": "aflopend"}.get(asked)
        turned = f"-{column.name}" if direction == "oplopend" else column.name
        heads.append(Head(column, _with(params, sorteer=turned) if column.sort else None, direction))
    return tuple(heads)


def _row(spec: ListSpec, subject: Any, *, url: str | None) -> Row:
    cells = tuple(Cell(c.read(subject), c, c.badge(subject) if c.badge else None) for c in spec.columns)
    return Row(cells, url, subject)


def _choices(spec: ListSpec, params: QueryDict, *, user: Any) -> tuple[Choice, ...]:
    found = []
    for one in spec.filters:
        chosen = params.get(one.name, "")
        options = tuple((str(v), str(label), str(v) == chosen) for v, label in one.choices(user))
        found.append(Choice(one.name, str(one.label), one.empty_label, options))
    return tuple(found)


def _with(params: QueryDict, **changed: Any) -> str:
    kept = {key: value for key, value in params.items() if value and key not in {"pagina", "uit"}}
    return "?" + urlencode(kept | {key: str(value) for key, value in changed.items()})
