"""Addresses of reception; every file of pages names its own."""

from regietafel.reception.views import assistance, board, housing, lists, public_totals, sharing

urlpatterns = [
    *board.urlpatterns,
    *lists.urlpatterns,
    *sharing.urlpatterns,
    *housing.urlpatterns,
    *assistance.urlpatterns,
    *public_totals.urlpatterns,
]
