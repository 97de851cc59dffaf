"""Two at once, and one that is killed: the law is before or after, never between."""

import json
import os
import subprocess
import sys
from datetime import date

import pytest
from django.conf import settings
from django.db import connection

from loket.cases.models import Case
from loket.journal.models import Entry
from loket.policies import queries
from loket.policies import services as policies
from loket.policies.models import Change, Circular, Closure, Edition
from tests.cases.test_concurrency import at_once
from tests.conftest import employ
from tests.factories import cases
from tests.factories import policies as factory

from .test_closing import FRIDAY, cleaned
from .test_enacting import POINT, moments

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = settings.SOURCE.parents[1]


def kinds(results):
    return sorted(type(result).__name__ for result in results)


@pytest.fixture
def hana(gita, offices, at):
    province = type(offices).objects.get(code="31")
    return employ("hana", "Hana Putri", province, "executive", "Sekda", at)


def enacting(circular, simulation, actor, at):
    seen = queries.get(code=circular.code, actor=actor)
    return lambda: policies.enact(circular=seen, simulation=simulation, actor=actor, at=at)


def test_of_two_who_enact_one_circular_one_does(eka, gita, hana, at):
    row = factory.draft(actor=eka, at=at)
    made = policies.simulate(circular=row, actor=eka, at=at)

    results = at_once(enacting(row, made, gita, at), enacting(row, made, hana, at))

    assert kinds(results) == ["Circular", "Conflict"]
    assert Entry.objects.filter(name="circular.enacted").count() == 1
    assert Change.objects.filter(kind="enacted").count() == 1
    assert Edition.objects.get().number == made.edition + 1


def test_of_two_circulars_enacted_at_once_one_is_told_of_the_other(eka, gita, hana, at):
    rows = [factory.draft(factory.written(number=n), actor=eka, at=at) for n in ("1", "2")]
    made = [policies.simulate(circular=row, actor=eka, at=at) for row in rows]
    assert made[0].edition == made[1].edition

    results = at_once(
        enacting(rows[0], made[0], gita, at), enacting(rows[1], made[1], hana, at)
    )

    assert kinds(results) == ["Circular", "Conflict"]
    [won] = Circular.objects.filter(state="enacted")
    [refusal] = [str(r) for r in results if not isinstance(r, Circular)]
    assert str(won) in refusal
    assert won.enacted_by_name in refusal


def test_of_a_change_and_an_enactment_at_once_no_other_text_becomes_law(eka, gita, at):
    row = factory.draft(actor=eka, at=at)
    made = policies.simulate(circular=row, actor=eka, at=at)
    changed = factory.written({"kind": "counters", "state": "closed", "article": "1"})

    results = at_once(
        enacting(row, made, gita, at),
        lambda: policies.rewrite(
            circular=row, definition=changed, revision=1, actor=eka, at=at
        ),
    )

    assert kinds(results) == ["Circular", "Conflict"]
    row.refresh_from_db()
    text = queries.as_circular(row).provisions[0].state
    assert (row.state, text) in {("enacted", "online_only"), ("draft", "closed")}


def test_of_two_who_close_or_reopen_the_same_one_does(dewi, gita, at):
    closing = [
        lambda actor=actor: policies.close(form=factory.closure(), actor=actor, at=FRIDAY)
        for actor in (dewi, gita)
    ]
    assert kinds(at_once(*closing)) == ["Closure", "Conflict"]
    row = Closure.objects.get()
    cleaned(row, dewi, FRIDAY)

    opening = [
        lambda actor=actor: policies.reopen(
            closure=queries.closure(row.code), actor=actor, at=FRIDAY
        )
        for actor in (dewi, gita)
    ]
    assert kinds(at_once(*opening)) == ["Closure", "Conflict"]
    assert Entry.objects.filter(name="office.reopened").count() == 1


def test_simulations_do_not_disturb_each_other(eka, gita, at):
    row = factory.draft(actor=eka, at=at)

    results = at_once(
        *(
            lambda a=actor: policies.simulate(circular=row, actor=a, at=at)
            for actor in (eka, gita)
        )
    )

    assert kinds(results) == ["Simulation", "Simulation"]
    assert results[0].impact == results[1].impact
    row.refresh_from_db()
    assert (row.state, row.revision) == ("draft", 1)


def test_wherever_it_is_killed_an_enactment_is_whole_or_not_at_all(eka, gita, ayu, at):
    cases.publish(at=at)
    case = cases.case(ayu, at=at)
    clock = {"kind": "clock", "article": "4", "suspended": True}
    period = {"from": date(2026, 3, 3), "through": date(2026, 3, 6)}
    row = factory.draft(
        factory.written(factory.ONLINE, clock, effective=period), actor=eka, at=at
    )
    made = policies.simulate(circular=row, actor=eka, at=at)
    connection.close()

    done = subprocess.run(
        [
            sys.executable, "-m", "tests.policies.run_enactment",
            str(connection.settings_dict["NAME"]), row.code, gita.ref, at.isoformat(), "11",
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "loket.site.settings",
        },
        capture_output=True,
        check=True,
        timeout=120,
    )  # fmt: skip

    before, *between, after = map(json.loads, done.stdout.splitlines())
    assert len(between) > 5
    assert all(found == before for found in between)
    assert (before[:2], after[:2]) == (["draft", made.edition], ["enacted", made.edition + 1])
    assert Change.objects.get(kind="enacted").impact == made.impact
    [example] = made.impact["cases"]["examples"]
    assert Case.objects.get(pk=case.pk).due_on.isoformat() == example["now"]
    answer = queries.in_force(unit=POINT, at=moments("2026-03-04T10:00")[0])
    assert answer.counters.state.value == "online_only"
