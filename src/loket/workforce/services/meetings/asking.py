"""Who is invited, and asked whether they come."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from loket.kernel.access import Actor
from loket.people.rules.refs import number_of
from loket.workforce.models import Meeting, Participant
from loket.workforce.rules import meetings as rules

from . import inviting

When = tuple[datetime, datetime, int | None, str]


def when_and_where(meeting: Meeting) -> When:
    """Return what an answer is about; when it changes, everybody is asked again."""
    return meeting.starts_at, meeting.ends_at, meeting.room_id, meeting.link


def add(meeting: Meeting, accounts: Collection[int], *, actor: Actor, at: datetime) -> None:
    """Put people on the list; who calls the meeting is taken to come."""
    Participant.objects.bulk_create(
        Participant(meeting=meeting, account_id=number) for number in sorted(accounts)
    )
    _count_caller(meeting, actor=actor, at=at)


def invite_again(
    meeting: Meeting, invited: Collection[int], *, was: When, actor: Actor, at: datetime
) -> None:
    """Tell everybody of a change, and ask those again whom it concerns."""
    before = set(meeting.participants.values_list("account_id", flat=True))
    meeting.participants.exclude(account_id__in=invited).delete()
    if was != when_and_where(meeting):
        meeting.participants.update(answer="", answer_words="", answered_at=None)
    add(meeting, set(invited) - before, actor=actor, at=at)
    inviting.enqueue(meeting, "meeting_changed", before & set(invited), at=at)
    inviting.enqueue(meeting, "meeting_called", set(invited) - before, at=at)
    inviting.enqueue(meeting, "meeting_cancelled", before - set(invited), at=at)


def _count_caller(meeting: Meeting, *, actor: Actor, at: datetime) -> None:
    """Let who called the meeting, and set its time, come to it unless they said otherwise."""
    own = meeting.participants.filter(account_id=meeting.organiser_id, answer="")
    if number_of(actor.ref) == meeting.organiser_id:
        way = rules.callers_answer(has_room=meeting.room_id is not None)
        own.update(answer=way, answered_at=at)
