"""Start of the host: the system checks of the whole."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HostConfig(AppConfig):
    name = "regietafel.host"
    label = "host"

    def ready(self) -> None:
        from regietafel.host import checks  # noqa: F401
        from regietafel.host.accounts import letters  # noqa: F401 - registers the job
        from regietafel.host.backup.remembering import backup_health, known_copies
        from regietafel.kit.erasing import know_copies_with
        from regietafel.kit.health import register_check

        register_check("reservekopie", label=_("Reservekopie"), function=backup_health)
        know_copies_with(known_copies)
