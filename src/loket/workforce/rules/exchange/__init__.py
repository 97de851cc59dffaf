"""A roster as a file: problem, turns and proof in JSON, read strictly."""

from .reading import Exchanged, ExchangeErrors, read
from .writing import written

__all__ = ["ExchangeErrors", "Exchanged", "read", "written"]
