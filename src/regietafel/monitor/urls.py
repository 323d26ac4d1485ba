"""Addresses of the monitor."""

from regietafel.monitor.views import (
    actors,
    alarms,
    content,
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
    stories,
    terms,
    webcare,
)
from regietafel.monitor.views.privacy import addresses as privacy

urlpatterns = [
    *monitors.urlpatterns,
    *creating.urlpatterns,
    *terms.urlpatterns,
    *alarms.urlpatterns,
    *content.urlpatterns,
    *stories.urlpatterns,
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
