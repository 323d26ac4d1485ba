"""Addresses of reception in the API."""

from django.urls import path

from regietafel.reception.api import booking, places

urlpatterns = [
    path("/opvanglocaties", places.Locations.as_view(), name="api-locations"),
    path("/opvanglocaties/<int:location>", places.OneLocation.as_view(), name="api-location"),
    path("/opvanglocaties/<int:location>/plaatsdagen", places.PlaceDays.as_view(), name="api-place-days"),
    path("/opvangblokken", places.Blocks.as_view(), name="api-blocks"),
    path("/opvangblokken/<int:block>", places.OneBlock.as_view(), name="api-block"),
    path("/opvangborden", places.Boards.as_view(), name="api-boards"),
    path("/opvangborden/<str:region>", places.OneBoard.as_view(), name="api-board"),
    path("/opvanggroepen", booking.Groups.as_view(), name="api-groups"),
    path("/opvanggroepen/<int:group>", booking.OneGroup.as_view(), name="api-group"),
    path("/opvangboekingen", booking.Bookings.as_view(), name="api-bookings"),
    path("/opvangboekingen/<uuid:booking>", booking.OneBooking.as_view(), name="api-booking"),
    path("/opvangboekingslijsten", booking.BookingLists.as_view(), name="api-booking-lists"),
    path("/opvangboekingslijsten/<int:list>", booking.OneBookingList.as_view(), name="api-booking-list"),
]
