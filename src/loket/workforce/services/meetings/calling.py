"""Call meetings, change them, cancel them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from loket.jobs import services as jobs
from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, Invalid, TransportError
from loket.kernel.events import announce
from loket.organisation.models import Room, Unit
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce import transports
from loket.workforce.access import MEET
from loket.workforce.events import MeetingCalled, MeetingCancelled, MeetingChanged
from loket.workforce.models import Meeting
from loket.workforce.rules import meetings as rules
from loket.workforce.rules.meetings import MeetingForm

from . import asking, inviting

CHANGE_ROOM = "loket.workforce.tasks.meetings.change_room"
END_ROOM = "loket.workforce.tasks.meetings.end_room"


def call_meeting(*, unit: Unit, form: MeetingForm, actor: Actor, at: datetime) -> Meeting:
    """Call a meeting of a unit, make its link, and invite everybody.

    :raises NotAllowed: unless the actor may call meetings of the unit.
    :raises Invalid: if something is missing or wrong, or the provider makes no link.
    """
    require(actor, MEET, scope=unit.path)
    organiser = people.account_of(actor)
    room = _checked(form, at=at)
    link = _new_link(form)
    with transaction.atomic():
        meeting = Meeting.objects.create(
            unit=unit,
            organiser=organiser,
            title=" ".join(form.title.split()),
            agenda=form.agenda.strip(),
            starts_at=form.starts_at,
            ends_at=form.ends_at,
            provider=form.provider,
            link=link,
            room=room,
            called_at=at,
        )
        invited = {*form.participants, organiser.pk}
        asking.add(meeting, invited, actor=actor, at=at)
        announce(
            MeetingCalled(
                actor=actor, at=at, subject=meeting.subject, unit=unit.path, people=len(invited)
            )
        )
        inviting.enqueue(meeting, "meeting_called", invited, at=at)
    return meeting


def change_meeting(
    *, meeting: Meeting, form: MeetingForm, sequence: int, actor: Actor, at: datetime
) -> Meeting:
    """Change a meeting that was called; everybody hears of it.

    At another time or place all are asked again whether they come.

    :raises NotAllowed: unless the actor may call meetings of the unit.
    :raises Invalid: if something is missing or wrong, or the provider makes no link.
    :raises Conflict: if it is over or cancelled, or somebody changed it meanwhile.
    """
    require(actor, MEET, scope=meeting.unit.path)
    room = _checked(form, at=at)
    is_kept = form.provider == meeting.provider
    link = meeting.link if is_kept else _new_link(form)
    old, was = (meeting.provider, meeting.link), asking.when_and_where(meeting)
    with transaction.atomic():
        _step(
            meeting,
            sequence,
            at=at,
            title=" ".join(form.title.split()),
            agenda=form.agenda.strip(),
            starts_at=form.starts_at,
            ends_at=form.ends_at,
            provider=form.provider,
            link=link,
            room=room,
        )
        _tell_provider(meeting, old, is_kept=is_kept, at=at)
        invited = {*form.participants, meeting.organiser_id}
        asking.invite_again(meeting, invited, was=was, actor=actor, at=at)
        announce(
            MeetingChanged(
                actor=actor,
                at=at,
                subject=meeting.subject,
                unit=meeting.unit.path,
                people=len(invited),
            )
        )
    return meeting


def cancel_meeting(*, meeting: Meeting, sequence: int, actor: Actor, at: datetime) -> Meeting:
    """Cancel a meeting that was called; everybody hears of it.

    :raises NotAllowed: unless the actor may call meetings of the unit.
    :raises Conflict: if it is over or cancelled, or somebody changed it meanwhile.
    """
    require(actor, MEET, scope=meeting.unit.path)
    with transaction.atomic():
        _step(meeting, sequence, at=at, state=Meeting.State.CANCELLED)
        invited = set(meeting.participants.values_list("account_id", flat=True))
        inviting.enqueue(meeting, "meeting_cancelled", invited, at=at)
        if meeting.link:
            jobs.enqueue(END_ROOM, at=at, provider=meeting.provider, link=meeting.link)
        announce(
            MeetingCancelled(
                actor=actor,
                at=at,
                subject=meeting.subject,
                unit=meeting.unit.path,
                people=len(invited),
            )
        )
    return meeting


def _checked(form: MeetingForm, *, at: datetime) -> Room | None:
    wrong = rules.problems(form, at=at)
    room = Room.objects.filter(code=form.room).select_related("place").first()
    if form.room and room is None:
        wrong.setdefault("room", []).append(_("There is no such room."))
    known = Account.objects.filter(
        pk__in=form.participants, kind=Account.Kind.STAFF, is_active=True
    )
    if not wrong and known.count() != len(form.participants):
        wrong["participants"] = [_("Somebody whom you chose is not on the staff any more.")]
    # With a link, whoever does not fit into the room can join from elsewhere.
    people_ = len(form.participants) + 1
    if room and room.capacity and not form.provider and people_ > room.capacity:
        sentence = _("%(room)s holds %(most)s people, but %(people)s would come: add a link.")
        facts = {"room": room.name, "most": room.capacity, "people": people_}
        wrong.setdefault("room", []).append(sentence % facts)
    if wrong:
        raise Invalid(_("The meeting cannot be called like this."), fields=wrong)
    return room


def _new_link(form: MeetingForm) -> str:
    """Ask the provider; never called within a transaction."""
    if not form.provider:
        return ""
    try:
        return transports.make_room(form.provider, form.wanted)
    except TransportError as error:
        sentence = _("No link could be made just now. Try again, or choose another way.")
        raise Invalid(sentence, fields={"provider": [sentence]}) from error


def _step(meeting: Meeting, sequence: int, *, at: datetime, **changes: object) -> None:
    """Write a change, if the meeting is still as the actor saw it."""
    still = Meeting.objects.filter(
        pk=meeting.pk, sequence=sequence, state=Meeting.State.CALLED, ends_at__gt=at
    )
    if not still.update(sequence=F("sequence") + 1, **changes):
        raise Conflict(
            _("The meeting is over or cancelled, or somebody changed it meanwhile. Look again.")
        )
    meeting.refresh_from_db()


def _tell_provider(
    meeting: Meeting, old: tuple[str, str], *, is_kept: bool, at: datetime
) -> None:
    provider, link = old
    if link and is_kept:
        jobs.enqueue(CHANGE_ROOM, at=at, code=meeting.code, sequence=meeting.sequence)
    elif link:
        jobs.enqueue(END_ROOM, at=at, provider=provider, link=link)
