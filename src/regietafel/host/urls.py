"""All addresses of the product."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from regietafel.host.accounts.urls import urlpatterns as account_patterns
from regietafel.host.administration import HealthPage, JobsPage
from regietafel.host.api import api_urlpatterns
from regietafel.host.public_pages import healthy, robots_txt, security_txt
from regietafel.host.search import SearchPage
from regietafel.host.today import TodayPage

urlpatterns: list[URLPattern | URLResolver] = [
    path("", TodayPage.as_view(), name="today"),
    path("zoeken", SearchPage.as_view(), name="search"),
    path("gezond", healthy, name="healthy"),
    path("beheer/gezondheid", HealthPage.as_view(), name="health"),
    path("beheer/taken", JobsPage.as_view(), name="jobs"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("robots.txt", robots_txt, name="robots"),
    path("", include(account_patterns)),
    path("", include("regietafel.register.urls")),
    path("", include("regietafel.monitor.urls")),
    path("", include("regietafel.deliberation.urls")),
    path("", include("regietafel.reception.urls")),
    path("api/v1", include(api_urlpatterns)),
]
if settings.OIDC_ENABLED:
    urlpatterns.append(path("oidc/", include("mozilla_django_oidc.urls")))

handler400 = "regietafel.host.errors.bad_request"
handler403 = "regietafel.host.errors.forbidden"
handler404 = "regietafel.host.errors.not_found"
handler500 = "regietafel.host.errors.server_error"
