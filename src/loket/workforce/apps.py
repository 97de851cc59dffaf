from typing import ClassVar

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "loket.workforce"
    periodic: ClassVar[dict[str, int]] = {}

    def ready(self) -> None:
        from . import handlers  # noqa: F401, PLC0415 -- register
