"""The circular of March 2020 once more: written, tried out, enacted by another, and ended."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from loket.policies.rules import format as form
from tests.factories import policies

from . import law
from .conftest import PHONE, Person
from .drafting import CHANNELS, CLOCK, ISSUER, ONLINE, PINNED, write
from .law import OFFICE, Days, read, words
from .steps import Letters, sign_in
from .test_keyboard import enter, tab_to

pytestmark = pytest.mark.journey

TITLE = "Layanan tanpa tatap muka"


def simulate(somebody: Person, code: str) -> str:
    """Try a draft out, and return what the page says it would do."""
    page = somebody.page
    page.goto(f"/desk/circulars/{code}/")
    page.locator("form[action$='/simulate/'] button").click()
    page.wait_for_url(re.compile("/impact/$"))
    somebody.see()
    return read(somebody)


def enact(surya: Person, code: str) -> None:
    page = surya.page
    page.locator("form[action$='/enact/'] button").click()
    page.wait_for_url(re.compile(f"/desk/circulars/{code}/$"))
    surya.see()


def draft_of_2020(eka: Person, days: Days) -> str:
    """Let Eka write the circular and see what it would do, to Ayu's case too."""
    number = f"02/SE/{days.today.year}"
    code = write(eka, number, days, [ONLINE, CHANNELS, PINNED, CLOCK], title=TITLE)
    told = simulate(eka, code)
    assert "buka → menjadi hanya daring" in told
    moved = read(eka, "table:has(th.number) tbody tr")
    assert (day_of(moved, 1), day_of(moved, 5)) == (days.busy.day, days.after.day)
    eka.page.get_by_text("Hari demi hari", exact=True).click()
    eka.page.get_by_text("Contoh", exact=True).click()
    eka.see()
    return code


def day_of(row: str, place: int) -> int:
    """Return the day of the month in a row such as “Sen, 23 Nov 2026 Sen, 7 Des 2026 1”."""
    return int(row.split()[place])


def reads_board(ayu: Person, days: Days, code: str) -> None:
    """Look at the board without signing in: on the first working day, and after the last."""
    page = ayu.page
    page.goto(f"/offices/?on={days.busy}&q=pejaten+barat")
    ayu.see()
    assert "Hanya daring" in read(ayu, "#found")
    page.locator(f"#found a[href*='{OFFICE}']").click()
    ayu.see()
    assert f"Buka kembali pada {words(days.after)}" in read(ayu, "main .banner")
    page.locator("main .because summary").first.click()
    assert "angka 1 huruf a" in read(ayu, "main .because >> nth=0")
    ayu.see()
    assert law.fetched(ayu, "main a[href*='notice.pdf']").startswith(b"%PDF")
    page.locator(f"main .because a[href='/circulars/{code}/']").first.click()
    ayu.see()
    for part in ("angka 3", "semua jabatan struktural"):
        assert part in read(ayu, "main .articles")
    page.goto(f"/offices/{OFFICE}/?on={days.after}")
    assert "Kantor ini buka" in read(ayu, "main .banner")
    ayu.see()


def test_circular_from_draft_to_revocation(
    government: datetime,
    person: Callable[..., Person],
    staff: Callable[[str], Person],
    letters: Letters,
) -> None:
    days, case = law.days(government), law.ayus_case(government)
    due = case.due_on
    eka = staff("eka")
    code = draft_of_2020(eka, days)
    assert eka.page.locator("form[action$='/enact/']").count() == 0
    assert "Surya Atmaja (Sekretaris Daerah)" in read(eka)

    surya = staff("surya")
    page = surya.page
    surya.see()
    page.locator(f"main a[href='/desk/circulars/{code}/impact/']").click()
    surya.see()
    enact(surya, code)
    page.goto(f"/desk/circulars/{code}/impact/")
    surya.see()

    ayu = person(PHONE)
    reads_board(ayu, days, code)
    told = law.latest(letters)
    assert words(due) in told
    assert words(days.after) in told
    page = ayu.page
    page.goto(f"/cases/{case.code}/")
    sign_in(ayu, letters)
    page.goto(f"/cases/{case.code}/")
    assert words(days.after) in read(ayu, "main aside .summary")
    ayu.see()
    page.get_by_text("Kami menjanjikan").click()
    ayu.see()

    revoke(surya, code, days)
    # The day's one letter is out; what is taken back is told tomorrow, if it is still news.
    assert law.moves_told(letters) == [told]
    page.reload()
    assert words(due) in read(ayu, "main aside .summary")
    ayu.see()
    page.goto(f"/offices/{OFFICE}/?on={days.busy}")
    assert "Kantor ini buka" in read(ayu, "main .banner")
    page.goto(f"/circulars/{code}/")
    assert "dicabut sebelum mulai berlaku" in read(ayu)
    ayu.see()


