"""An old phone without JavaScript: everything works, with a button more here and there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from .conftest import PHONE, Person
from .filling import fill_in
from .steps import Letters, begin, sample, send

pytestmark = pytest.mark.journey


def test_application_without_javascript(
    government: datetime, person: Callable[..., Person], letters: Letters, tmp_path: Path
) -> None:
    ayu = person(PHONE, has_script=False)
    begin(ayu, letters, "KTP-LOST")
    ayu.send()  # nothing is chosen yet
    assert ayu.page.locator(".error-summary a").count() == 1
    asked = fill_in(ayu.page, sample("KTP-LOST"), tmp_path)
    assert len(asked) == 10
    code = send(ayu)
    ayu.page.goto(f"/cases/{code}/")
    ayu.see()
    assert "Sedang diperiksa" in ayu.page.locator("main").inner_text()
