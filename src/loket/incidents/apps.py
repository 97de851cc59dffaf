from typing import ClassVar

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "loket.incidents"
    periodic: ClassVar[dict[str, int]] = {}
