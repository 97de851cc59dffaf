"""A positive case, from the report to the decision to reopen."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from loket.demo.team import days, story
from loket.organisation import queries as organisation
from loket.workforce import queries as workforce

from .conftest import Person
from .law import fill_day
from .team import ASKER, UNIT, assemble

pytestmark = pytest.mark.journey

TRACER = "tari"
NAME = "Budi Santoso"


@pytest.fixture
def met(government) -> tuple[date, list[str]]:
    """Let the team come on a day; return Budi's last day and whom he met."""
    unit, today = organisation.unit(UNIT), organisation.today(None, at=government)
    accounts = assemble(government - timedelta(days=21))
    monday = story.coming_monday(today) - timedelta(days=14)
    asked = story.friday_before(monday, unit)
    story.publish(story.plan(unit, monday, at=asked), at=asked + timedelta(minutes=5))
    budi = accounts[ASKER].pk
    turns = workforce.standing_turns(unit=unit, since=monday, until=today)
    last = max(turn.on for turn in turns if turn.account_id == budi)
    evening = datetime.combine(last, time(20), organisation.zone(unit))
    days.live(unit, accounts.values(), since=last, at=evening)
    found = workforce.contacts(budi, since=last, until=today, at=government)
    names = {account.pk: name for name, account in accounts.items()}
    return last, sorted(names[contact.account] for contact in found)


def test_case_is_reported_handled_and_closed(government, met, staff, letters):
    onset, others = met
    assert others
    tari = staff(TRACER)
    page = tari.page
    page.goto("/desk/incidents/")
    tari.see()
    page.locator("main a[href$='/incidents/new/']").click()
    tari.see()
    page.fill("[name=find]", "Pejaten Barat")
    page.press("[name=find]", "Enter")
    page.locator(f"main a[href*='{UNIT}']").first.click()
    tari.see()
    report(tari, onset)
    incident = page.url
    add_lunch(tari, others[0], onset)
    add_visitor(tari, onset)
    set_aside(tari, others[-1])

    for kind, words in (
        ("disinfection", "Gedung disemprot oleh petugas kebersihan."),
        ("tracing", "Semua kontak erat sudah dihubungi."),
    ):
        record(tari, kind, words)
    page.locator("form[action$='/clear/'] button").click()
    page.wait_for_url(incident)
    tari.see()

    told = [
        letter
        for one in others
        for letter in letters(f"{one}@staf.example", timedelta(minutes=1))
    ]
    assert told
    assert not [letter for letter in told if NAME in letter]
    page.goto(f"/offices/{UNIT}/")
    expect(page.locator("main")).to_contain_text("tutup", ignore_case=True)

    budi = staff(ASKER)
    budi.page.goto("/desk/absences/")
    budi.see()
    dewi = staff("dewi")
    dewi.page.goto(incident)
    assert NAME not in dewi.page.content()


def report(tari: Person, onset: date) -> None:
    """Report Budi, after seeing what follows."""
    page = tari.page
    page.select_option("[name=account]", label=option(tari, NAME))
    fill_day(tari, "onset_on", onset)
    page.locator("main button[value=preview]").last.click()
    expect(page.locator("#preview")).to_be_visible()
    tari.see()
    page.locator("main button[value=report]").click()
    page.wait_for_url(re.compile(r"/desk/incidents/[^/]+/$"))
    tari.see()


def add_lunch(tari: Person, name: str, on: date) -> None:
    """Add lunch with a colleague, found by name, with the keyboard alone."""
    page = tari.page
    page.locator("main a[href$='/contacts/new/']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/contacts/new/$"))
    tari.see()
    page.fill("[name=q]", name)
    page.press("[name=q]", "Enter")
    found = page.locator("#people button")
    expect(found).to_have_count(1)
    tari.see()
    found.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#f-account")).to_be_visible()
    tari.see()
    page.keyboard.press("Tab")
    fill_told(tari, on, "Makan malam bersama di warung")
    page.press("[name=where]", "Enter")
    page.wait_for_url(re.compile("/desk/incidents/[^/]+/(#contacts)?$"))
    expect(page.locator("#contacts")).to_contain_text("Makan malam bersama di warung")
    tari.see()


def add_visitor(tari: Person, on: date) -> None:
    """Add a visitor, first with a mistake."""
    page = tari.page
    page.locator("main a[href$='/contacts/new/']").click()
    page.locator("main a[href='?who=visitor']").click()
    tari.see()
    fill_told(tari, on, "Satu mobil ke kantor")
    page.locator("main form button").last.click()
    expect(page.locator(".error-summary")).to_be_visible()
    tari.see()
    page.fill("[name=visitor]", "Antrean 31")
    page.fill("[name=reach]", "+62 811-0000-0031")
    page.locator("main form button").last.click()
    page.wait_for_url(re.compile("/desk/incidents/[^/]+/(#contacts)?$"))
    expect(page.locator("#contacts")).to_contain_text("Antrean 31")
    tari.see()


def fill_told(tari: Person, on: date, where: str) -> None:
    fill_day(tari, "on", on)
    tari.page.fill("[name=time]", "18.30")
    tari.page.fill("[name=minutes]", "25")
    tari.page.fill("[name=where]", where)


def set_aside(tari: Person, name: str) -> None:
    """Say that somebody was no contact."""
    page = tari.page
    row = page.locator("#contacts tbody tr").filter(has_text=name)
    row.locator("details:has(form) > summary").click()
    tari.see()
    row.locator("[name=words]").fill("Lupa absen pulang.")
    row.locator("form button").click()
    expect(row).to_contain_text("bukan kontak")
    tari.see()


def option(tari: Person, name: str) -> str:
    """Return the choice that names somebody."""
    options = tari.page.locator("[name=account] option").all_inner_texts()
    return next(text for text in options if name in text)


def record(tari: Person, kind: str, words: str) -> None:
    """Write down that a task is done."""
    page = tari.page
    form = page.locator(f"form:has(input[name=kind][value={kind}])")
    page.locator(f"details:has(input[name=kind][value={kind}]) > summary").click()
    form.locator("[name=words]").fill(words)
    form.locator("button").last.click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text(words)
    tari.see()
