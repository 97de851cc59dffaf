"""The circular format: what a circular and a timeline may say.

These frozen models are at once the parser of the YAML, the source of the published JSON
Schema and what the form on the desk fills in. A period written in days is turned into
moments by :mod:`..periods`; whether a circular makes sense among units, rooms, services and
other circulars is for :mod:`..checks`. A validator's sentence is in the language of whoever
reads it, because it is made when the text is read.
"""

from .circulars import Amendment, Circular, Reference
from .closures import ClosureForm, Reason, RecordForm, Timeline, ZoneForm
from .parts import (
    DAYS,
    Channel,
    Day,
    Duty,
    Group,
    Model,
    Moment,
    Opening,
    Period,
    Scope,
    Share,
    UnitFunction,
    UnitKind,
    Words,
    ZoneScope,
)
from .provisions import (
    AnyProvision,
    AttendanceProvision,
    ChannelsProvision,
    ClockProvision,
    CountersProvision,
    ExcusedProvision,
    HoursProvision,
    LettersProvision,
    PinnedProvision,
    PriorityProvision,
    ProtocolProvision,
    Provision,
    RemoteProvision,
    ReportingProvision,
    RoomProvision,
    ShiftForm,
    ShiftsProvision,
    SuspensionProvision,
)

__all__ = [
    "DAYS",
    "Amendment",
    "AnyProvision",
    "AttendanceProvision",
    "Channel",
    "ChannelsProvision",
    "Circular",
    "ClockProvision",
    "ClosureForm",
    "CountersProvision",
    "Day",
    "Duty",
    "ExcusedProvision",
    "Group",
    "HoursProvision",
    "LettersProvision",
    "Model",
    "Moment",
    "Opening",
    "Period",
    "PinnedProvision",
    "PriorityProvision",
    "ProtocolProvision",
    "Provision",
    "Reason",
    "RecordForm",
    "Reference",
    "RemoteProvision",
    "ReportingProvision",
    "RoomProvision",
    "Scope",
    "Share",
    "ShiftForm",
    "ShiftsProvision",
    "SuspensionProvision",
    "Timeline",
    "UnitFunction",
    "UnitKind",
    "Words",
    "ZoneForm",
    "ZoneScope",
]
