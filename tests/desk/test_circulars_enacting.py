"""A circular is tried out, enacted by somebody else, and ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loket.policies import queries
from loket.policies import services as policies
from loket.policies.models import Circular, Simulation
from tests.factories import policies as factory

from .test_circulars import day


@pytest.fixture
def coming(at):
    """Return the text of a circular for the days after tomorrow."""
    since = at.date() + timedelta(days=2)
    return factory.written(effective={"from": since, "through": since + timedelta(days=9)})


@pytest.fixture
def draft(eka, offices, coming, at) -> Circular:
    return factory.draft(coming, actor=eka, at=at)


@pytest.fixture
def gitas(gita, at_work):
    return at_work(gita)


def simulate(browser, circular: Circular):
    url = f"/desk/circulars/{circular.code}/"
    assert browser.post(f"{url}simulate/")["Location"] == f"{url}impact/"
    return browser.get(f"{url}impact/")


def enact(browser, circular: Circular, edition: object, **form: str):
    url = f"/desk/circulars/{circular.code}/enact/"
    return browser.post(url, {"edition": edition, **form})


def state_of(circular: Circular) -> str:
    circular.refresh_from_db()
    return circular.state


def test_draft_is_simulated_by_its_author_and_enacted_by_another(draft, eka, gitas, at_work):
    ekas = at_work(eka)
    shown = simulate(ekas, draft)
    assert (shown.context["is_fresh"], shown.context["offers_enactment"]) == (True, False)
    assert shown.context["enactors"] == ["Gita Permata (Wakil Gubernur)"]
    seen = gitas.get(f"/desk/circulars/{draft.code}/impact/")
    assert seen.context["offers_enactment"]
    answer = enact(gitas, draft, seen.context["made"].edition)
    assert answer["Location"] == f"/desk/circulars/{draft.code}/"
    assert state_of(draft) == "enacted"
    done = gitas.get(f"/desk/circulars/{draft.code}/impact/").context
    assert done["impact"]["rows"] == seen.context["impact"]["rows"]
    assert not done["is_draft"]


def test_nobody_enacts_what_they_wrote(gita, gitas, coming, at):
    own = factory.draft(coming, actor=gita, at=at)
    shown = simulate(gitas, own)
    assert (shown.context["is_author"], shown.context["offers_enactment"]) == (True, False)
    assert enact(gitas, own, shown.context["made"].edition).status_code == 403
    assert state_of(own) == "draft"


def test_nobody_is_offered_to_enact_what_they_wrote_on(draft, eka, gita, gitas, at):
    for writer in (gita, eka):
        same = {"definition": queries.as_circular(draft), "revision": draft.revision}
        policies.rewrite(circular=draft, **same, actor=writer, at=at)
    page = gitas.get(f"/desk/circulars/{draft.code}/").context
    assert (page["is_author"], page["enactors"]) == (True, [])


def test_writer_may_not_enact(draft, eka, gita, at_work):
    browser = at_work(eka)
    shown = simulate(browser, draft)
    assert enact(at_work(gita), draft, "").status_code == 409
    assert enact(browser, draft, shown.context["made"].edition).status_code == 403
    assert state_of(draft) == "draft"


def test_stale_simulation_says_what_changed_and_does_not_enact(
    draft, eka, gita, gitas, at, at_work
):
    edition = simulate(gitas, draft).context["made"].edition
    other = factory.written(
        number="7", effective={"from": at.date() + timedelta(days=30), "until_evaluated": True}
    )
    factory.enact(other, author=eka, actor=gita, at=at)
    shown = gitas.get(f"/desk/circulars/{draft.code}/impact/")
    assert (shown.context["is_fresh"], shown.context["offers_enactment"]) == (False, False)
    assert "Gubernur DKI Jakarta 7" in shown.content.decode()
    refused = enact(gitas, draft, edition)
    assert refused.status_code == 409
    assert "Gubernur DKI Jakarta 7" in refused.content.decode()
    assert state_of(draft) == "draft"
    again = simulate(gitas, draft)
    assert enact(gitas, draft, again.context["made"].edition).status_code == 303


def test_simulation_of_an_older_text_is_stale(draft, eka, gitas, at, coming):
    edition = simulate(gitas, draft).context["made"].edition
    policies.rewrite(circular=draft, definition=coming, revision=1, actor=eka, at=at)
    shown = gitas.get(f"/desk/circulars/{draft.code}/impact/").context
    assert (shown["is_fresh"], shown["was_rewritten"]) == (False, True)
    assert enact(gitas, draft, edition).status_code == 409


def test_enactment_of_the_past_needs_a_reason_and_is_shown(eka, gitas, at):
    since = at.date() - timedelta(days=2)
    text = factory.written(effective={"from": since, "until_evaluated": True})
    late = factory.draft(text, actor=eka, at=at)
    edition = simulate(gitas, late).context["made"].edition
    refused = enact(gitas, late, edition)
    assert (refused.status_code, set(refused.context["errors"])) == (
        422,
        {"retroactive_reason"},
    )
    assert enact(gitas, late, edition, retroactive_reason="Surat terlambat.").status_code == 303
    page = gitas.get(f"/desk/circulars/{late.code}/").content.decode()
    assert "Surat terlambat." in page
    rows = gitas.get("/desk/circulars/").context["sections"][0]["rows"]
    assert [row.is_retroactive for row in rows] == [True]


def test_page_without_a_simulation_offers_one(draft, gitas):
    shown = gitas.get(f"/desk/circulars/{draft.code}/impact/")
    assert (shown.context["made"], shown.context["may_simulate"]) == (None, True)
    assert Simulation.objects.count() == 0


@pytest.fixture
def law(eka, gita, coming, at) -> Circular:
    return factory.enact(coming, author=eka, actor=gita, at=at)


def test_law_cannot_be_edited(law, gitas):
    url = f"/desk/circulars/{law.code}/"
    for page in ("head/", "provisions/add/", "provisions/0/"):
        assert gitas.get(f"{url}{page}").status_code == 403
    assert gitas.post(f"{url}discard/").status_code == 409
    assert gitas.post(f"{url}simulate/").status_code == 409


def preview(browser, circular: Circular, **form: str):
    return browser.post(f"/desk/circulars/{circular.code}/revoke/", form)


def revoke(browser, circular: Circular, **form: str):
    """Revoke a circular after a look at what that does."""
    shown = preview(browser, circular, **form)
    if shown.status_code != 200:
        return shown
    form |= {"do": "revoke", "edition": str(shown.context["edition"])}
    return browser.post(f"/desk/circulars/{circular.code}/revoke/", form)


def test_law_is_revoked_with_a_reason_from_a_moment_on(law, gitas, at):
    tomorrow = at.date() + timedelta(days=4)
    since = day("revoked_from", tomorrow.day, tomorrow.month, tomorrow.year)
    refused = revoke(gitas, law, **since)
    assert (refused.status_code, set(refused.context["errors"])) == (422, {"reason"})
    assert revoke(gitas, law, reason="Selesai.").status_code == 422
    assert (
        revoke(gitas, law, **since, revoked_from_time="12.00", reason="Selesai.").status_code
        == 303
    )
    shown = gitas.get(f"/desk/circulars/{law.code}/")
    assert "Selesai." in shown.content.decode()
    assert not shown.context["may_revoke"]
    assert revoke(gitas, law, **since, reason="Lagi.").status_code == 409


def test_writer_and_officer_revoke_nothing(law, eka, budi, at_work):
    for actor, status in ((eka, 403), (budi, 403)):
        assert revoke(at_work(actor), law, reason="Selesai.").status_code == status
    law.refresh_from_db()
    assert law.revoked_from is None


def test_revocation_shows_what_opens_again_before_it_is_done(law, gitas, at):
    since = at.date() + timedelta(days=4)
    form = day("revoked_from", since.day, since.month, since.year) | {"reason": "Selesai."}
    shown = preview(gitas, law, **form)
    assert (shown.status_code, shown.context["is_stale"]) == (200, False)
    assert {
        (row["was"]["label"], row["now"]["label"]) for row in shown.context["impact"]["rows"]
    } == {("hanya daring", "buka")}
    law.refresh_from_db()
    assert law.revoked_from is None
    changed = gitas.post(f"/desk/circulars/{law.code}/revoke/", {**form, "do": "change"})
    assert changed.context["typed"]["reason"] == "Selesai."


def test_revocation_that_was_looked_at_under_another_law_is_shown_again(
    law, eka, gita, gitas, at
):
    since = at.date() + timedelta(days=4)
    form = day("revoked_from", since.day, since.month, since.year) | {"reason": "Selesai."}
    edition = str(preview(gitas, law, **form).context["edition"])
    factory.enact(
        factory.written(number="7", effective={"from": since, "until_evaluated": True}),
        author=eka, actor=gita, at=at,
    )  # fmt: skip
    again = gitas.post(
        f"/desk/circulars/{law.code}/revoke/", {**form, "do": "revoke", "edition": edition}
    )
    assert (again.status_code, again.context["is_stale"]) == (409, True)
    law.refresh_from_db()
    assert law.revoked_from is None
