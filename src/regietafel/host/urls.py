"""All addresses of the product."""


from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("regietafel.register.urls")),
    path("", include("regietafel.monitor.urls")),
]
