from typing import ClassVar

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "loket.files"
    periodic: ClassVar[dict[str, int]] = {
        "loket.files.tasks.expire": 3600,
        "loket.files.tasks.sweep": 86_400,
    }
