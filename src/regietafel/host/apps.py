"""Start of the host: the system checks of the whole."""

from django.apps import AppConfig


class HostConfig(AppConfig):
    name = "regietafel.host"
    label = "host"

    def ready(self) -> None:
        from regietafel.host import checks  # noqa: F401
