"""Groups: the list, one group, a new one, and finding it a place."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kernel import dutch
from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.pages import Action, DetailPage, Empty, FormPage, Header, ListPage
from regietafel.reception.forms.booking import BookingForm, Nights
from regietafel.reception.forms.groups import NEEDS, GroupForm, NewGroupForm
from regietafel.reception.models import Booking, Group, PlaceKind
from regietafel.reception.selectors.access import points_of
from regietafel.reception.selectors.groups import by_place, groups_of, lines_of_group
from regietafel.reception.selectors.suiting import Suiting, suiting_for
from regietafel.reception.services.booking import Wanted, book
from regietafel.reception.services.groups import change_group, create_group
from regietafel.reception.views.keeping import CoordinatingPage, GroupPage, person

PLACES = (
    ("zonder", _("zonder plek")),
    ("gereserveerd", _("gereserveerd")),
    ("met", _("met een plek")),
    ("vertrokken", _("vertrokken")),
)


def _place(group: Any) -> str:
    if group.has_left:
        return _("vertrokken")
    if group.has_place:
        return _("met een plek")
    return _("gereserveerd") if group.has_hold else _("zonder plek")


def _tone(group: Any) -> str:
    if group.has_left:
        return "neutraal"
    return "ok" if group.has_place else "info" if group.has_hold else "let-op"


def _needs(group: Group) -> str:
    words = dict(NEEDS)
    told = [str(words.get(one, one)) for one in group.needs]
    if group.accessible:
        told.append(
            dutch.counted(group.accessible, one="toegankelijke plaats", many="toegankelijke plaatsen")
        )
    if group.care:
        told.append(dutch.counted(group.care, one="zorgplaats", many="zorgplaatsen"))
    return ", ".join(told)


class Groups(ListPage):
    """Every group a person may read, with and without a place."""

    tab_set = "reception"
    spec = ListSpec(
        columns=(
            Column("code", _("Groep"), "code", sort=("code",), key_fact=True),
            Column("personen", _("Personen"), "people", sort=("people",), numeric=True, key_fact=True),
            Column("plek", _("Plek"), _place, badge=_tone, key_fact=True),
            Column("komt", _("Komt op"), "arrives_on", sort=("arrives_on", "code"), key_fact=True),
            Column("uiterlijk", _("Uiterlijk een plek op"), lambda group: group.latest_on or "",
                   sort=("latest_on",)),
            Column("nodig", _("Nodig"), _needs),
            Column("urgentie", _("Urgentie"), "urgency", sort=("urgency",), numeric=True),
            Column("herkomst", _("Bus of herkomstlocatie"), "origin", sort=("origin",)),
            Column("hoort-bij", _("Hoort bij"), "link", sort=("link",)),
        ),
        filters=(Filter("plek", _("Plek"), lambda _user: PLACES, by_place),),
        search=("code", "origin", "link"),
        default_sort="komt",
        export_name="groepen",
    )  # fmt: skip

    def header(self) -> Header:
        crumbs = ((_("Opvang"), reverse("reception")), (_("Groepen"), None))
        purpose = _("Wie een plek zoekt of heeft: een code, hoeveel mensen en wat zij nodig hebben.")
        return Header(_("Groepen"), purpose, crumbs, self._actions())

    def _actions(self) -> tuple[Action, ...]:
        if not points_of(self.request.user).exists():
            return ()
        return (Action(_("Nieuwe groep"), reverse("reception-group-create"), primary=True),)

    def rows(self) -> QuerySet[Group]:
        return groups_of(self.request.user)

    def url_of(self, subject: Group) -> str:
        return reverse("reception-group", args=[subject.pk])

    def empty(self) -> Empty:
        return Empty(
            _("Er is geen groep die u mag zien."),
            _("Een groep is een code met een aantal mensen. Na vertrek wist het systeem de groep vanzelf."),
            next(iter(self._actions()), None),
        )


class GroupOverview(GroupPage, DetailPage):
    """One group: what it needs, where it is promised a place, and where it was."""

    template_name = "reception/group.html"

    def actions(self) -> tuple[Action, ...]:
        if not self.may_change:
            return ()
        pk = [self.group.pk]
        return (
            Action(_("Wijzig"), reverse("reception-group-edit", args=pk)),
            Action(_("Zoek een plek"), reverse("reception-group-book", args=pk), primary=True),
        )

    def context(self) -> dict[str, Any]:
        row = groups_of(self.request.user).get(pk=self.group.pk)
        kinds = dict(PlaceKind.choices)
        return {
            "group": row,
            "place": _place(row),
            "tone": _tone(row),
            "needs": _needs(row),
            "kinds": [kinds.get(one, one) for one in row.kinds],
            "lines": lines_of_group(self.request.user, row),
        }


class NewGroup(FormPage):
    """Write down a group."""

    form_class = NewGroupForm
    submit_label = gettext_lazy("Maak de groep")

    def allowed(self) -> bool:
        return points_of(self.request.user).exists()

    def header(self) -> Header:
        crumbs = (
            (_("Opvang"), reverse("reception")),
            (_("Groepen"), reverse("reception-groups")),
            (_("Nieuwe groep"), None),
        )
        purpose = _("Schrijf niets op waaraan iemand te herkennen is: geen naam en geen geboortedatum.")
        return Header(_("Nieuwe groep"), purpose, crumbs)

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user, "initial": {"arrives_on": timezone.localdate()}}

    def save(self, form: NewGroupForm) -> str:
        values = dict(form.cleaned_data)
        made = create_group(organisation=values.pop("organisation"), by=person(self.request), **values)
        return reverse("reception-group", args=[made.pk])


class EditGroup(CoordinatingPage, FormPage):
    """Change what is known of a group."""

    form_class = GroupForm
    step = gettext_lazy("Wijzig de groep")

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user, "initial": GroupForm.initial_of(self.group)}

    def save(self, form: GroupForm) -> str:
        values = dict(form.cleaned_data)
        if not values["code"]:
            del values["code"]
        change_group(group=self.group, by=person(self.request), **values)
        return self.back_url()


class BookGroup(CoordinatingPage, FormPage):
    """Choose a place for a group from all where it can be, by the rules of the proposal."""

    suiting: Suiting
    form_class = BookingForm
    step = gettext_lazy("Zoek een plek")
    template_name = "reception/book_group.html"
    submit_label = gettext_lazy("Boek")

    def form_arguments(self) -> dict[str, Any]:
        first = max(self.group.arrives_on, timezone.localdate())
        self.suiting = suiting_for(self.request.user, self.group, first=first)
        initial = {
            "kind": Booking.Kind.RESERVATION,
            "from_on": first,
            "until_on": self.group.leaves_on,
            "people": self.group.people,
            "origin": self.group.origin,
        }
        rooms = self.suiting.rooms
        return {
            "user": self.request.user,
            "rooms": rooms,
            "nights": Nights(first, self.group.leaves_on),
            "group": self.group,
            "initial": initial,
        }

    def context(self) -> dict[str, Any]:
        return {"group": self.group, "needs": _needs(self.group), "others": self.suiting.others}

    def save(self, form: BookingForm) -> str:
        book(wanted=Wanted(**form.told()), by=person(self.request))
        return self.back_url()

    def success_message(self) -> str:
        return _("Geboekt.")


_ONE = "opvang/groepen/<int:pk>"
urlpatterns = [
    path("opvang/groepen", Groups.as_view(), name="reception-groups"),
    path("opvang/groepen/nieuw", NewGroup.as_view(), name="reception-group-create"),
    path(_ONE, GroupOverview.as_view(), name="reception-group"),
    path(f"{_ONE}/wijzigen", EditGroup.as_view(), name="reception-group-edit"),
    path(f"{_ONE}/boeken", BookGroup.as_view(), name="reception-group-book"),
]
