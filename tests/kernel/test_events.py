from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

import pytest

from loket.kernel import events
from loket.kernel.access import Actor
from loket.kernel.events import Event, announce, on


@dataclass(frozen=True, kw_only=True)
class DoorOpened(Event):
    name: ClassVar[str] = "tests.door_opened"

    door: str


@dataclass(frozen=True, kw_only=True)
class FrontDoorOpened(DoorOpened):
    name: ClassVar[str] = "tests.front_door_opened"


@pytest.fixture(autouse=True)
def _own_handlers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(events, "_handlers", type(events._handlers)(list))
    return


def opened(kind: type[DoorOpened] = DoorOpened) -> DoorOpened:
    return kind(
        actor=Actor.visitor(), at=datetime(2026, 3, 2, tzinfo=UTC), subject="unit:31", door="A"
    )


def test_general_handlers_hear_first_and_others_not_at_all() -> None:
    heard: list[str] = []
    on(FrontDoorOpened)(lambda event: heard.append(f"front {event.door}"))
    on(DoorOpened)(lambda _event: heard.append("door"))
    on(Event)(lambda event: heard.append(event.name))
    announce(opened(FrontDoorOpened))
    announce(opened())
    assert heard == ["tests.front_door_opened", "door", "front A", "tests.door_opened", "door"]


def test_handlers_are_called_in_the_order_they_came() -> None:
    heard: list[int] = []
    for number in range(3):
        on(DoorOpened)(lambda _event, number=number: heard.append(number))
    announce(opened())
    assert heard == [0, 1, 2]


def test_a_handler_that_fails_stops_the_act() -> None:
    def fail(_event: DoorOpened) -> None:
        raise RuntimeError("broken")

    on(DoorOpened)(fail)
    with pytest.raises(RuntimeError, match="broken"):
        announce(opened())


def test_registering_returns_the_handler() -> None:
    def listen(_event: DoorOpened) -> None: ...

    assert on(DoorOpened)(listen) is listen
