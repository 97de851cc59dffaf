"""Clocking in on a phone, out without a line, and what the head makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from loket.demo import roles
from loket.kernel import clock
from loket.organisation.models import Place, Unit
from loket.people.models import Account
from loket.workforce.models import Clocking, Roster, RosterDay, Turn
from tests.factories import files

from .conftest import PHONE, Person
from .law import read

pytestmark = pytest.mark.journey
UNIT = f"{roles.HOME}-DUKCAPIL"


def plan_a_turn(username: str) -> None:
    """Publish a roster for today in which somebody works now, whatever day and hour it is."""
    now = clock.now()
    on = now.astimezone(ZoneInfo("Asia/Jakarta")).date()
    unit = Unit.objects.get(code=UNIT)
    row = Roster.objects.create(
        unit=unit, starts_on=on, ends_on=on + timedelta(days=1), state="published",
        planned_at=now, planned_by="system:tests",
    )  # fmt: skip
    RosterDay.objects.create(unit=unit, on=on, roster=row)
    Turn.objects.create(
        roster=row, account=Account.objects.get(username=username), on=on, shift="",
        starts_at=now - timedelta(minutes=20), ends_at=now + timedelta(hours=6), changed_at=now,
    )  # fmt: skip


def on_a_phone(somebody: Person, *, north: float = 0.0002) -> Person:
    """Hold a phone that knows where it is: so many degrees north of the office."""
    there = Place.objects.get(offices__unit__code=UNIT)
    somebody.page.set_viewport_size(PHONE)
    somebody.context.grant_permissions(["geolocation"])
    spot = {"latitude": there.latitude + north, "longitude": there.longitude, "accuracy": 14}
    somebody.context.set_geolocation(spot)
    return somebody


def wait_for_worker(somebody: Person) -> None:
    """Wait until the phone has kept the page for when there is no line."""
    somebody.page.wait_for_function(
        "async () => Boolean(await caches.match('/desk/attendance/offline/')) "
        "&& Boolean(navigator.serviceWorker.controller)"
    )


def test_budi_clocks_in_and_out_on_his_phone(
    government: datetime, staff: Callable[[str], Person]
) -> None:
    plan_a_turn("budi")
    budi = on_a_phone(staff("budi"))
    page = budi.page
    page.goto("/desk/attendance/")
    budi.see()
    assert "belum absen" in read(budi, ".now")
    page.get_by_role("button", name="Absen masuk", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("Absen masuk pukul")
    assert "22 m dari" in read(budi, "#messages")
    assert "Terlambat 20 menit." in read(budi, ".decided")
    budi.see()
    came = Clocking.objects.get()
    assert (came.kind, came.way, came.is_offline, came.flags) == ("in", "place", False, [])

    wait_for_worker(budi)
    out_without_a_line(on_a_phone(budi, north=0.0003))
    left = Clocking.objects.exclude(pk=came.pk).get()
    assert (left.kind, left.is_offline, left.flags) == ("out", True, [])
    assert left.received_at > left.claimed_at
    budi.see()
    page.get_by_role("link", name="Absensi saya bulan ini").click()
    page.wait_for_load_state()
    budi.see()
    appeal(budi)
    dewi = on_a_phone(staff("dewi"))
    what_dewi_makes_of_it(dewi, left)
    grant(dewi)


def appeal(budi: Person) -> None:
    page = budi.page
    page.locator("table a").first.click()
    page.wait_for_load_state()
    page.locator("summary", has_text="Ajukan keberatan").click()
    page.fill("[name=words]", "Saya sudah di kantor sejak pukul tujuh.")
    budi.see()
    page.get_by_role("button", name="Ajukan keberatan").click()
    page.wait_for_load_state()
    assert "Menunggu keputusan atasan." in read(budi, "main")


def grant(dewi: Person) -> None:
    page = dewi.page
    page.goto("/desk/attendance/team/")
    page.get_by_role("link", name="Putuskan").click()
    page.wait_for_load_state()
    dewi.see()
    page.get_by_role("button", name="Kabulkan").click()
    page.wait_for_load_state()
    assert "Keberatan dikabulkan." in read(dewi, "#messages")
    dewi.see()


def out_without_a_line(budi: Person) -> None:
    """Press without a line, leave the page, come back, and get a line again."""
    page = budi.page
    budi.context.set_offline(True)
    page.goto("/desk/attendance/")
    expect(page.locator("[data-show=offline]")).to_be_visible()
    page.get_by_role("button", name="Absen pulang", exact=True).click()
    expect(page.locator("[data-show=waiting]")).to_contain_text("Absen pulang, ditekan pukul")
    expect(page.locator("[data-show=status]")).to_contain_text("Tersimpan di ponsel ini")
    page.goto("/desk/attendance/")
    expect(page.locator("[data-show=waiting]")).to_contain_text("Absen pulang, ditekan pukul")
    assert Clocking.objects.count() == 1
    budi.errors.clear()
    budi.see()
    budi.errors.clear()  # the browser itself reports that there was no line
    budi.context.set_offline(False)
    expect(page.locator("#messages")).to_contain_text("Absen pulang pukul", timeout=30_000)
    assert page.locator("[data-show=waiting]").is_hidden()


def what_dewi_makes_of_it(dewi: Person, left: Clocking) -> None:
    page = dewi.page
    page.goto("/desk/attendance/team/")
    dewi.see()
    assert "Budi Santoso" in read(dewi, "table")
    page.get_by_role("button", name=re.compile("Sahkan pukul")).click()
    page.wait_for_load_state()
    assert "Waktu menurut ponsel sekarang dihitung." in read(dewi, "#messages")
    left.refresh_from_db()
    assert left.counts_at < left.received_at
    dewi.see()
    page.get_by_role("link", name="Budi Santoso").first.click()
    page.wait_for_load_state()
    assert "waktunya sudah disahkan atasan" in read(dewi, ".decided")
    dewi.see()
    page.goto("/desk/attendance/team/month/")
    dewi.see()


def test_far_away_the_code_at_the_door_helps(
    government: datetime, staff: Callable[[str], Person]
) -> None:
    plan_a_turn("budi")
    budi = on_a_phone(staff("budi"), north=0.05)
    page = budi.page
    page.goto("/desk/attendance/")
    page.get_by_role("button", name="Absen masuk", exact=True).click()
    expect(page.locator("[data-show=refused]")).to_contain_text("5,5 km dari")
    assert not Clocking.objects.exists()
    budi.see()

    dewi = staff("dewi")
    dewi.page.goto("/desk/attendance/team/")
    dewi.page.locator("a[href*='/door/']").click()
    dewi.page.wait_for_load_state()
    dewi.see()
    code = dewi.page.locator(".digits").inner_text()
    page.fill("[name=code]", code)  # the other ways opened by themselves
    page.get_by_role("button", name="Absen masuk dengan kode").click()
    expect(page.locator("#messages")).to_contain_text("Absen masuk pukul")
    assert Clocking.objects.get().way == "code"
    budi.see()


def test_photo_from_home_waits_for_a_line(
    government: datetime, staff: Callable[[str], Person], tmp_path: Path
) -> None:
    plan_a_turn("dewi")
    budi = on_a_phone(staff("budi"), north=0.03)
    page = budi.page
    page.goto("/desk/attendance/")
    budi.see()
    wait_for_worker(budi)
    budi.context.set_offline(True)
    (tmp_path / "aku.jpg").write_bytes(files.jpeg())
    page.set_input_files("[name=photo]", tmp_path / "aku.jpg")
    page.get_by_role("button", name="Absen masuk dari rumah").click()
    expect(page.locator("[data-show=waiting]")).to_contain_text("Absen masuk, ditekan pukul")
    budi.errors.clear()  # the browser itself reports that there was no line
    budi.context.set_offline(False)
    expect(page.locator("#messages")).to_contain_text("Absen masuk pukul", timeout=30_000)
    row = Clocking.objects.get()
    assert (row.way, row.is_offline, row.flags, row.photo.media_type) == (
        "home", True, [], "image/jpeg",
    )  # fmt: skip
    page.get_by_role("link", name="Foto").click()
    page.wait_for_load_state()
    assert page.locator("img").evaluate("image => image.naturalWidth") > 0


def test_everything_works_without_a_script(
    government: datetime, staff: Callable[..., Person]
) -> None:
    plan_a_turn("budi")
    budi = staff("budi", has_script=False)
    page = budi.page
    page.goto("/desk/attendance/")
    assert "tidak menjalankan skrip" in read(budi, ".now")
    page.locator("details.other > summary").click()
    page.get_by_role("button", name="Absen masuk tanpa lokasi").click()
    page.wait_for_load_state()
    assert "Ponsel Anda tidak memberi lokasi" in read(budi, "#messages")
    page.goto("/desk/attendance/days/")
    appeal(budi)
