"""Addresses of deliberation; every file of pages names its own."""

from regietafel.deliberation.views import documents, importing

urlpatterns = [
    *documents.urlpatterns,
    *importing.urlpatterns,
]
