"""Who comes: one's own answer, and those of all for whoever called the meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from loket.workforce import queries
from loket.workforce.models import Meeting, Participant
from loket.workforce.rules import absences
from loket.workforce.rules import meetings as rules

SAID = {
    "room": _("comes"),
    "link": _("comes online"),
    "no": _("cannot come"),
    "": _("no answer yet"),
}
"""An answer as others read it."""
TAGS = {"room": "good", "link": "good", "no": "bad", "": "quiet"}


def own(
    meeting: Meeting,
    participant: Participant | None,
    typed: Mapping[str, Any],
    *,
    is_open: bool,
) -> dict[str, Any]:
    """Return what the actor can answer, did answer, and should know before."""
    if participant is None:
        return {"may_answer": False}
    ways = rules.answers(has_room=meeting.room_id is not None, has_link=bool(meeting.link))
    kind = queries.own_away(meeting, account=participant.account_id) if is_open else ""
    return {
        "may_answer": is_open,
        "own": participant,
        "own_said": SAID[participant.answer],
        "own_tag": TAGS[participant.answer],
        "ways": [(way, words, "") for way, words in ways.items()],
        "answer": typed.get("answer", participant.answer),
        "answer_words": typed.get("answer_words", participant.answer_words),
        "own_away": absences.KINDS.get(kind, ""),
    }


def of_all(meeting: Meeting, people: Sequence[Participant], *, at: datetime) -> dict[str, Any]:
    """Return what everybody answered, for whoever called the meeting."""
    invited = [each.account_id for each in people]
    away = queries.away_from(meeting, invited) if meeting.ends_at > at else {}
    counts = Counter(each.answer for each in people)
    return {
        "answers": [
            {
                "participant": each,
                "said": SAID[each.answer],
                "tag": TAGS[each.answer],
                "words": each.answer_words if meeting.ends_at > at else "",
                "away": absences.KINDS.get(away.get(each.account_id, ""), ""),
            }
            for each in people
        ],
        "counts": [(SAID[each], counts[each]) for each in SAID if counts[each]],
    }
