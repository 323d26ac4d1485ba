"""Addresses of reception; every file of pages names its own."""

from regietafel.reception.views import forecasting, lists, proposing

urlpatterns = [
    *lists.urlpatterns,
    *forecasting.urlpatterns,
    *proposing.urlpatterns,
]
