"""Addresses of reception; every file of pages names its own."""

from regietafel.reception.views import lists

urlpatterns = [
    *lists.urlpatterns,
]
