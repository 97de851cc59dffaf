"""Work on meetings that nobody waits for."""

from __future__ import annotations

from django_tasks import task

from loket.kernel import clock
from loket.kernel.access import Actor
from loket.workforce.models import Meeting
from loket.workforce.services.meetings import answering, inviting


@task(max_attempts=5)
def invite(code: str, sequence: int, notice: str, accounts: list[int]) -> None:
    """Tell people of a meeting; safe to run twice."""
    rows = Meeting.objects.select_related("unit__office", "room__place", "organiser")
    inviting.invite(
        meeting=rows.get(code=code),
        sequence=sequence,
        notice=notice,
        accounts=accounts,
        actor=Actor.system("meetings"),
        at=clock.now(),
    )


@task(max_attempts=8)
def change_room(code: str, sequence: int) -> None:
    """Tell the provider of a change; safe to run twice."""
    inviting.change_room(
        meeting=Meeting.objects.get(code=code),
        sequence=sequence,
        actor=Actor.system("meetings"),
        at=clock.now(),
    )


@task(max_attempts=8)
def end_room(provider: str, link: str) -> None:
    """Tell the provider that a room is not needed any more; safe to run twice."""
    inviting.end_room(
        provider=provider, link=link, actor=Actor.system("meetings"), at=clock.now()
    )


@task()
def forget_words() -> None:
    """Forget why people could not come, once the meetings are over."""
    answering.forget_words(actor=Actor.system("meetings"), at=clock.now())
