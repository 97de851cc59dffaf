"""Bytes that went wrong on the way, or were made to."""

from __future__ import annotations

import random

import pytest

from loket.files.rules.inspect import inspect
from tests.factories import files as make

SAMPLES = {
    "jpeg": make.jpeg(200, 150, exif=make.exif(orientation=3)),
    "png": make.png(200, 150),
    "webp": make.webp(200, 150),
    "heic": make.heic(200, 150),
    "pdf": make.acting_pdf(),
    "form": make.form_pdf(),
}


def spoil(data: bytes, chance: random.Random) -> bytes:
    """Change, cut, repeat or drop some bytes."""
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(spoilt))
        match chance.randrange(4):
            case 0:
                spoilt[at] = chance.randrange(256)
            case 1:
                spoilt[at : at + 4] = chance.randbytes(4)
            case 2:
                del spoilt[at : at + chance.randint(1, 40)]
            case _:
                spoilt[at:at] = spoilt[at : at + chance.randint(1, 40)]
        if not spoilt:
            break
    return (
        bytes(spoilt[: chance.randrange(len(spoilt)) or 1])
        if chance.random() < 0.2
        else bytes(spoilt)
    )


@pytest.mark.parametrize("kind", SAMPLES)
def test_spoilt_file_always_gets_a_verdict(kind: str) -> None:
    chance = random.Random(f"loket {kind}")
    outcomes = set()
    for _ in range(35):
        verdict = inspect(spoil(SAMPLES[kind], chance), f"a.{kind}")
        outcomes.add(verdict.outcome)
        assert (verdict.data == b"") == (verdict.outcome == "refused")
        assert bool(verdict.reason) == (verdict.outcome == "refused")
    assert "refused" in outcomes
