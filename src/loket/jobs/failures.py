"""What is written down when a job fails, and how long to wait before the next try."""

from __future__ import annotations

import random
import traceback
from datetime import timedelta

from loket.kernel.errors import TransportError

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=6)
GROWTH = 3
"""10 s, 30 s, 90 s … 2 h: eight attempts outlast a provider that is away for three hours."""

JITTER = 0.25
FRAMES_KEPT = 30


def pause(attempt: int) -> timedelta:
    """Return the wait after a failed attempt (1, 2, …): growing, capped, never in step."""
    growth: int = GROWTH ** min(attempt - 1, 12)
    plain = min(FIRST_PAUSE * growth, LONGEST_PAUSE)
    return plain * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 -- not a secret


def is_hopeless(error: BaseException) -> bool:
    """Say whether trying again cannot help."""
    return isinstance(error, TransportError) and error.permanent


def describe(error: BaseException) -> str:
    """Return the kinds of error and the frames they passed, outermost cause first.

    Messages and values are left out: an error about a row quotes the row, and a resident's
    data must not outlive its case in a log or in the list of dead jobs.
    """
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\n".join(_describe_one(one) for one in reversed(chain))


def _describe_one(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES_KEPT:]
    lines = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join([kind(error), *lines])


def kind(error: BaseException) -> str:
    """Return the dotted name of an error's class."""
    return f"{type(error).__module__}.{type(error).__qualname__}"
