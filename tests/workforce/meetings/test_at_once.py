"""An answer and a change of the time at once: nobody is held to a time that they did not read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from loket.kernel.errors import Conflict
from loket.workforce import services as workforce
from loket.workforce.rules.meetings import MeetingForm
from tests.factories import rosters as factory
from tests.factories.at_once import DONE, outcomes


@pytest.mark.django_db(transaction=True)
def test_an_answer_never_outlives_the_time_that_it_was_about(kelurahan, at):
    dewi, ani = factory.head(kelurahan), factory.member(kelurahan, "Ani")
    form = MeetingForm(
        title="Rapat pagi", starts_at=at + timedelta(days=1),
        ends_at=at + timedelta(days=1, hours=1), provider="jitsi",
        participants=frozenset({ani.pk}),
    )  # fmt: skip
    head, guest = factory.actor(dewi, at=at), factory.actor(ani, at=at)
    meeting = workforce.call_meeting(unit=kelurahan, form=form, actor=head, at=at)
    later = replace(form, ends_at=form.ends_at + timedelta(hours=1))

    def answer() -> None:
        workforce.answer_meeting(meeting=meeting, answer="no", sequence=0, actor=guest, at=at)

    def change() -> None:
        workforce.change_meeting(meeting=meeting, form=later, sequence=0, actor=head, at=at)

    told = outcomes(answer, change, answer, change)
    assert sorted(told[1::2]) == [Conflict.__name__, DONE]
    assert {*told[0::2]} <= {Conflict.__name__, DONE}
    assert meeting.participants.get(account=ani).answer == ""
