from typing import ClassVar

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "loket.portal"
    periodic: ClassVar[dict[str, int]] = {"loket.portal.tasks.write_snapshot": 300}

    def ready(self) -> None:
        from . import handlers  # noqa: F401, PLC0415 -- register
