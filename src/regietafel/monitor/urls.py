"""Addresses of the monitor."""

from regietafel.monitor.views import (
    dossiers,
    messages,
    monitors,
    pictures,
    places,
    queries,
    register,
    sources,
    terms,
)

urlpatterns = [
    *monitors.urlpatterns,
    *terms.urlpatterns,
    *queries.urlpatterns,
    *places.urlpatterns,
    *messages.urlpatterns,
    *pictures.urlpatterns,
    *sources.urlpatterns,
    *dossiers.urlpatterns,
    *register.urlpatterns,
]
