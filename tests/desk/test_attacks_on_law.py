"""What nobody means, sent to the pages of circulars and closures on purpose."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from loket.kernel.errors import Conflict, Invalid
from loket.policies import services as policies
from loket.policies.models import Closure, Simulation
from loket.policies.queries.lists import for_eyes_of
from tests.factories import policies as factory

from .test_circulars import day

HUGE = "9" * 30
LONG = "9" * 5000


@pytest.fixture
def gitas(gita, at_work):
    return at_work(gita)


@pytest.fixture
def draft(eka, offices, at):
    since = at.date() + timedelta(days=2)
    text = factory.written(effective={"from": since, "until_evaluated": True})
    return factory.draft(text, actor=eka, at=at)


@pytest.fixture
def enacted(draft, eka, gita, at):
    made = policies.simulate(circular=draft, actor=eka, at=at)
    return policies.enact(circular=draft, simulation=made, actor=gita, at=at)


@pytest.mark.parametrize("year", [HUGE, LONG, "1", "9999", "0", "-1"])
@pytest.mark.parametrize("do", ["", "revoke"])
def test_years_that_are_none_end_no_circular(gitas, enacted, year, do):
    form = {**day("revoked_from", 1, 1, 2030), "revoked_from.year": year, "reason": "Selesai."}
    answer = gitas.post(f"/desk/circulars/{enacted.code}/revoke/", form | {"do": do})
    assert answer.status_code == 422
    enacted.refresh_from_db()
    assert enacted.revoked_from is None


@pytest.mark.parametrize("number", [HUGE, LONG, "-1", "\u00b2", ""])
def test_numbers_that_are_none_are_no_edition_and_no_revision(gitas, draft, number):
    url = f"/desk/circulars/{draft.code}/"
    assert gitas.post(f"{url}enact/", {"edition": number}).status_code == 409
    moved = gitas.post(f"{url}provisions/0/move/", {"revision": number, "to": "down"})
    assert moved.status_code == 303


@pytest.mark.parametrize(
    "stays", ["{", "[", '{"units": 5}', '{"a":' + "[" * 20_000, '{"units": ["31.73"]}']
)
def test_only_what_is_offered_can_stay_open(dewi, offices, at_work, at, stays):
    form = {
        "what": json.dumps({"units": ["31.74.04.1003-DUKCAPIL"]}),
        "reason": "blackout",
        "basis": "Perintah Lurah",
        "stays_open": stays,
        "do": "close",
        **day("from", at.day, at.month, at.year),
    }
    answer = at_work(dewi).post("/desk/closures/new/", form)
    assert (answer.status_code, set(answer.context["errors"])) == (422, {"stays_open"})
    assert not Closure.objects.exists()


@pytest.mark.parametrize("role", ["budi", "dewi"])
def test_who_may_not_enact_is_refused_before_anything_is_shown(request, role, enacted, at_work):
    browser = at_work(request.getfixturevalue(role))
    answer = browser.post(f"/desk/circulars/{enacted.code}/enact/", {"edition": "1"})
    assert answer.status_code == 403


def test_head_cannot_wipe_out_delays_by_a_closure_long_ago(dewi, gita, offices, at):
    long_ago = factory.closure(reason="blackout", **{"from": at - timedelta(days=2, hours=1)})
    with pytest.raises(Invalid, match="lebih dari 2 hari"):
        policies.close(form=long_ago, actor=dewi, at=at)
    lately = factory.closure(reason="blackout", **{"from": at - timedelta(days=1, hours=23)})
    assert policies.close(form=lately, actor=dewi, at=at).reopened_at is None
    assert policies.close(
        form=long_ago.model_copy(update={"reason": "other"}), actor=gita, at=at
    )


@pytest.mark.parametrize("reason", ["x" * 2001, "Salah\x0b ketik", "\u202ekilab"])
def test_reasons_that_cannot_be_shown_are_refused(eka, gita, enacted, draft, at, reason):
    with pytest.raises(Invalid) as refused:
        policies.revoke(circular=enacted, revoked_from=at, reason=reason, actor=gita, at=at)
    assert set(refused.value.fields) == {"reason"}


def test_revision_that_was_not_read_is_not_rewritten(draft, gita, at):
    definition = factory.written(number="03/SE/2026")
    with pytest.raises(Conflict):
        policies.rewrite(
            circular=draft, definition=definition, revision=draft.revision + 1,
            actor=gita, at=at,
        )  # fmt: skip
    draft.refresh_from_db()
    assert (draft.number, len(draft.writers)) == ("02/SE/2026", 1)


def test_only_the_latest_simulation_is_kept(draft, eka, at):
    policies.simulate(circular=draft, actor=eka, at=at)
    made = policies.simulate(circular=draft, actor=eka, at=at)
    assert [row.pk for row in Simulation.objects.all()] == [made.pk]


def test_head_sees_no_codes_of_cases_elsewhere(dewi, gita, offices):
    examples = [
        {"code": "A", "unit": "31.74.04.1003-DUKCAPIL"},
        {"code": "B", "unit": "31.73.01.1001-DUKCAPIL"},
    ]
    impact = {"cases": {"moved": 2, "examples": examples}}
    assert for_eyes_of(dewi, impact) == {"cases": {"moved": 2, "examples": examples[:1]}}
    assert for_eyes_of(gita, impact) == impact
