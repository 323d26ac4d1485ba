"""Error pages: Dutch, with a way on and without internals."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer an expired form: say what happened and that the text is kept by the browser."""
    return render(request, "403_csrf.html", status=403)
