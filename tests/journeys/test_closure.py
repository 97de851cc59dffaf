"""A positive case in the office: shut at once, cleaned, and open again on the right morning."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from loket.policies import services as policies
from loket.policies.models import Closure
from loket.policies.rules.format import ClosureForm

from . import law
from .conftest import PHONE, Person
from .law import OFFICE, read
from .steps import Letters, sign_in

pytestmark = pytest.mark.journey


def on_a_phone(somebody: Person) -> Person:
    somebody.page.set_viewport_size(PHONE)
    return somebody


def close(dewi: Person) -> Closure:
    """Close the office: see the minimum and what it does, then confirm."""
    page = dewi.page
    page.goto("/desk/closures/")
    dewi.see()
    page.locator("main a[href$='/closures/new/']").click()
    dewi.see()
    page.get_by_role("button", name="Tampilkan").click()
    page.wait_for_load_state()
    assert page.locator(".error-summary a").count() > 1  # nothing is chosen yet
    dewi.see()
    page.locator("[name=what]").first.check()
    page.check("[name=reason][value=positive_case]")
    page.fill("[name='words.id']", "Seorang petugas positif; kantor dibersihkan.")
    page.fill("[name='words.en']", "One of the officers is ill; the office is cleaned.")
    page.get_by_role("button", name="Tampilkan").click()
    page.locator("#preview").wait_for()
    dewi.see()
    page.locator("#preview button[value=close]").click()
    page.wait_for_url(re.compile("/desk/closures/[^/]+/$"))
    dewi.see()
    return Closure.objects.get()


def test_office_closes_at_once(
    government: datetime,
    person: Callable[..., Person],
    staff: Callable[[str], Person],
    letters: Letters,
) -> None:
    case = law.ayus_case(government)
    dewi = on_a_phone(staff("dewi"))
    closure = close(dewi)
    again = law.moment(closure.earliest_at)
    assert f"Paling cepat dibuka kembali {law.weekday(closure.earliest_at)}, {again}" in read(
        dewi
    )
    refused(dewi, again.partition(",")[0])

    ayu = person(PHONE)
    page = ayu.page
    page.goto(f"/offices/{OFFICE}/")
    assert "Kantor ini tutup Seorang petugas positif" in read(ayu, ".banner")
    assert f"Buka kembali paling cepat pada {again}" in read(ayu, ".banner")
    ayu.see()
    assert law.fetched(ayu, "main a[href*='notice.pdf']").startswith(b"%PDF")
    page.goto("/offices/press/")
    assert "Satuan Pelaksana Dukcapil Kelurahan Pejaten Barat" in read(ayu, "section.group")
    ayu.see()
    assert law.fetched(ayu, "main a[href*='.pdf']").startswith(b"%PDF")

    page.goto(f"/cases/{case.code}/")
    sign_in(ayu, letters)
    assert "Hari kerja sedang tidak dihitung" in read(ayu, "main aside")
    assert "Seorang petugas positif" in read(ayu, "main aside")
    page.get_by_text("Kami menjanjikan").click()
    ayu.see()
    # Ayu's day is put off only if the office is shut on a day that would have counted.
    shut, opens = law.days(closure.starts_at).today, law.days(closure.earliest_at).today
    is_put_off = law.working_day(shut + timedelta(days=1)) < opens
    assert ("kantor ditutup" in law.latest(letters)) == is_put_off


def test_office_reopens_on_the_right_morning(
    government: datetime, person: Callable[..., Person], staff: Callable[[str], Person]
) -> None:
    closure = shut_since(government - timedelta(days=14), at=government)
    dewi = on_a_phone(staff("dewi"))
    page = dewi.page
    page.goto("/desk/closures/")
    dewi.see()
    page.locator("main table a").first.click()
    dewi.see()
    refused(dewi, "disinfeksi, penelusuran kontak erat")
    for kind in ("disinfection", "tracing"):
        record(dewi, kind)
    page.locator("form[action$='/reopen/'] button").first.click()
    page.wait_for_load_state()
    assert "Sudah dibuka kembali" in read(dewi)
    dewi.see()
    closure.refresh_from_db()
    assert closure.reopened_at is not None
    visitor = person(PHONE)
    visitor.page.goto(f"/offices/{OFFICE}/?on={law.working_day(law.days(government).first)}")
    assert "Kantor ini buka" in read(visitor, ".banner")
    visitor.see()


def refused(dewi: Person, because: str) -> None:
    """Press a button to reopen that the page no longer has, as in a window left open."""
    page = dewi.page
    assert page.locator("form[action$='/reopen/']").count() == 0
    with page.expect_navigation():
        page.evaluate(
            """() => {
              const form = document.querySelector("form[action$='/record/']");
              form.action = form.action.replace('/record/', '/reopen/');
              form.submit();
            }"""
        )
    assert because in read(dewi, ".error-summary")
    dewi.see()


def shut_since(since: datetime, *, at: datetime) -> Closure:
    """Shut the office as Dewi would have done some time ago: tests cannot move the clock."""
    form = ClosureForm.model_validate(
        {
            "units": [OFFICE],
            "reason": "positive_case",
            "from": since,
            "basis": "Pergub DKI Jakarta 88/2020 pasal 9 ayat (2) huruf f",
        }
    )
    return policies.close(form=form, actor=law.staff_actor("dewi", at=at), at=since)


def record(dewi: Person, kind: str) -> None:
    """Write down what was done; without words it is refused."""
    page = dewi.page
    form = "form[action$='/record/']"
    page.locator(f"{form} select[name=kind]").select_option(kind)
    page.locator(f"{form} button").click()
    assert page.locator(".error-summary a").count() == 1
    dewi.see()
    page.fill(f"{form} [name=words]", "PT Bersih Sentosa, semua ruangan")
    page.locator(f"{form} button").click()
    page.locator(".messages, .notice.good, [role=status]").first.wait_for()
    dewi.see()
