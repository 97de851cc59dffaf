from typing import ClassVar

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "loket.incidents"
    periodic: ClassVar[dict[str, int]] = {"loket.incidents.tasks.erase_expired": 3600}

    def ready(self) -> None:
        from . import handlers  # noqa: F401, PLC0415 -- register
