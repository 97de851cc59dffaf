"""A published service and a calendar, as cases have."""

from tests.cases.conftest import case, version

__all__ = ["case", "version"]
