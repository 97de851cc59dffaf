from typing import ClassVar

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "loket.policies"
    periodic: ClassVar[dict[str, int]] = {"loket.policies.tasks.watch_closures": 300}

    def ready(self) -> None:
        from . import handlers  # noqa: F401, PLC0415 -- register
