"""Addresses of the privacy pages."""

from regietafel.monitor.views.privacy import handovers, overview, proofs, requests, seeking

urlpatterns = [
    *overview.urlpatterns,
    *proofs.urlpatterns,
    *requests.urlpatterns,
    *seeking.urlpatterns,
    *handovers.urlpatterns,
]
