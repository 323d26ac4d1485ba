"""What a key may do: every resource names the scope it needs to read and to write."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


def needed_scope(view: Any, method: str) -> str:
    """Return the scope a method of a resource needs."""
    reading: str = view.read_scope
    writing: str = view.write_scope
    return reading if method in SAFE_METHODS else writing


class HasScope(BasePermission):
    """Lets a key in that holds the scope of the resource."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not getattr(request.user, "is_authenticated", False):
            raise NotAuthenticated
        method = request.method or ""
        scope = needed_scope(view, method)
        if method in view.allowed_methods and scope not in getattr(request.user, "scopes", ()):
            raise PermissionDenied(_("Deze sleutel mist het recht %(scope)s.") % {"scope": scope})
        return True


class PerKey(SimpleRateThrottle):
    """So many requests a minute for each key."""

    scope = "sleutel"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        token = getattr(request.user, "token", None)
        return self.cache_format % {"scope": self.scope, "ident": token.pk} if token else None
