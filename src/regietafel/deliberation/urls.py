"""Addresses of deliberation; every file of pages names its own."""

from regietafel.deliberation.views import (
    agenda,
    bodies,
    decisions,
    documents,
    dossiers,
    entries,
    following,
    importing,
    inquiries,
    meetings,
    minutes,
    noting,
    papers,
)

urlpatterns = [
    *bodies.urlpatterns,
    *meetings.urlpatterns,
    *agenda.urlpatterns,
    *papers.urlpatterns,
    *documents.urlpatterns,
    *importing.urlpatterns,
    *minutes.urlpatterns,
    *noting.urlpatterns,
    *entries.urlpatterns,
    *decisions.urlpatterns,
    *following.urlpatterns,
    *inquiries.urlpatterns,
    *dossiers.urlpatterns,
]
