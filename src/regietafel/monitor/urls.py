"""Addresses of the monitor."""

from regietafel.monitor.views import (
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
)

urlpatterns = [
    *monitors.urlpatterns,
    *creating.urlpatterns,
    *terms.urlpatterns,
    *alarms.urlpatterns,
    *content.urlpatterns,
    *stories.urlpatterns,
    *queries.urlpatterns,
    *places.urlpatterns,
    *messages.urlpatterns,
    *searching.urlpatterns,
    *labelling.urlpatterns,
    *pictures.urlpatterns,
    *sources.urlpatterns,
    *dossiers.urlpatterns,
    *register.urlpatterns,
]
