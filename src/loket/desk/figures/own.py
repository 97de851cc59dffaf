"""One's own day, for the first page of the desk: where, when, and what waits for oneself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from loket.desk.requests import DeskRequest
from loket.desk.rosters import words
from loket.kernel.errors import NotAllowed
from loket.people.models import Account
from loket.ui import periods
from loket.workforce import queries
from loket.workforce.models import Swap, Turn, WorkReport
from loket.workforce.queries import Pressing

DAY = timedelta(days=1)
AHEAD = 92 * DAY
"""No roster is longer."""
LAST_REPORTS, MEETINGS = 10, 3
OFF = frozenset({"leave", "travel", "free", "closed"})
WHERE: dict[str, str | Promise] = {
    "office": gettext_lazy("In the office"),
    "home": gettext_lazy("At home"),
    "either": gettext_lazy("In the office or at home"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that one should see to today."""

    words: str
    url: str


def day(request: DeskRequest, *, at: datetime) -> dict[str, Any] | None:
    """Return the actor's day; nothing for who is on no unit's staff."""
    try:
        now = queries.clock_day(account=request.user, moment=at, at=at)
    except NotAllowed:
        return None
    turns = queries.turns_of(account=request.user, since=now.on, until=now.on + AHEAD)
    is_off = now.result.result in OFF
    comes = not is_off and now.facts.where == "office"
    turn = next((each for each in turns if comes and each.on == now.on), None)
    return {
        "label": now.result.label if is_off else WHERE[now.facts.where],
        "turn": turn,
        "place": words.place(turn) if turn else "",
        "next": following(turns, now.on) if turn is None else None,
        "came_at": now.result.came_at,
        "left_at": now.result.left_at,
        "presses": "" if is_off or now.result.left_at else now.kind,
        "waits": list(waits(request, now, at=at)),
    }


def following(turns: list[Turn], on: date) -> dict[str, Any] | None:
    """Return the next turn after a day, and where it is worked."""
    turn = next((each for each in turns if each.on > on), None)
    return {"turn": turn, "place": words.place(turn)} if turn else None


def waits(request: DeskRequest, now: Pressing, *, at: datetime) -> Iterator[Waiting]:
    """Yield the reports to mend or hand in, colleagues' requests and meetings."""
    yield from reports(request.user, now)
    asked = [
        swap
        for swap in queries.swaps_of(account=request.user)
        if swap.state == Swap.State.ASKED and swap.other_id == request.user.pk
    ]
    if asked:
        told = ngettext(
            "%(n)s colleague asks you for a turn",
            "%(n)s colleagues ask you for a turn",
            len(asked),
        )
        yield Waiting(told % {"n": len(asked)}, reverse("desk:my-turns"))
    yield from meetings(request, at=at)


def meetings(request: DeskRequest, *, at: datetime) -> Iterator[Waiting]:
    """Yield one's own meetings of a day, and later ones that one has not answered."""
    for code, title, starts_at, asks in queries.pressing_meetings(
        actor=request.actor, at=at, until=at + DAY
    )[:MEETINGS]:
        facts = {"title": title, "moment": periods.moment_in_words(starts_at)}
        told = _("Meeting: %(title)s, %(moment)s") % facts
        if asks:
            told = _("Will you come? Meeting: %(title)s, %(moment)s") % facts
        yield Waiting(told, reverse("desk:meeting", args=[code]))


def reports(account: Account, now: Pressing) -> Iterator[Waiting]:
    """Yield the reports that came back, and today's if it is not handed in."""
    rows = queries.work_reports_of(account, limit=LAST_REPORTS)
    page = reverse("desk:work")
    for row in rows:
        if row.state == WorkReport.State.RETURNED:
            told = _("Mend your report of %(day)s") % {"day": words.long_day(row.on)}
            yield Waiting(told, f"{page}?on={row.on.isoformat()}")
    if now.result.came_at and all(row.on != now.on for row in rows):
        yield Waiting(_("Hand in today’s report"), page)
