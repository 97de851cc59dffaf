"""Invitations go out by a job, each once: by e-mail with the calendar's entry, else by phone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.jobs import services as jobs
from loket.kernel.access import Actor
from loket.kernel.identifiers.masking import scrub
from loket.messaging import services as messaging
from loket.messaging.queries import page_address, recipients
from loket.organisation import queries as organisation
from loket.people.models import Account
from loket.workforce import transports
from loket.workforce.models import Meeting
from loket.workforce.queries.meetings import address, entry_of, where
from loket.workforce.rules import invitations
from loket.workforce.rules.meetings import Wanted

INVITE = "loket.workforce.tasks.meetings.invite"
WITHDRAWN = "meeting_cancelled"


def enqueue(meeting: Meeting, notice: str, accounts: Collection[int], *, at: datetime) -> None:
    """Queue the notices about a meeting as it is now."""
    if accounts:
        jobs.enqueue(
            INVITE,
            at=at,
            code=meeting.code,
            sequence=meeting.sequence,
            notice=notice,
            accounts=sorted(accounts),
        )


def invite(
    *,
    meeting: Meeting,
    sequence: int,
    notice: str,
    accounts: Collection[int],
    actor: Actor,
    at: datetime,
) -> int:
    """Queue a message to each of these people; twice is once. Return how many can be told.

    If the meeting changed meanwhile, those messages say more, and these are left out.
    """
    if meeting.sequence != sequence:
        return 0
    everybody = list(Account.objects.filter(pk__in=accounts).order_by("pk"))
    answers = dict(meeting.participants.values_list("account_id", "answer"))
    reached, told = recipients(everybody), 0
    with transaction.atomic():
        for person in everybody:
            answer = answers.get(person.pk, "")
            with override(person.language):
                message = messaging.send(
                    notice=notice,
                    to=reached[person.pk],
                    subject=meeting.subject,
                    key=f"{meeting.subject}:{sequence}:{person.pk}",
                    facts=_facts(meeting, notice) | {"asks": "" if answer else "yes"},
                    calendar=_calendar(meeting, person, notice, answer, at=at),
                    actor=actor,
                    at=at,
                )
            told += message is not None
    return told


def change_room(*, meeting: Meeting, sequence: int, actor: Actor, at: datetime) -> None:  # noqa: ARG001 -- nobody's act
    """Tell the provider title and time, unless they changed again meanwhile.

    :raises TransportError: if it is worth trying again later.
    """
    if meeting.sequence != sequence or not meeting.link:
        return
    wanted = Wanted(
        title=meeting.title,
        agenda=meeting.agenda,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
    )
    transports.change_room(meeting.provider, meeting.link, wanted)


def end_room(*, provider: str, link: str, actor: Actor, at: datetime) -> None:  # noqa: ARG001 -- nobody's act
    """Tell the provider that a room is not needed any more.

    :raises TransportError: if it is worth trying again later.
    """
    transports.end_room(provider, link)


def _facts(meeting: Meeting, notice: str) -> dict[str, str]:
    zone = organisation.zone(meeting.unit)
    since, until = (each.astimezone(zone) for each in (meeting.starts_at, meeting.ends_at))
    return {
        "title": meeting.title,
        "by": str(meeting.organiser),
        "starts": f"{written(since, 'l, j F Y, H.i')}–{until:%H.%M}",
        "label": where(meeting),
        "words": meeting.agenda,
        # Who is not invited any more cannot see its page.
        "url": page_address("/desk/meetings/") if notice == WITHDRAWN else address(meeting),
    }


def _calendar(
    meeting: Meeting, person: Account, notice: str, answer: str, *, at: datetime
) -> str:
    if not person.email:
        return ""
    entry = entry_of(meeting, at=at)
    is_withdrawn = entry.is_cancelled or notice == WITHDRAWN
    line = "" if is_withdrawn else _("Whether you come: %(page)s") % {"page": address(meeting)}
    entry = replace(
        entry,
        title=scrub(entry.title),
        words="\n\n".join(filter(None, (scrub(entry.words), line))),
        is_cancelled=is_withdrawn,
    )
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    organiser = (str(meeting.organiser), meeting.organiser.email or sender)
    guest = (str(person), person.email)
    return invitations.written(entry, organiser=organiser, guest=guest, answer=answer)
