"""Work that is done by itself."""

from __future__ import annotations

from django_tasks import task

from loket.kernel import clock
from loket.kernel.access import Actor

from . import services


@task()
def sweep_drafts() -> None:
    """Remind of forgotten drafts; delete those that nobody came back to."""
    services.sweep_drafts(actor=Actor.system("drafts"), at=clock.now())


@task()
def erase_expired() -> None:
    """Erase closed cases whose retention period is over."""
    services.erase_expired(actor=Actor.system("retention"), at=clock.now())


@task()
def lapse_returned() -> None:
    """End cases that were returned and never came back."""
    services.lapse_returned(actor=Actor.system("deadlines"), at=clock.now())


@task()
def carry_due_dates() -> None:
    """Move on the due dates of cases whose clock stands still until further notice."""
    services.carry_due_dates(actor=Actor.system("deadlines"), at=clock.now())


@task()
def release_absent() -> None:
    """Give back the cases of those whose absence has begun."""
    services.release_absent(actor=Actor.system("routing"), at=clock.now())


@task()
def tell_due_moves(*, edition: int, after: int = 0, again: bool = False) -> None:
    """Tell applicants whose due date an edition of the law moved; one batch, then the next."""
    actor = Actor.system("deadlines")
    services.tell_due_moves(
        edition=edition, after=after, again=again, actor=actor, at=clock.now()
    )


@task()
def count_again(*, code: str, edition: int) -> None:
    """Count a case again that was filed while the law was changing."""
    actor = Actor.system("deadlines")
    services.count_again(code=code, edition=edition, actor=actor, at=clock.now())
