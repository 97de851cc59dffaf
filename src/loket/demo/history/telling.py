"""Tells the whole history in the order of time: what happens first is on record first."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.test.utils import override_settings
from django.utils import translation

from loket.demo import cast, roles
from loket.jobs import services as jobs
from loket.kernel.access import Actor
from loket.messaging import services as messaging
from loket.messaging.models import Message
from loket.organisation import queries as organisation

from . import ayu
from .filing import known_numbers
from .hours import Hours
from .lives import Life
from .plots import DAYS, plots

BEFORE = timedelta(days=DAYS + 5)
"""The offices stood a few days before the first application."""

ALL = 10**9
POSTMAN = Actor.system("messaging")
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
"""What was sent months ago must not arrive in the mailbox today."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Told:
    """How many applications were added, and how many were there."""

    added: int
    known: int


def begins(at: datetime) -> datetime:
    """Return the moment at which the invented government came into being."""
    return midnight(at) - BEFORE


def midnight(at: datetime) -> datetime:
    """Return the beginning of the offices' day: the history ends there."""
    return datetime.combine(organisation.today(None, at=at), time(), organisation.zone(None))


def fill(*, cases: int, seed: int, at: datetime, progress: Progress) -> Told:
    """Fill the history up to so many applications; those on record stay as they are."""
    cast.require_demo()
    known = known_numbers()
    missing = [number for number in range(cases) if number not in known]
    hours, desks, until = hours_of(at), cast.desks(at=at), midnight(at)
    lives = [
        Life(plot, hours=hours, desks=desks)
        for plot in plots(seed=seed, numbers=missing, hours=hours, until=until)
    ]
    if not ayu.is_on_record():
        lives.append(Life(ayu.plot(hours, until), hours=hours, desks=desks))
    language = translation.override(settings.LANGUAGE_CODE)
    with override_settings(EMAIL_BACKEND=NOWHERE), language:
        tell(lives, until=until, progress=progress)
        jobs.work(at=at, limit=ALL)
    return Told(added=len(missing), known=len(known))


def hours_of(at: datetime) -> Hours:
    """Return when the offices work in all the time that the history can touch."""
    years = range(begins(at).year, at.year + 1)
    unit = organisation.unit(f"{roles.HOME}-DUKCAPIL")
    return Hours(organisation.calendar(unit, years), organisation.zone(unit))


def tell(lives: Iterable[Life], *, until: datetime, progress: Progress) -> None:
    """Let every application live, step by step, until the history ends."""
    due: list[tuple[datetime, int, Iterator[datetime]]] = []
    for number, life in enumerate(lives):
        steps = life.run()
        heapq.heappush(due, (next(steps), number, steps))
    total, ended = len(due), 0
    last = newest_message()
    while due:
        moment, number, steps = heapq.heappop(due)
        following = next(steps, None) if moment < until else None
        last = post(after=last, at=moment)
        if following is None:
            ended += 1
            progress(ended, total)
        else:
            heapq.heappush(due, (following, number, steps))


def newest_message() -> int:
    """Return the number of the last message, or 0."""
    return Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def post(*, after: int, at: datetime) -> int:
    """Deliver what was queued since a message, some seconds later; return the last one."""
    fresh = Message.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    last = after
    for last in fresh:
        messaging.deliver(message_id=last, actor=POSTMAN, at=at + timedelta(seconds=9))
    return last
