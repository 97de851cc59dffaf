"""What happens to incidents. Facts name nobody: who it was stays in the incident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from loket.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class IncidentEvent(Event):
    unit: str
    """Path of the unit."""


@dataclass(frozen=True, kw_only=True)
class IncidentReported(IncidentEvent):
    name: ClassVar[str] = "incident.reported"

    contacts: int


@dataclass(frozen=True, kw_only=True)
class IncidentTraced(IncidentEvent):
    """Contacts were looked for again."""

    name: ClassVar[str] = "incident.traced"

    contacts: int
    """How many there are now."""


@dataclass(frozen=True, kw_only=True)
class ContactAdded(IncidentEvent):
    """The team was told of a contact that no room or clock knows."""

    name: ClassVar[str] = "incident.contact_added"

    is_close: bool


@dataclass(frozen=True, kw_only=True)
class ContactSetAside(IncidentEvent):
    """A contact was found by mistake, and counts no longer."""

    name: ClassVar[str] = "incident.contact_set_aside"


@dataclass(frozen=True, kw_only=True)
class ContactRestored(IncidentEvent):
    """What was set aside counts as a contact again."""

    name: ClassVar[str] = "incident.contact_restored"


@dataclass(frozen=True, kw_only=True)
class PersonTraced(Event):
    """Somebody looked up whom a person met, without an incident."""

    name: ClassVar[str] = "incident.person_traced"

    since: str
    until: str


@dataclass(frozen=True, kw_only=True)
class IncidentViewed(IncidentEvent):
    """Somebody of the team opened it."""

    name: ClassVar[str] = "incident.viewed"


@dataclass(frozen=True, kw_only=True)
class IncidentTaskDone(IncidentEvent):
    name: ClassVar[str] = "incident.task_done"

    kind: str


@dataclass(frozen=True, kw_only=True)
class IncidentCleared(IncidentEvent):
    name: ClassVar[str] = "incident.cleared"


@dataclass(frozen=True, kw_only=True)
class IncidentErased(IncidentEvent):
    """Its period was over: who it was and whom they met is gone."""

    name: ClassVar[str] = "incident.erased"

    contacts: int
