"""Bookings: reserve, place, note who leaves, change, take back, and what one line was before."""

from datetime import timedelta
from typing import Any

from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kernel import dutch
from regietafel.kit.pages import Action, DetailPage, FormPage
from regietafel.reception.forms.booking import (
    ArrivalForm,
    BookingForm,
    ChangeForm,
    DepartureForm,
    Nights,
    nights_of,
)
from regietafel.reception.forms.places import ReasonForm
from regietafel.reception.models import Booking
from regietafel.reception.selectors.groups import line_versions, lines_about
from regietafel.reception.selectors.locations import rooms_for
from regietafel.reception.services.booking import (
    Wanted,
    book,
    change_booking,
    depart,
    withdraw_booking,
)
from regietafel.reception.views.keeping import STEP, BookingPage, ChangingBookingPage, LocationPage, person

Kind = Booking.Kind


class NewBooking(LocationPage, FormPage):
    """Reserve or place at one location."""

    form_class = BookingForm
    step = gettext_lazy("Boeken")
    submit_label = gettext_lazy("Boek")

    def allowed(self) -> bool:
        return self.may_book

    def form_arguments(self) -> dict[str, Any]:
        today = timezone.localdate()
        nights = nights_of(self.request.POST, usual=Nights(today))
        rooms = rooms_for(self.request.user, first=nights.first, until=nights.until, location=self.location)
        initial = {"from_on": today, "kind": Kind.RESERVATION, "pool": rooms[0].pool.pk if rooms else None}
        return {
            "user": self.request.user,
            "rooms": rooms,
            "nights": nights,
            "location": self.location,
            "initial": initial,
        }

    def save(self, form: BookingForm) -> str:
        book(wanted=Wanted(**form.told()), by=person(self.request))
        return self.back_url()

    def success_message(self) -> str:
        return _("Geboekt.")


class BookingOverview(BookingPage, DetailPage):
    """One booking: what it says, what belongs to it, and what it said before."""

    template_name = "reception/booking.html"

    def actions(self) -> tuple[Action, ...]:
        if not self.may_change:
            return ()
        pk = [self.booking.pk]
        found = [
            Action(_("Trek in"), reverse("reception-booking-withdraw", args=pk)),
            Action(_("Wijzig"), reverse("reception-booking-edit", args=pk)),
        ]
        if self.booking.kind == Kind.DEPARTURE:
            return tuple(found)
        is_held = self.booking.kind == Kind.RESERVATION
        leave = _("Komt niet") if is_held else _("Vertrek")
        found.append(Action(leave, reverse("reception-booking-depart", args=pk), primary=not is_held))
        if is_held:
            found.append(Action(_("Plaats"), reverse("reception-booking-place", args=pk), primary=True))
        return tuple(found)

    def context(self) -> dict[str, Any]:
        user = self.request.user
        about = list(lines_about(user, self.booking))
        return {
            "booking": self.booking,
            "location": self.location,
            "about": about,
            "left": self.booking.people - sum(one.people for one in about),
            "versions": line_versions(user, self.booking),
            "has_lapsed": bool(self.booking.lapses_at and self.booking.lapses_at <= timezone.now()),
        }


class BookingStep(ChangingBookingPage, FormPage):
    """A step of one booking that goes back to the location."""

    def told(self) -> str:
        """Say which booking this is, and on which days."""
        last = self.booking.until_on - timedelta(days=1) if self.booking.until_on else None
        return f"{self.name()}, {dutch.period(self.booking.from_on, last)}"

    def left(self) -> int:
        """Return how many people of the booking have neither come elsewhere nor left."""
        about = lines_about(self.request.user, self.booking)
        return self.booking.people - sum(one.people for one in about)


class Place(BookingStep):
    """Place the people of a reservation, here or elsewhere."""

    form_class = ArrivalForm
    step = gettext_lazy("Plaats vanuit de reservering")
    submit_label = gettext_lazy("Plaats")

    def allowed(self) -> bool:
        return super().allowed() and self.booking.kind == Kind.RESERVATION

    def form_arguments(self) -> dict[str, Any]:
        first, until = max(self.booking.from_on, timezone.localdate()), self.booking.until_on
        usual = Nights(first, until if until and until > first else None)
        nights = nights_of(self.request.POST, usual=usual)
        rooms = rooms_for(self.request.user, first=nights.first, until=nights.until)
        initial = {
            "pool": self.booking.pool_id,
            "people": max(self.left(), 1),
            "from_on": self.booking.from_on,
            "until_on": usual.until,
        }
        return {"rooms": rooms, "nights": nights, "initial": initial}

    def save(self, form: ArrivalForm) -> str:
        wanted = Wanted(kind=Kind.PLACEMENT, group=None, of=self.booking, **form.told())
        made = book(wanted=wanted, by=person(self.request))
        return reverse("reception-location", args=[made.pool.location_id])

    def success_message(self) -> str:
        return _("Geplaatst.")


