"""Addresses of reception; every file of pages names its own."""

from regietafel.reception.views import blocks, bookings, groups, lists, locations

urlpatterns = [
    *locations.urlpatterns,
    *blocks.urlpatterns,
    *bookings.urlpatterns,
    *groups.urlpatterns,
    *lists.urlpatterns,
]
