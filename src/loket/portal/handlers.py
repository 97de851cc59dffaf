"""What the portal does about news: it writes the board anew."""

from __future__ import annotations

from loket.jobs import services as jobs
from loket.kernel.events import on
from loket.policies.events import PolicyChanged


@on(PolicyChanged)
def write_board(event: PolicyChanged) -> None:
    """Queue a new snapshot in the transaction of the change: one for each state of the law."""
    jobs.enqueue(
        "loket.portal.tasks.write_snapshot",
        key=f"snapshot:{event.subject}:{event.edition}",
        at=event.at,
    )
