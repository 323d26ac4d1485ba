"""Addresses of the monitor."""

from regietafel.monitor.views import dossiers, messages, monitors, pictures, queries, register, sources, terms

urlpatterns = [
    *monitors.urlpatterns,
    *terms.urlpatterns,
    *queries.urlpatterns,
    *messages.urlpatterns,
    *pictures.urlpatterns,
    *sources.urlpatterns,
    *dossiers.urlpatterns,
    *register.urlpatterns,
]
