"""What filling the demo makes of a history that is on record already."""

from __future__ import annotations

import pytest

from loket.kernel import clock
from loket.policies.models import Circular
from loket.site import decreeing
from loket.site.command import filling
from tests.site.test_deciding import TEXT


@pytest.fixture
def shipped(tmp_path, kelurahan, monkeypatch):
    """Let a release ship a history of one circular, and return its file."""
    monkeypatch.setattr(decreeing, "SHIPPED", tmp_path)
    path = tmp_path / f"{decreeing.HISTORY}.yaml"
    body = "".join(f"    {line}\n" for line in TEXT.splitlines()).replace("    f", "  - f", 1)
    head = "format: 1\ntitle: {id: Riwayat, en: History}\ncirculars:\n"
    path.write_text(head + body, encoding="utf-8")
    return path


def test_history_is_loaded_once(shipped):
    told = [filling.circulars_of_the_past(at=clock.now()) for _time in range(2)]
    assert told == ["1 of 2020 to 2025 added", "0 of 2020 to 2025 added"]


def test_history_that_a_later_release_tells_otherwise_stays_as_it_is(shipped):
    filling.circulars_of_the_past(at=clock.now())
    before = Circular.objects.values().get()
    edited = shipped.read_text(encoding="utf-8").replace("Kerja saat banjir", "Bekerja")
    shipped.write_text(edited, encoding="utf-8")
    assert filling.circulars_of_the_past(at=clock.now()) == (
        "those of 2020 to 2025 are on record otherwise than this release tells them, "
        "and are left as they are"
    )
    assert Circular.objects.values().get() == before
