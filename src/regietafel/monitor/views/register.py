"""The public register: what every organisation follows and why; no log-in, and nobody can hide a line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regietafel.kit.pages import Header
from regietafel.monitor.selectors.register import register_entries


@require_safe
def monitor_register(request: HttpRequest) -> HttpResponse:
    """Show what is followed, for which purpose, on which ground, in which sources and until when."""
    header = Header(
        _("Wat volgen wij en waarom?"), _("Alle onderwerpen die wij volgen of volgden in openbare bronnen.")
    )
    return render(request, "monitor/register.html", {"page": header, "entries": register_entries()})


urlpatterns = [path("volgregister", monitor_register, name="public-register")]