class Depart(BookingStep):
    """Note who leaves."""

    form_class = DepartureForm
    template_name = STEP

    @property
    def is_expected(self) -> bool:
        """Say whether these people had not come yet."""
        return self.booking.kind == Kind.RESERVATION

    @property
    def step(self) -> Any:
        """Return what the step is called: who did not come did not leave either."""
        return _("Komt niet") if self.is_expected else _("Vertrek")

    @property
    def submit_label(self) -> Any:
        """Return the word on the button."""
        return _("Noteer wie niet komt") if self.is_expected else _("Noteer het vertrek")

    def context(self) -> dict[str, Any]:
        people = dutch.counted(self.left(), one=_("persoon"), many=_("mensen"))
        words = _("Het gaat om %s. Is het een deel, vul dan een kleiner aantal in. Vanaf de dag die u kiest, "
                  "zijn hun plaatsen weer vrij.") % people  # fmt: skip
        return super().context() | {"about": self.told(), "explanation": words}

    def allowed(self) -> bool:
        return super().allowed() and self.booking.kind != Kind.DEPARTURE

    def form_arguments(self) -> dict[str, Any]:
        day = max(self.booking.from_on, timezone.localdate())
        initial = {"people": max(self.left(), 1), "on": day}
        return {"initial": initial, "is_expected": self.is_expected}

    def save(self, form: DepartureForm) -> str:
        depart(booking=self.booking, by=person(self.request), **form.cleaned_data)
        return self.back_url()

    def success_message(self) -> str:
        return _("Genoteerd: zij komen niet.") if self.is_expected else _("Het vertrek is genoteerd.")


class EditBooking(BookingStep):
    """Replace a booking by what is known now."""

    form_class = ChangeForm
    step = gettext_lazy("Wijzig de boeking")

    def form_arguments(self) -> dict[str, Any]:
        return {"booking": self.booking, "initial": ChangeForm.initial_of(self.booking)}

    def save(self, form: ChangeForm) -> str:
        made = change_booking(booking=self.booking, by=person(self.request), **form.told(self.booking))
        return reverse("reception-booking", args=[made.pk])


class WithdrawBooking(BookingStep):
    """Take back a booking that was wrong."""

    form_class = ReasonForm
    step = gettext_lazy("Trek de boeking in")
    submit_label = gettext_lazy("Trek in")
    template_name = STEP

    def context(self) -> dict[str, Any]:
        words = _("Alleen voor een vergissing. Vertrekt iemand, of komt iemand niet, noteer dan dat bij de "
                  "boeking. Wat er stond, blijft te zien in het journaal.")  # fmt: skip
        return super().context() | {"about": self.told(), "explanation": words}

    def save(self, form: ReasonForm) -> str:
        withdraw_booking(booking=self.booking, by=person(self.request), **form.cleaned_data)
        return self.back_url()

    def success_message(self) -> str:
        when = dutch.moment(timezone.now())
        return _("De boeking is ingetrokken. Wat er tot %s stond, blijft te zien in het journaal.") % when


_ONE = "opvang/boekingen/<int:pk>"
urlpatterns = [
    path("opvang/locaties/<int:pk>/boeken", NewBooking.as_view(), name="reception-book"),
    path(_ONE, BookingOverview.as_view(), name="reception-booking"),
    path(f"{_ONE}/plaatsen", Place.as_view(), name="reception-booking-place"),
    path(f"{_ONE}/vertrek", Depart.as_view(), name="reception-booking-depart"),
    path(f"{_ONE}/wijzigen", EditBooking.as_view(), name="reception-booking-edit"),
    path(f"{_ONE}/intrekken", WithdrawBooking.as_view(), name="reception-booking-withdraw"),
]
