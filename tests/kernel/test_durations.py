"""How long something took, in words."""

from __future__ import annotations

import pytest

from loket.kernel.durations import in_hours


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 menit"),
        (1, "1 menit"),
        (59, "59 menit"),
        (60, "1 jam"),
        (352, "5 jam 52 menit"),
        (6000, "100 jam"),
    ],
)
def test_minutes_are_said_in_hours(minutes: int, words: str) -> None:
    assert in_hours(minutes) == words
