"""Why somebody is away is on no page, in no list, plan, journal entry, message or log.

Every page of the desk that can be fetched is fetched, whoever made it: a new one is covered
the day it has an address.
"""

from __future__ import annotations

import itertools
import logging
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern

from loket.desk.urls import urlpatterns
from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Absence, PrivateReason, Roster
from loket.workforce.rules import absences as rules
from loket.workforce.rules import explaining
from tests.conftest import employ

MARKS = ("zqalasanzq", "zqlabelzq", "zqkatazq", "zqsumberzq")
"""A reason, its label, somebody's own words, and what brought an absence about."""
CHOICES = re.compile(r'<select class="input" id="f-what".*?</select>', re.DOTALL)
"""Where reasons are listed to choose from, which says nothing of anybody."""
SECRET = {PrivateReason: None, Absence: {"source"}}
"""Tables in which it may stand, or some columns."""
SHOWN = {
    "absences", "absences-team", "staff", "staff-member", "counters-of", "home", "rosters",
    "roster", "team", "my-turns", "attendance-team", "work-team", "work-recap",
}  # fmt: skip
"""Pages that must be among those looked at, or the test would show nothing."""


@pytest.fixture(autouse=True)
def _a_reason_like_no_other(monkeypatch):
    for kind in rules.REASONS:
        monkeypatch.setitem(rules.REASONS[kind], "zqalasanzq", "zqlabelzq")


@pytest.fixture
def staff(offices, kelurahan, budi, dewi, at) -> dict[str, Actor]:
    """Return colleagues of a unit of which three are away, for reasons of their own."""
    wati = employ("wati", "Wati Lestari", kelurahan, "officer", "Petugas", at)
    nadia = employ("nadia", "Nadia Putri", kelurahan, "personnel", "Analis", at)
    today = today_of(at)
    why = {"reason": "zqalasanzq", "words": "zqkatazq"}
    asked = workforce.ask_absence(
        kind="leave", **why, starts_on=today + timedelta(days=2),
        ends_on=today + timedelta(days=5), actor=budi, at=at,
    )  # fmt: skip
    workforce.decide_absence(absence=asked, is_granted=True, actor=dewi, at=at)
    workforce.ask_absence(
        kind="travel", **why, starts_on=today + timedelta(days=9),
        ends_on=today + timedelta(days=10), actor=budi, at=at,
    )  # fmt: skip
    workforce.record_absence(
        account=people.account_of(wati), kind="home", **why, starts_on=today,
        ends_on=today + timedelta(days=20), actor=nadia, at=at,
    )  # fmt: skip
    workforce.set_under_monitoring(
        account=people.account_of(dewi), starts_on=today, ends_on=today + timedelta(days=14),
        source="incident:zqsumberzq", actor=Actor.system("monitoring"), at=at,
    )  # fmt: skip
    return {"budi": budi, "dewi": dewi, "wati": wati, "nadia": nadia}


@pytest.fixture
def roster(staff, kelurahan, dewi, at) -> Roster:
    """Return a draft for the days on which they are away, which lacks people."""
    today = today_of(at)
    form = workforce.CounterForm(title="Loket", people=3)
    workforce.open_counter(
        unit=kelurahan, code="A1", form=form, starts_on=today, actor=dewi, at=at
    )
    return workforce.plan(
        unit=kelurahan, starts_on=today, ends_on=today + timedelta(days=14), actor=dewi, at=at
    )


def today_of(at: datetime) -> date:
    return organisation.today(None, at=at)


def tells(text: str) -> list[str]:
    folded = CHOICES.sub("", text).casefold()
    return [mark for mark in MARKS if mark in folded]


def unpacked(body: bytes) -> str:
    """Return what an answer says, also when it is a workbook or a PDF."""
    parts = [body]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    elif body.startswith(b"%PDF"):
        with pikepdf.open(BytesIO(body)) as pdf:
            streams = (each for each in pdf.objects if isinstance(each, pikepdf.Stream))
            parts = [body, *(stream.read_bytes() for stream in streams if readable(stream))]
    return "\n".join(part.decode("utf-8", "replace") for part in parts)


def readable(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") != "/Image"


def addresses(known: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield every address of the desk that the values known can fill."""
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern)
        names = re.findall(r"<(?:\w+:)?(\w+)>", route)
        for values in itertools.product(*(known.get(name, ["1"]) for name in names)):
            filled = route
            for name, value in zip(names, values, strict=True):
                filled = re.sub(rf"<(?:\w+:)?{name}>", value, filled)
            yield str(pattern.name), f"/desk/{filled}"


def test_no_page_tells_why(staff, roster, kelurahan, at, at_work, caplog):
    caplog.set_level(logging.DEBUG)
    today = today_of(at)
    known = {
        "code": [roster.code, *Absence.objects.values_list("code", flat=True)[:2], "A1"],
        "username": ["budi", "wati"],
        "unit": [kelurahan.code],
        "on": [today.isoformat(), (today + timedelta(days=2)).isoformat()],
        "day": [(today + timedelta(days=2)).isoformat()],
        "kind": ["xlsx", "pdf"],
        "place": [f"G-{kelurahan.region}"],
    }
    seen, told = set(), []
    for name, actor in staff.items():
        browser = at_work(actor)
        for route, url in addresses(known):
            if route == "absence-proof":
                continue  # It hands out the proof, to the person and on record.
            answer = browser.get(url)
            assert answer.status_code < 500, (name, url)
            if answer.status_code == 200:
                seen.add(route)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            headers = str(dict(answer.headers))
            if found := tells(unpacked(body) + headers + url):
                told.append((name, url, found))
    assert told == []
    assert tells(caplog.text) == []
    existing = {str(pattern.name) for pattern in urlpatterns}
    assert (SHOWN & existing) - seen == set()


def test_no_plan_or_explanation_tells_why(staff, roster, kelurahan, at):
    today = today_of(at)
    problem = queries.problem_for(
        unit=kelurahan, since=today, until=today + timedelta(days=14), at=at
    )
    assert any(member.away for member in problem.members)
    reasons = [each for day in problem.days for each in explaining.explain(problem, day.on)]
    names = {member.key: member.key for member in problem.members}
    said = explaining.sentences(reasons, names=names)
    assert tells(repr((problem, roster.found, reasons, said))) == []


def test_no_table_but_one_holds_why(staff, roster, at):
    """Neither journal nor messages nor jobs nor rosters: everything at rest is looked at."""
    told = [
        model.__name__
        for model in apps.get_models()
        if SECRET.get(model, set()) is not None
        for row in rows_of(model, SECRET.get(model) or set())
        if tells(row)
    ]
    assert told == []
    assert PrivateReason.objects.filter(words="zqkatazq").count() == 3


def rows_of(model: type[Model], hidden: set[str]) -> Iterator[str]:
    names = [f.attname for f in model._meta.concrete_fields if f.attname not in hidden]
    for row in model._default_manager.values_list(*names):
        yield repr(row)


def test_the_marks_are_found_where_they_may_stand(staff, at_work):
    """So that what finds nothing elsewhere is known to find something."""
    code = Absence.objects.filter(account__username="budi").latest("id").code
    page = at_work(staff["nadia"]).post(f"/desk/absences/{code}/reason/")
    assert tells(page.content.decode()) == ["zqlabelzq", "zqkatazq"]
