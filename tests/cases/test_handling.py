"""Leases: taken, renewed, given back, run out, taken over."""

from datetime import timedelta

import pytest

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case, Note
from loket.journal.models import Entry
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from tests.conftest import employ

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def fitri(kelurahan, at):
    """Return Budi's colleague."""
    return employ("fitri", "Fitri Handayani", kelurahan, "officer", "Petugas", at)


def names():
    return list(
        Entry.objects.filter(subject__startswith="case:").values_list("name", flat=True)
    )


def test_a_claim_lasts_half_an_hour(case, budi, at):
    cases.claim(case=case, actor=budi, at=at)

    stored = Case.objects.get()
    assert (stored.holder.username, stored.held_until) == ("budi", at + HALF_AN_HOUR)


def test_a_held_case_cannot_be_claimed_by_a_colleague(case, budi, fitri, at):
    cases.claim(case=case, actor=budi, at=at)

    with pytest.raises(Conflict, match="Budi Santoso"):
        cases.claim(case=case, actor=fitri, at=at + timedelta(minutes=29))


def test_a_lease_that_ran_out_can_be_claimed_by_a_colleague(case, budi, fitri, at):
    cases.claim(case=case, actor=budi, at=at)

    cases.claim(case=case, actor=fitri, at=at + HALF_AN_HOUR)

    assert Case.objects.get().holder.username == "fitri"
    with pytest.raises(Conflict):
        cases.claim(case=case, actor=budi, at=at + HALF_AN_HOUR)


def test_claiming_ones_own_renews_it_and_is_told_once(case, budi, at):
    cases.claim(case=case, actor=budi, at=at)
    cases.claim(case=case, actor=budi, at=at + timedelta(minutes=20))
    cases.claim(case=case, actor=budi, at=at + timedelta(minutes=40))

    assert Case.objects.get().held_until == at + timedelta(minutes=70)
    assert names().count("case.claimed") == 1


def test_working_on_a_case_renews_the_lease_of_its_holder_only(case, budi, dewi, at):
    cases.claim(case=case, actor=budi, at=at)
    paper = queries.attachments(case).get()

    cases.look_at_file(case=case, attachment=paper, actor=budi, at=at + HALF_AN_HOUR / 2)
    assert Case.objects.get().held_until == at + 1.5 * HALF_AN_HOUR
    cases.look(case=case, reason="supervision", actor=dewi, at=at + HALF_AN_HOUR)
    assert Case.objects.get().held_until == at + 1.5 * HALF_AN_HOUR


def test_a_case_given_back_is_free(case, budi, fitri, at):
    cases.claim(case=case, actor=budi, at=at)
    cases.release(case=case, actor=budi, at=at)
    cases.claim(case=case, actor=fitri, at=at)

    with pytest.raises(Conflict):
        cases.release(case=case, actor=budi, at=at)
    assert names()[-3:] == ["case.claimed", "case.released", "case.claimed"]


def test_a_superior_takes_over_with_a_reason(case, budi, dewi, at):
    cases.claim(case=case, actor=budi, at=at)
    with pytest.raises(Invalid) as refusal:
        cases.take_over(case=case, reason=" ", actor=dewi, at=at)
    assert list(refusal.value.fields) == ["reason"]

    cases.take_over(case=case, reason="Budi sakit.", actor=dewi, at=at)

    assert Case.objects.get().holder.username == "dewi"
    facts = Entry.objects.get(name="case.taken_over").facts
    assert (facts["reason"], facts["held_by"]) == ("Budi sakit.", "Budi Santoso")


def test_a_colleague_may_not_take_over(case, budi, fitri, citra, at):
    cases.claim(case=case, actor=budi, at=at)
    for actor in (fitri, citra):
        with pytest.raises(NotAllowed):
            cases.take_over(case=case, reason="Saya mau.", actor=actor, at=at)


def test_neither_residents_nor_processes_hold_a_case(case, ayu, citra, system, at):
    for actor in (ayu, citra, system):
        with pytest.raises(NotAllowed):
            cases.claim(case=case, actor=actor, at=at)


def test_a_closed_case_cannot_be_claimed(case, ayu, budi, at):
    cases.withdraw(case=case, actor=ayu, at=at)

    with pytest.raises(Conflict):
        cases.claim(case=case, actor=budi, at=at)


def test_notes_are_for_colleagues(case, budi, citra, ayu, at):
    cases.add_note(case=case, words=" Sudah ditelepon. ", actor=budi, at=at)

    assert Note.objects.get().words == "Sudah ditelepon."
    assert Entry.objects.get(name="case.noted").facts.get("words") is None
    for actor in (citra, ayu):
        with pytest.raises(NotAllowed):
            cases.add_note(case=case, words="x", actor=actor, at=at)
    with pytest.raises(Invalid):
        cases.add_note(case=case, words=" ", actor=budi, at=at)
