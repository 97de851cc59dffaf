"""A birth certificate, from the resident's phone to a signed PDF that anyone can verify."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from loket.demo import roles

from . import papers
from .conftest import PHONE, Person
from .filling import fill_in, upload
from .steps import EMAIL, Letters, open_case, sample, send, sign_in, step

pytestmark = pytest.mark.journey

PHONE_MAIL = roles.RESIDENT_PHONE.strip("+")


def answers(at: datetime) -> dict[str, object]:
    given = sample("BIRTH")
    given["child_birth_date"] = (at - timedelta(days=20)).date().isoformat()
    given["birth_proof"]["files"] = ["buram-surat-kelahiran.jpg"]
    return given


def apply(ayu: Person, letters: Letters, at: datetime, folder: Path) -> str:
    """Find the service, fill it in, check the answers, send, and return the code."""
    page = ayu.page
    page.goto("/")
    ayu.see()
    page.fill("[name=q]", "akte lahir")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Akta kelahiran").first.click()
    ayu.see()
    page.get_by_role("button", name="Mulai sekarang").click()
    sign_in(ayu, letters)
    ayu.see()
    if page.url.endswith("/start/"):
        page.get_by_role("button", name="Mulai sekarang").click()
        page.wait_for_load_state()
    ayu.send()  # nothing is chosen yet
    assert page.locator(".error-summary a").count() == 1
    ayu.see()
    asked = fill_in(page, answers(at), folder)
    assert len(asked) > 15
    ayu.see()
    return send(ayu)


def give_back(budi: Person, code: str) -> None:
    """Return the application, because one document cannot be read."""
    page = budi.page
    open_case(budi, code)
    form = step(page, "return")
    form.locator("select[name=reason]").select_option(index=1)
    form.locator("[name=questions][value=birth_proof]").check()
    form.locator("[name=words]").fill("Foto surat kelahiran buram. Mohon foto ulang.")
    form.get_by_role("button").last.click()
    page.wait_for_url(re.compile("/desk/cases/$"))


def mend(ayu: Person, code: str, letters: Letters, folder: Path) -> None:
    """Replace the one file, and send again."""
    assert "Mohon foto ulang" in letters(EMAIL)[-1]
    page = ayu.page
    page.goto(f"/cases/{code}/")
    ayu.see()
    page.goto(f"/cases/{code}/mend/")
    ayu.see()
    page.locator("main a[href*='/mend/']").first.click()
    page.wait_for_load_state()
    upload(page, papers.photo(folder, "surat-kelahiran-jelas.jpg"))
    ayu.see()
    page.locator("main form .actions button").first.click()
    page.wait_for_load_state()
    page.locator("main form .actions button").first.click()
    page.wait_for_load_state()


def verify_case(budi: Person, code: str, at: datetime) -> None:
    """Pass it on; a slip in the child's NIK is asked about first."""
    page = budi.page
    open_case(budi, code)
    form = step(page, "verify")
    form.locator("input.input").fill("3174040101990003")
    form.locator("input[type=radio]").first.check()
    form.get_by_role("button").last.click()
    page.locator(".notice.warning a").first.wait_for()
    budi.see()
    born = (at - timedelta(days=20)).date()
    form = page.locator("form[action$='/move/verify/']")
    form.locator("input.input").fill(f"317404{born.day + 40}{born:%m%y}0003")
    form.get_by_role("button").last.click()
    page.wait_for_url(re.compile("/desk/cases/$"))


def sign(dewi: Person, code: str) -> None:
    page = dewi.page
    page.goto("/desk/signing/")
    dewi.see()
    page.get_by_role("link", name=code).click()
    page.check("[name=reason][value=handling]")
    page.locator("form", has=page.locator("[name=reason]")).get_by_role("button").click()
    page.wait_for_load_state()
    assert (
        page.locator("img.preview").evaluate("i => i.decode().then(() => i.naturalWidth)") > 500
    )
    dewi.see()
    page.goto("/desk/signing/")
    page.check(f"[name=codes][value='{code}']")
    page.fill("[name=passphrase]", "salah sekali")
    dewi.send("main form")
    assert page.locator(".error-summary").count() == 1
    page.check(f"[name=codes][value='{code}']")
    page.fill("[name=passphrase]", roles.PASSPHRASE)
    dewi.send("main form")
    assert page.locator("ol.signed li a").count() == 1
    dewi.see()


def fetch(ayu: Person, letters: Letters, folder: Path) -> Path:
    """Download the certificate with the link and the PIN, which came apart."""
    link = re.search(r"https?://\S+/d/\S+", letters(EMAIL)[-1]).group(0)
    pin = re.search(r"\b(\d{6})\b", letters(PHONE_MAIL)[-1]).group(1)
    page = ayu.page
    page.goto(link)
    ayu.see()
    page.fill("[name=pin]", "000000" if pin != "000000" else "111111")
    ayu.send()
    assert page.locator(".error-summary").count() == 1
    page.fill("[name=pin]", pin)
    with page.expect_download() as download:
        page.locator("main form button").first.click()
    path = folder / "akta.pdf"
    download.value.save_as(path)
    return path


def verdict(visitor: Person, path: Path) -> str:
    page = visitor.page
    page.goto("/verify/")
    page.set_input_files("input[type=file]", path)
    page.locator("form:has(input[type=file]) button").click()
    page.wait_for_load_state()
    visitor.see()
    return page.locator("main .banner").get_attribute("class") or ""


def test_birth_certificate_reaches_whoever_verifies_it(
    government: datetime,
    person: Callable[..., Person],
    staff: Callable[[str], Person],
    letters: Letters,
    tmp_path: Path,
) -> None:
    ayu = person(PHONE)
    code = apply(ayu, letters, government, tmp_path)
    budi = staff("budi")
    give_back(budi, code)
    mend(ayu, code, letters, tmp_path)
    verify_case(budi, code, government)
    dewi = staff("dewi")
    sign(dewi, code)

    certificate = fetch(ayu, letters, tmp_path)
    visitor = person(PHONE)
    assert "good" in verdict(visitor, certificate)
    changed = tmp_path / "ubah.pdf"
    changed.write_bytes(certificate.read_bytes() + b"\n% satu baris lagi\n")
    assert "bad" in verdict(visitor, changed)

    ayu.page.goto("/my/looks/")
    ayu.see()
    assert "Budi Santoso" in ayu.page.locator("main").inner_text()

    dewi.page.goto("/desk/documents/")
    dewi.see()
    dewi.page.locator("table a").first.click()
    dewi.page.wait_for_load_state()
    dewi.see()
    dewi.page.locator("details.step summary", has_text="Cabut").click()
    dewi.page.locator("details.step[open] [name=reason]").fill("Nama ibu keliru.")
    dewi.page.locator("details.step[open] button").click()
    dewi.page.wait_for_load_state()
    assert "bad" in verdict(visitor, certificate)


def test_others_are_refused(
    government: datetime, staff: Callable[[str], Person], person: Callable[..., Person]
) -> None:
    citra = staff("citra")
    citra.page.goto("/desk/cases/")
    citra.see()
    answer = citra.page.goto("/desk/cases/4M9K2TQ-X/")
    assert answer is not None
    assert answer.status == 404
    citra.see()
    visitor = person(PHONE)
    visitor.page.goto("/desk/cases/")
    assert "/desk/account/login" in visitor.page.url
