"""The API as a whole: its root, its description and the addresses of every part."""

from django.urls import URLPattern

api_urlpatterns: list[URLPattern] = []
