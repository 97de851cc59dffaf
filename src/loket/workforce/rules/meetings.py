"""What a meeting needs before anybody is invited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = timedelta(hours=12)
FURTHEST = timedelta(days=366)
TITLE, AGENDA, MINUTES, ANSWER_WORDS = 160, 4000, 20_000, 200
"""Characters at most."""
MOST = 500
"""People that one meeting invites."""
IN_ROOM, BY_LINK, CANNOT = "room", "link", "no"
ANSWERS: dict[str, str | Promise] = {
    IN_ROOM: gettext_lazy("I am coming"),
    BY_LINK: gettext_lazy("I am coming online"),
    CANNOT: gettext_lazy("I cannot come"),
}
"""What somebody who is invited can say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a provider of rooms is told."""

    title: str
    agenda: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingForm:
    """A meeting as somebody wants it."""

    title: str
    agenda: str = ""
    starts_at: datetime
    ends_at: datetime
    provider: str = ""
    """Folder of a provider; empty: no link."""
    room: str = ""
    """Code of a room; empty: none."""
    participants: frozenset[int] = frozenset()
    """Accounts, besides the one who calls it."""

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            title=self.title,
            agenda=self.agenda,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )


def problems(form: MeetingForm, *, at: datetime) -> dict[str, list[str]]:
    """Return what is wrong with a meeting, by field; nothing if it can be called."""
    found: dict[str, list[str]] = {}
    for name, sentence in (*_what(form), *_when(form, at), *_who(form)):
        found.setdefault(name, []).append(sentence)
    return found


def _what(form: MeetingForm) -> Iterator[tuple[str, str]]:
    if not form.title.strip():
        yield "title", _("Say what the meeting is about.")
    if len(form.title) > TITLE:
        yield "title", _("The title is longer than %(most)s characters.") % {"most": TITLE}
    if len(form.agenda) > AGENDA:
        yield "agenda", _("The agenda is longer than %(most)s characters.") % {"most": AGENDA}


def _when(form: MeetingForm, at: datetime) -> Iterator[tuple[str, str]]:
    if not at < form.starts_at <= at + FURTHEST:
        yield "starts", _("It must begin after now and within a year.")
    if not timedelta() < form.ends_at - form.starts_at <= LONGEST:
        yield "ends", _("It must end after it begins, within twelve hours.")


def _who(form: MeetingForm) -> Iterator[tuple[str, str]]:
    if not form.provider and not form.room:
        yield "provider", _("Choose a link, a room, or both.")
    if not form.participants:
        yield "participants", _("Invite at least one person.")
    if len(form.participants) > MOST:
        yield "participants", _("At most %(most)s people can be invited.") % {"most": MOST}


def answers(*, has_room: bool, has_link: bool) -> dict[str, str]:
    """Return what can be answered to an invitation, each with its words."""
    left_out = {IN_ROOM} if not has_room else set()
    left_out |= {BY_LINK} if not has_link else set()
    return {way: str(words) for way, words in ANSWERS.items() if way not in left_out}


def callers_answer(*, has_room: bool) -> str:
    """Return how who calls a meeting takes part, unless they say otherwise."""
    return IN_ROOM if has_room else BY_LINK
