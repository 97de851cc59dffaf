"""The four ways an action can fail that are nobody's bug.

Services raise these; :mod:`loket.ui.middleware` turns them into answers.
Anything else is a defect and becomes a 500.
"""

from __future__ import annotations


class Refusal(Exception):
    """Base class. The message is written for the person who reads it."""

    def __init__(self, message: str = "") -> None:
        super().__init__(str(message))


class NotFound(Refusal):
    """There is no such thing, or the actor may not know that there is."""


class NotAllowed(Refusal):
    """The actor may know about the thing, but may not do this to it."""


class Invalid(Refusal):
    """The request cannot be carried out as given.

    ``fields`` names what to mend: field name to the sentences about it.
    """

    def __init__(
        self, message: str = "", *, fields: dict[str, list[str]] | None = None
    ) -> None:
        super().__init__(message)
        self.fields = fields or {}


class Conflict(Refusal):
    """The thing changed since the actor last saw it."""


class TooMany(NotAllowed):
    """The actor did this too often; ``retry_after`` is in seconds."""

    def __init__(self, message: str = "", *, retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TransportError(Exception):
    """An outside provider did not do it. Never seen above a package's services.

    ``permanent`` says that trying again cannot help.
    """

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
