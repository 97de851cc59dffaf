"""Whether somebody comes: answered as often as they like, the last answer counts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.kernel.events import announce
from loket.kernel.identifiers.masking import scrub
from loket.kernel.texts import HIDDEN
from loket.people import queries as people
from loket.workforce.events import MeetingAnswered
from loket.workforce.models import Meeting, Participant
from loket.workforce.rules import meetings as rules


def answer_meeting(
    *,
    meeting: Meeting,
    answer: str,
    words: str = "",
    sequence: int,
    actor: Actor,
    at: datetime,
) -> Meeting:
    """Say whether one comes to a meeting, as it stood when one read it.

    :raises NotAllowed: unless the actor is invited.
    :raises Invalid: if it is no answer to this meeting, or the words are too long.
    :raises Conflict: if it has begun or was cancelled, or somebody changed it meanwhile.
    """
    account = people.account_of(actor)
    said = " ".join(words.split())
    _require_sound(meeting, answer, said)
    with transaction.atomic():
        if not _is_still(meeting, sequence, at=at):
            raise Conflict(
                _("The meeting has begun, was cancelled, or changed meanwhile. Look again.")
            )
        if not meeting.participants.filter(account=account).update(
            answer=answer, answer_words=scrub(said), answered_at=at
        ):
            raise NotAllowed(_("Only who is invited to a meeting answers."))
        announce(
            MeetingAnswered(
                actor=actor,
                at=at,
                subject=meeting.subject,
                unit=meeting.unit.path,
                answer=answer,
            )
        )
    return meeting


def forget_words(*, actor: Actor, at: datetime) -> int:  # noqa: ARG001 -- nobody's act
    """Forget why people could not come to meetings that are over; return how many said why."""
    over = Meeting.objects.filter(ends_at__lte=at)
    said = Participant.objects.exclude(answer_words="").filter(meeting__in=over)
    return said.update(answer_words="")


def _require_sound(meeting: Meeting, answer: str, words: str) -> None:
    wrong: dict[str, list[str]] = {}
    ways = rules.answers(has_room=meeting.room_id is not None, has_link=bool(meeting.link))
    if answer not in ways:
        wrong["answer"] = [_("Choose one of the answers.")]
    if len(words) > rules.ANSWER_WORDS:
        sentence = _("The words are longer than %(most)s characters.")
        wrong["words"] = [sentence % {"most": rules.ANSWER_WORDS}]
    elif HIDDEN.search(words):
        wrong["words"] = [
            _("There is a control character here that nobody sees: leave it out.")
        ]
    if wrong:
        raise Invalid(_("Your answer is not kept yet."), fields=wrong)


def _is_still(meeting: Meeting, sequence: int, *, at: datetime) -> bool:
    """Make a change of the meeting wait; say whether it is as it was read."""
    rows = Meeting.objects.select_for_update(no_key=True).filter(
        pk=meeting.pk, sequence=sequence, state=Meeting.State.CALLED, starts_at__gt=at
    )
    return bool(list(rows.only("pk")))