def revoke(surya: Person, code: str, days: Days) -> None:
    """End the circular from its first day on: with a reason, after seeing what that changes."""
    page = surya.page
    page.goto(f"/desk/circulars/{code}/")
    page.locator("details:has(form[action$='/revoke/']) summary").click()
    law.fill_day(surya, "revoked_from", days.first)
    page.locator("form[action$='/revoke/'] button").click()
    assert page.locator(".error-summary").count() == 1
    surya.see()
    page.fill("[name=reason]", "Keadaan membaik.")
    page.locator("form[action$='/revoke/'] button").click()
    page.locator("button[name=do][value=revoke]").wait_for()
    surya.see()
    page.locator("button[name=do][value=revoke]").click()
    page.wait_for_url(re.compile(f"/desk/circulars/{code}/$"))
    assert "Keadaan membaik." in read(surya)
    surya.see()


def test_stale_simulation_is_refused_with_what_changed(
    government: datetime, staff: Callable[[str], Person]
) -> None:
    days = law.days(government)
    eka, surya = staff("eka"), staff("surya")
    code = write(
        eka, "7/SE", days, [replace(ONLINE, kinds=["village"])], title="Layanan daring"
    )
    simulate(surya, code)

    other = policies.written(
        {**policies.ONLINE, "state": "limited", "scope": {"units": ["31"], "kinds": ["village"]}},
        number="8/SE", date=days.today, issuer=ISSUER,
        effective={"from": days.first, "through": days.last},
    )  # fmt: skip
    policies.enact(
        other,
        author=law.staff_actor("eka", at=government),
        actor=law.staff_actor("surya", at=government),
        at=government,
    )
    page = surya.page
    page.locator("form[action$='/enact/'] button").click()
    page.locator(".error-summary").wait_for()
    assert f"{ISSUER} 8/SE" in read(surya)
    assert page.locator("form[action$='/enact/']").count() == 0
    surya.see()

    page.locator("form[action$='/simulate/'] button").click()
    page.locator("form[action$='/enact/']").wait_for()
    assert f"{ISSUER} 8/SE" in read(surya, ".notice.warning")  # the two contradict each other
    surya.see()
    enact(surya, code)


def test_keyboard_alone_enacts(government: datetime, staff: Callable[[str], Person]) -> None:
    draft = policies.draft(
        plan(law.days(government)), actor=law.staff_actor("eka", at=government), at=government
    )
    surya = staff("surya")
    page = surya.page
    tab_to(page, f"main a[href='/desk/circulars/{draft.code}/impact/']")
    enter(page)
    tab_to(page, "form[action$='/simulate/'] button")
    enter(page)
    tab_to(page, "form[action$='/enact/'] button")
    surya.see()
    enter(page)
    draft.refresh_from_db()
    assert draft.enacted_by_name == "Surya Atmaja"
    surya.see()


def plan(days: Days) -> form.Circular:
    """Return a small circular for the days."""
    return policies.written(
        policies.ONLINE, number="9/SE", date=days.today,
        effective={"from": days.first, "through": days.last},
    )  # fmt: skip


def test_circular_is_written_and_tried_out_without_javascript(
    government: datetime, staff: Callable[..., Person]
) -> None:
    days = law.days(government)
    eka = staff("eka", has_script=False)
    said = [replace(ONLINE, unit=law.OFFICE, kinds=()), replace(PINNED, unit=law.OFFICE)]
    code = write(eka, "10/SE", days, said, title=TITLE)
    told = simulate(eka, code)
    assert "buka → menjadi hanya daring" in told
    assert "Surya Atmaja" in told
