"""Addresses of the monitor."""

from regietafel.monitor.views import (
    actors,
    alarms,
    creating,
    dossiers,
    labelling,
    messages,
    monitors,
    pictures,
    places,
    queries,
    register,
    searching,
    sources,
    terms,
    webcare,
)
from regietafel.monitor.views.privacy import addresses as privacy

urlpatterns = [
    *monitors.urlpatterns,
    *creating.urlpatterns,
    *terms.urlpatterns,
    *alarms.urlpatterns,
    *queries.urlpatterns,
    *places.urlpatterns,
    *actors.urlpatterns,
    *messages.urlpatterns,
    *searching.urlpatterns,
    *labelling.urlpatterns,
    *webcare.urlpatterns,
    *pictures.urlpatterns,
    *sources.urlpatterns,
    *dossiers.urlpatterns,
    *register.urlpatterns,
    *privacy.urlpatterns,
]
