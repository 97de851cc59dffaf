"""Returned cases: mended where asked, nowhere else, and sent again."""

from datetime import date, timedelta

import pytest

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case
from loket.journal.models import Entry
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.factories import cases as factory


@pytest.fixture
def returned(case, budi, at):
    """Return a case that came back for its paper and its mother."""
    cases.claim(case=case, actor=budi, at=at)
    return cases.move(
        case=case, action="return", reason="unreadable",
        questions=("birth_letter", "mother"), actor=budi, at=at,
    )  # fmt: skip


MOTHER = {"name": "Ayu Lestari", "nik": "3174045203950002"}


def replace_paper(case, actor, at, shade=10):
    return cases.mend_file(
        case=case, question="birth_letter", data=factory.photo(shade), name="baru.jpg",
        actor=actor, at=at,
    )  # fmt: skip


def mend_all(case, actor, at):
    replace_paper(case, actor, at)
    cases.mend(case=case, question="mother", raw=MOTHER, actor=actor, at=at)


def test_a_mended_case_goes_on_with_its_clock(returned, ayu, at):
    later = at + timedelta(days=2)
    mend_all(returned, ayu, later)

    cases.resubmit(case=returned, actor=ayu, at=later)

    stored = Case.objects.get()
    assert (stored.state, stored.state_kind) == ("submitted", "officer")
    assert stored.answers["mother"] == MOTHER
    assert stored.due_on == date(2026, 3, 9)
    face = queries.clock(case=stored, at=later)
    assert (face.due_on, face.counted, face.left, face.is_paused) == (
        date(2026, 3, 9), 0, 3, False,
    )  # fmt: skip
    assert Entry.objects.get(name="case.resubmitted").facts["questions"] == [
        "birth_letter",
        "mother",
    ]


def test_the_first_new_file_replaces_the_returned_one_which_is_kept(returned, ayu, at):
    later = at + timedelta(hours=1)
    replace_paper(returned, ayu, later, shade=10)
    replace_paper(returned, ayu, later, shade=20)

    shown = [(a.file.name, a.replaced_at) for a in queries.attachments(returned)]
    assert shown == [("baru.jpg", None), ("baru.jpg", None), ("surat.jpg", later)]
    assert len(returned.answers["birth_letter"]["files"]) == 2


def test_what_stood_there_before_can_still_be_read(returned, ayu, at):
    before = returned.answers["mother"]
    cases.mend(case=returned, question="mother", raw=MOTHER, actor=ayu, at=at)

    assert Case.objects.get().returned["before"] == {"mother": before}


def test_only_what_was_returned_can_be_changed(returned, ayu, at):
    with pytest.raises(NotAllowed):
        cases.mend(case=returned, question="sex", raw="male", actor=ayu, at=at)


def test_nobody_else_mends_a_case(returned, budi, at):
    other = factory.another_resident(at)
    for actor in (budi, other):
        with pytest.raises(NotFound):
            cases.mend(case=returned, question="mother", raw=MOTHER, actor=actor, at=at)
        with pytest.raises(NotFound):
            replace_paper(returned, actor, at)
        with pytest.raises(NotFound):
            cases.resubmit(case=returned, actor=actor, at=at)


def test_everything_asked_for_must_be_mended_before_it_is_sent(returned, ayu, at):
    replace_paper(returned, ayu, at + timedelta(hours=1))

    with pytest.raises(Invalid) as refusal:
        cases.resubmit(case=returned, actor=ayu, at=at + timedelta(hours=1))

    assert list(refusal.value.fields) == ["mother"]
    assert Case.objects.get().state == "returned"


def test_a_wrong_answer_is_refused_here_too(returned, ayu, at):
    with pytest.raises(Invalid) as refusal:
        cases.mend(
            case=returned, question="mother", raw={"name": "", "nik": "1"}, actor=ayu, at=at
        )

    assert sorted(refusal.value.fields) == ["mother.name", "mother.nik"]


def test_a_new_file_can_be_taken_away_again_but_not_an_old_one(returned, ayu, at):
    later = at + timedelta(hours=1)
    old = queries.attachments(returned).get()
    new = replace_paper(returned, ayu, later)

    cases.unmend_file(case=returned, file=new.file.ref, actor=ayu, at=later)

    assert returned.answers["birth_letter"]["files"] == []
    with pytest.raises(NotFound):
        cases.unmend_file(case=returned, file=old.file.ref, actor=ayu, at=later)
    with pytest.raises(Invalid):
        cases.resubmit(case=returned, actor=ayu, at=later)


def test_a_case_that_is_not_returned_cannot_be_mended(case, ayu, at):
    with pytest.raises(Conflict):
        cases.mend(case=case, question="mother", raw=MOTHER, actor=ayu, at=at)
    with pytest.raises(Conflict):
        cases.resubmit(case=case, actor=ayu, at=at)


def test_mending_late_does_not_make_the_birth_late(version, ayu, budi, at):
    case = factory.case(ayu, at=at, birth_date="2026-01-05")
    cases.claim(case=case, actor=budi, at=at)
    cases.move(
        case=case, action="return", reason="mismatch", questions=("sex",), actor=budi, at=at
    )
    later = at + timedelta(days=20)
    cases.mend(case=case, question="sex", raw="male", actor=ayu, at=later)

    cases.resubmit(case=case, actor=ayu, at=later)

    assert Case.objects.get().effects == []
