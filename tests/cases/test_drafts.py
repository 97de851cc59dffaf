"""Drafts: resumed, saved from two windows, carried, forgotten."""

from copy import deepcopy
from datetime import timedelta

import pytest

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Attachment, Draft
from loket.files.models import StoredFile
from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotFound
from loket.messaging.models import Message
from loket.people import queries as people
from tests.factories import cases as factory


def start(actor, at):
    return cases.start_draft(
        service_code="TEST-BIRTH", resident=people.resident_of(actor), actor=actor, at=at
    )


def save(draft, question, raw, actor, at, *, revision=None):
    return cases.save_answer(
        draft=draft,
        question=question,
        raw=raw,
        revision=draft.revision if revision is None else revision,
        actor=actor,
        at=at,
    )


def attach(draft, actor, at, *, data=None):
    return cases.attach(
        draft=draft,
        question="birth_letter",
        data=factory.photo() if data is None else data,
        name="surat.jpg",
        actor=actor,
        at=at,
    )


def test_starting_again_offers_the_open_draft(version, ayu, at):
    begun = start(ayu, at)
    save(begun, "child_name", "Melati Lestari", ayu, at)

    again = start(ayu, at)

    assert again.pk == begun.pk
    assert again.answers == {"child_name": "Melati Lestari"}
    assert Entry.objects.filter(name="draft.started").count() == 1


def test_a_service_that_is_not_offered_cannot_be_started(version, ayu, at):
    with pytest.raises(NotFound):
        cases.start_draft(
            service_code="NO-SUCH", resident=people.resident_of(ayu), actor=ayu, at=at
        )


def test_a_wrong_answer_is_refused_by_field_and_nothing_is_kept(version, ayu, at):
    begun = start(ayu, at)

    with pytest.raises(Invalid) as refusal:
        save(begun, "mother", {"name": "Ayu Lestari", "nik": "12"}, ayu, at)

    assert list(refusal.value.fields) == ["mother.nik"]
    assert Draft.objects.get().answers == {}


def test_answers_to_different_questions_from_two_windows_merge(version, ayu, at):
    begun = start(ayu, at)
    first, second = queries.draft(code=begun.code, actor=ayu), begun

    save(first, "child_name", "Melati Lestari", ayu, at, revision=1)
    merged = save(second, "sex", "female", ayu, at, revision=1)

    assert merged.answers == {"child_name": "Melati Lestari", "sex": "female"}


def test_the_same_answer_twice_is_fine(version, ayu, at):
    begun = start(ayu, at)

    save(begun, "sex", "female", ayu, at, revision=1)
    save(begun, "sex", "female", ayu, at, revision=1)

    assert Draft.objects.get().answers == {"sex": "female"}


def test_an_answer_changed_in_another_window_is_a_conflict_that_loses_nothing(version, ayu, at):
    begun = start(ayu, at)
    save(begun, "sex", "female", ayu, at, revision=1)

    with pytest.raises(Conflict):
        save(begun, "sex", "male", ayu, at, revision=1)

    assert Draft.objects.get().answers == {"sex": "female"}
    assert save(begun, "sex", "male", ayu, at).answers == {"sex": "male"}


def test_an_optional_question_left_empty_counts_as_answered(version, ayu, at):
    assert save(start(ayu, at), "note", "", ayu, at).answers == {"note": None}


def test_nobody_else_can_see_or_change_a_draft(version, ayu, budi, at):
    begun = start(ayu, at)
    for actor in (budi, Actor.visitor(), Actor.system("x")):
        with pytest.raises(NotFound):
            queries.draft(code=begun.code, actor=actor)
        with pytest.raises(NotFound):
            save(begun, "sex", "male", actor, at)
        with pytest.raises(NotFound):
            cases.discard_draft(draft=begun, actor=actor, at=at)


def test_several_files_answer_one_question(version, ayu, at):
    begun = start(ayu, at)
    for number in range(2):
        attach(begun, ayu, at, data=factory.photo(number))

    refs = [a.file.ref for a in queries.draft_files(begun)]
    assert begun.answers["birth_letter"] == {"alternative": "letter", "files": refs}
    assert len(refs) == 2


def test_too_many_files_are_refused_and_not_kept(version, ayu, at):
    begun = start(ayu, at)
    for number in range(3):
        attach(begun, ayu, at, data=factory.photo(number))

    with pytest.raises(Invalid) as refusal:
        attach(begun, ayu, at)

    assert list(refusal.value.fields) == ["birth_letter"]
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (3, 3)


def test_a_file_that_lies_about_itself_is_refused(version, ayu, at):
    with pytest.raises(Invalid):
        attach(start(ayu, at), ayu, at, data=b"<svg onload=alert(1)>")

    assert not StoredFile.objects.exists()


def test_a_file_can_be_taken_away_again(version, ayu, at):
    begun = start(ayu, at)
    added = cases.attach(
        draft=begun,
        question="birth_letter",
        data=factory.photo(),
        name="a.jpg",
        actor=ayu,
        at=at,
    )

    cases.detach(draft=begun, file=added.file.ref, actor=ayu, at=at)

    assert begun.answers["birth_letter"]["files"] == []
    assert not StoredFile.objects.exists()


def test_a_document_question_needs_a_file(version, ayu, at):
    with pytest.raises(Invalid) as refusal:
        save(start(ayu, at), "birth_letter", {"alternative": "letter"}, ayu, at)

    assert list(refusal.value.fields) == ["birth_letter.files"]


def test_discarding_removes_the_files_too(draft, ayu, at):
    cases.discard_draft(draft=draft, actor=ayu, at=at)

    assert not Draft.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_draft_is_carried_to_the_new_version_with_a_list_of_changes(draft, ayu, at):
    definition = deepcopy(factory.SERVICE)
    definition["questions"] = [
        *(q for q in definition["questions"] if q["name"] != "note"),
        factory.question("weight", "number", at_least=300, at_most=9000),
    ]
    newer = factory.publish(definition, at=at)

    carried = cases.carry_draft(draft=draft, actor=ayu, at=at)

    assert draft.service_version == newer
    assert {c.question for c in carried.changes} == {"weight"}
    assert Draft.objects.get().answers["child_name"] == "Melati Ayu Lestari"
    assert cases.carry_draft(draft=draft, actor=ayu, at=at) is None
    with pytest.raises(Invalid) as refusal:
        cases.submit(draft=draft, actor=ayu, at=at)
    assert list(refusal.value.fields) == ["weight"]


def test_a_forgotten_draft_is_reminded_of_once_and_then_deleted(draft, ayu, system, at):
    week, month = at + timedelta(days=7, hours=1), at + timedelta(days=30, hours=1)

    assert cases.sweep_drafts(actor=system, at=at) == (0, 0)
    assert cases.sweep_drafts(actor=system, at=week) == (1, 0)
    assert cases.sweep_drafts(actor=system, at=week) == (0, 0)
    assert list(Message.objects.values_list("notice", flat=True)) == ["draft_reminder"]
    assert cases.sweep_drafts(actor=system, at=month) == (0, 1)
    assert not StoredFile.objects.exists()


def test_saving_again_starts_the_time_anew(draft, ayu, system, at):
    cases.sweep_drafts(actor=system, at=at + timedelta(days=8))
    save(draft, "sex", "male", ayu, at + timedelta(days=9))

    assert cases.sweep_drafts(actor=system, at=at + timedelta(days=31)) == (1, 0)
