"""Addresses of the monitor in the API."""

from django.urls import path

from regietafel.monitor.api import resources

urlpatterns = [
    path("/monitors", resources.Monitors.as_view(), name="api-monitors"),
    path("/monitors/<int:monitor>", resources.OneMonitor.as_view(), name="api-monitor"),
    path("/bronnen", resources.Sources.as_view(), name="api-sources"),
    path("/bronnen/<int:source>", resources.OneSource.as_view(), name="api-source"),
    path("/plaatsprofielen", resources.Places.as_view(), name="api-places"),
    path("/plaatsprofielen/<int:place>", resources.OnePlace.as_view(), name="api-place"),
    path("/zoekvraaglezingen", resources.Readings.as_view(), name="api-readings"),
    path("/omgevingsbeelden", resources.Pictures.as_view(), name="api-pictures"),
    path("/omgevingsbeelden/<int:picture>", resources.OnePicture.as_view(), name="api-picture"),
]
