"""Every announced event becomes an entry."""

from __future__ import annotations

from dataclasses import fields

from loket.kernel.events import Event, on

from .models import Entry

COMMON = {"actor", "at", "subject"}


@on(Event)
def write_entry(event: Event) -> None:
    facts = {f.name: getattr(event, f.name) for f in fields(event) if f.name not in COMMON}
    Entry.objects.create(
        at=event.at,
        name=event.name,
        subject=event.subject,
        actor=event.actor.ref,
        actor_name=event.actor.name[:120],
        facts=facts,
    )
