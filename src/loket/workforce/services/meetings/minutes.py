"""What was said in a meeting, and who was there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.workforce.access import MEET
from loket.workforce.events import MeetingMinuted
from loket.workforce.models import Meeting, Participant, Stay
from loket.workforce.rules import meetings as rules


def write_minutes(
    *,
    meeting: Meeting,
    minutes: str,
    presence: Mapping[int, str],
    actor: Actor,
    at: datetime,
) -> Meeting:
    """Write down what was said and who was there, or correct it.

    Who was in the room is known to tracing from then on. Who said that they could not come,
    and of whom nothing is said, was absent.

    :raises NotAllowed: unless the actor may call meetings of the unit.
    :raises Invalid: if the minutes are too long, or somebody was in a room that there is not.
    :raises Conflict: if it has not begun yet or was cancelled.
    """
    require(actor, MEET, scope=meeting.unit.path)
    if len(minutes) > rules.MINUTES:
        sentence = _("The minutes are longer than %(most)s characters.")
        sentence %= {"most": rules.MINUTES}
        raise Invalid(sentence, fields={"minutes": [sentence]})
    if meeting.room_id is None and Participant.Presence.ROOM in presence.values():
        raise Invalid(_("This meeting had no room."))
    with transaction.atomic():
        held = Meeting.objects.filter(pk=meeting.pk, starts_at__lte=at)
        if not held.exclude(state=Meeting.State.CANCELLED).update(
            state=Meeting.State.HELD, minutes=minutes.strip(), minutes_at=at
        ):
            raise Conflict(_("The meeting has not begun yet, or it was cancelled."))
        meeting.refresh_from_db()
        _note(meeting, presence)
        in_room = _stays(meeting)
        announce(
            MeetingMinuted(
                actor=actor,
                at=at,
                subject=meeting.subject,
                unit=meeting.unit.path,
                people=meeting.participants.count(),
                in_room=in_room,
            )
        )
    return meeting


def _note(meeting: Meeting, presence: Mapping[int, str]) -> None:
    for came in Participant.Presence.values:
        those = [number for number, said in presence.items() if said == came]
        if those:
            meeting.participants.filter(account_id__in=those).update(presence=came)
    # Who said so is believed until somebody notes that they came all the same.
    declined = meeting.participants.filter(answer=Participant.Answer.NO, presence="")
    declined.exclude(account_id__in=presence).update(presence=Participant.Presence.ABSENT)


def _stays(meeting: Meeting) -> int:
    """Make the stays those of the participants who were in the room."""
    key, room = meeting.subject, meeting.room
    if room is None:
        return 0
    there = meeting.participants.filter(presence=Participant.Presence.ROOM)
    accounts = set(there.values_list("account_id", flat=True))
    known = Stay.objects.filter(source=Stay.Source.MEETING, source_key=key)
    known.exclude(account_id__in=accounts).delete()
    day = meeting.starts_at.astimezone(organisation.zone(meeting.unit)).date()
    Stay.objects.bulk_create(
        [
            Stay(
                account_id=number,
                room=room,
                on=day,
                starts_at=meeting.starts_at,
                ends_at=meeting.ends_at,
                source=Stay.Source.MEETING,
                source_key=key,
            )
            for number in sorted(accounts)
        ],
        ignore_conflicts=True,
    )
    return len(accounts)
