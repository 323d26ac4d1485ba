"""Addresses of deliberation; every file of pages names its own."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
