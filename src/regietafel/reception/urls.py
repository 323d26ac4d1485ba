"""Addresses of reception; every file of pages names its own."""

from regietafel.reception.views import (
    assistance,
    blocks,
    board,
    bookings,
    forecasting,
    groups,
    housing,
    lists,
    locations,
    proposing,
    public_totals,
    sharing,
)

urlpatterns = [
    *board.urlpatterns,
    *locations.urlpatterns,
    *blocks.urlpatterns,
    *bookings.urlpatterns,
    *groups.urlpatterns,
    *forecasting.urlpatterns,
    *proposing.urlpatterns,
    *lists.urlpatterns,
    *sharing.urlpatterns,
    *housing.urlpatterns,
    *assistance.urlpatterns,
    *public_totals.urlpatterns,
]
