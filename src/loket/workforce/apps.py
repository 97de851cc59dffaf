from typing import ClassVar

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "loket.workforce"
    periodic: ClassVar[dict[str, int]] = {
        "loket.workforce.tasks.stays.keep_stays_short": 3600,
    }

    def ready(self) -> None:
        from . import handlers  # noqa: F401, PLC0415 -- register
