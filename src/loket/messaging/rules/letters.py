"""Who a message is for, and what a transport is handed."""

from __future__ import annotations

from dataclasses import dataclass

EMAIL, SMS = "email", "sms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person and how to reach them; either address may be missing."""

    email: str = ""
    phone: str = ""
    language: str = "id"
    name: str = ""

    def addresses(self, first: str = "") -> tuple[tuple[str, str], ...]:
        """Return the known channels and addresses: the wanted one first, else e-mail first."""
        known = [(EMAIL, self.email), (SMS, self.phone)]
        return tuple(
            sorted(
                ((channel, address) for channel, address in known if address),
                key=lambda pair: bool(first) and pair[0] != first,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a transport needs to know. ``key`` is the same when a letter is sent again."""

    key: str
    address: str
    language: str
    title: str
    body: str
    calendar: str = ""
    """An invitation (iCalendar) to go along, where the channel can carry one."""
