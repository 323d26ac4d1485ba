"""Error pages: Dutch, with a way on and without internals; problem+json under /api/."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from regietafel.kit.failures import storage_answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer an expired form: say what happened and that the text is kept by the browser."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address or form that cannot be understood."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer somebody who may know of the page but may not open it."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that does not exist, or may not be known to exist."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a storage that fails, or a mistake of ours, without needing anything that may be broken."""
    answer = storage_answer(request, sys.exc_info()[1])
    return answer or HttpResponse(render_to_string("500.html"), status=500)
