"""What differs between the law before a change and after it."""

from .findings import findings
from .offices import offices
from .people import people
from .services import services
from .spans import Span, window

__all__ = ["Span", "findings", "offices", "people", "services", "window"]
