from typing import ClassVar

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "loket.workforce"
    periodic: ClassVar[dict[str, int]] = {
        "loket.workforce.tasks.attendance.close_days": 3600,
        "loket.workforce.tasks.absences.erase_reasons": 3600,
        "loket.workforce.tasks.meetings.forget_words": 3600,
        "loket.workforce.tasks.stays.keep_stays_short": 3600,
    }

    def ready(self) -> None:
        from . import handlers  # noqa: F401, PLC0415 -- register
