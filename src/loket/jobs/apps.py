from typing import ClassVar

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "loket.jobs"
    periodic: ClassVar[dict[str, int]] = {"loket.jobs.tasks.purge": 86_400}
