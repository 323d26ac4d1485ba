"""Addresses of the register: dossiers and administration."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
