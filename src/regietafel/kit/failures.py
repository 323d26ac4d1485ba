"""The answer when the storage fails: what is wrong, that nothing was half stored, and what was typed.

Made without the database, a session or a template context, because those are what may be broken.
"""

import contextlib
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from regietafel.kit.storage import FULL, READ_ONLY, storage_failure

SECRET_FIELDS = {"password", "new_password", "again", "code"}
TOKEN = "csrfmiddlewaretoken"
RETRY_AFTER_S = 60


def storage_answer(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """Return a Dutch answer to a full disk or an unreachable database; None for any other error."""
    failure = storage_failure(error) if error else None
    if failure is None:
        return None
    status = (
        HTTPStatus.INSUFFICIENT_STORAGE if failure in {FULL, READ_ONLY} else HTTPStatus.SERVICE_UNAVAILABLE
    )
    if request.path.startswith("/api/"):
        problem = {
            "status": status.value,
            "title": _title(status),
            "detail": _("Er is niets half opgeslagen."),
        }
        response: HttpResponse = JsonResponse(problem, content_type="application/problem+json", status=status)
    else:
        response = HttpResponse(
            render_to_string("storage_failure.html", _context(request, status)), status=status
        )
    response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def _title(status: HTTPStatus) -> str:
    if status is HTTPStatus.INSUFFICIENT_STORAGE:
        return _("Niet opgeslagen: de opslag is vol of op slot")
    return _("Regietafel is even niet bereikbaar")


def _context(request: HttpRequest, status: HTTPStatus) -> dict[str, object]:
    kept = _typed(request) if request.method == "POST" else []
    return {
        "title": _title(status),
        "is_full": status is HTTPStatus.INSUFFICIENT_STORAGE,
        "is_writing": request.method == "POST",
        "path": request.get_full_path(),
        "kept": [(TOKEN, get_token(request)), *kept] if kept else [],
        "text": "\n\n".join(value for _name, value in kept if len(value) > 3),
        "has_files": bool(kept and request.FILES),
    }


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of the form as they came in; nothing of a form that holds a secret."""
    with contextlib.suppress(OSError):
        fields = [(name, str(value)) for name, values in request.POST.lists() for value in values]
        if not SECRET_FIELDS & {name for name, _value in fields}:
            return [(name, value) for name, value in fields if name != TOKEN]
    return []
