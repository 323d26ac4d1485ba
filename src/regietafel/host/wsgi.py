"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regietafel.host.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - every page, once, before gunicorn splits
