"""A card: from the phone to the counter where it is collected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from .conftest import PHONE, Person
from .filling import fill_in
from .steps import EMAIL, Letters, begin, move, sample, send, take

pytestmark = pytest.mark.journey


def test_lost_identity_card_is_printed_and_collected(
    government: datetime,
    person: Callable[..., Person],
    staff: Callable[[str], Person],
    letters: Letters,
    tmp_path: Path,
) -> None:
    ayu = person(PHONE)
    begin(ayu, letters, "KTP-LOST")
    fill_in(ayu.page, sample("KTP-LOST"), tmp_path)
    ayu.see()
    code = send(ayu)

    budi = staff("budi")
    for action in ("verify", "print_done"):
        take(budi, code)
        move(budi, action)
    assert "siap diambil" in letters(EMAIL)[-1]

    ayu.page.goto(f"/cases/{code}/")
    ayu.see()
    told = ayu.page.locator("main").inner_text()
    assert "Siap diambil" in told
    assert "Senin–Kamis" in told
    with ayu.page.expect_download() as slip:
        ayu.page.get_by_role("link", name="Bukti pengambilan (PDF)").click()
    assert Path(slip.value.path()).read_bytes().startswith(b"%PDF")

    take(budi, code)
    budi.see()
    move(budi, "collected")
    ayu.page.reload()
    ayu.see()
    assert "Sudah diambil" in ayu.page.locator("main").inner_text()
    assert ayu.page.get_by_role("link", name="Bukti pengambilan (PDF)").count() == 0
