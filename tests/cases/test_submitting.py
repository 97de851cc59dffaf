"""Sending an application: complete or not at all, once, to the right office."""

from datetime import UTC, date, datetime

import pytest

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case, Draft
from loket.files.models import StoredFile
from loket.journal.models import Entry
from loket.kernel.errors import Conflict, Invalid, NotFound
from loket.messaging.models import Message
from tests.factories import cases as factory


def test_a_complete_application_becomes_a_case(draft, ayu, kelurahan, at):
    sent = cases.submit(draft=draft, actor=ayu, at=at)

    assert (sent.state, sent.state_kind, sent.unit) == ("submitted", "officer", kelurahan)
    assert (sent.title, sent.applicant) == ("Melati Ayu Lestari", "Ayu Lestari")
    assert sent.code == draft.code
    assert sent.due_on == date(2026, 3, 5)
    assert sent.contact == {"language": "id", "email": "ayu@warga.example"}
    assert not Draft.objects.exists()
    assert [a.question for a in queries.attachments(sent)] == ["birth_letter"]
    assert {f.owner for f in StoredFile.objects.all()} == {sent.subject}
    assert Entry.objects.get(name="case.submitted").facts == {
        "service": "TEST-BIRTH",
        "unit": kelurahan.path,
        "version": 1,
        "channel": "web",
        "due_on": "2026-03-05",
    }
    assert list(Message.objects.values_list("notice", "subject")) == [
        ("case_received", sent.subject)
    ]


def test_the_case_keeps_its_version_when_a_newer_one_is_published(case, version, at):
    factory.publish(factory.SERVICE | {"due_working_days": 9}, at=at)

    assert Case.objects.get().service_version == version


def test_what_is_missing_is_said_by_field_and_nothing_is_stored(version, ayu, at):
    begun = factory.draft(ayu, at=at, paper=False)

    with pytest.raises(Invalid) as refusal:
        cases.submit(draft=begun, actor=ayu, at=at)

    assert list(refusal.value.fields) == ["birth_letter"]
    assert not Case.objects.exists()
    assert Draft.objects.get().answers["child_name"] == "Melati Ayu Lestari"


def test_sending_twice_gives_the_same_case(draft, ayu, at):
    first = cases.submit(draft=draft, actor=ayu, at=at)
    second = cases.submit(draft=draft, actor=ayu, at=at)

    assert first == second
    assert Case.objects.count() == 1
    assert Message.objects.count() == 1


def test_a_draft_changed_in_another_window_is_not_sent_unseen(draft, ayu, at):
    other = queries.draft(code=draft.code, actor=ayu)
    cases.save_answer(
        draft=other, question="sex", raw="male", revision=other.revision, actor=ayu, at=at
    )

    with pytest.raises(Conflict):
        cases.submit(draft=draft, actor=ayu, at=at)

    assert not Case.objects.exists()


def test_nobody_else_can_send_a_draft(draft, budi, at):
    with pytest.raises(NotFound):
        cases.submit(draft=draft, actor=budi, at=at)


@pytest.mark.parametrize(("born", "effects"), [("2026-01-01", []), ("2025-12-31", ["late"])])
def test_a_birth_is_late_after_sixty_days(version, ayu, at, born, effects):
    # 60 days before 2 March 2026 is 1 January.
    assert factory.case(ayu, at=at, birth_date=born).effects == effects


def test_a_case_filed_after_midnight_in_jakarta_counts_from_the_new_day(version, ayu, at):
    late_evening = datetime(2026, 3, 2, 17, 30, tzinfo=UTC)

    assert factory.case(ayu, at=late_evening).due_on == date(2026, 3, 6)


def test_submitting_takes_few_queries(draft, ayu, at, django_assert_num_queries):
    again = queries.draft(code=draft.code, actor=ayu)

    with django_assert_num_queries(19):
        cases.submit(draft=again, actor=ayu, at=at)


def test_a_script_files_a_case_with_its_papers(version, system, at):
    filed = cases.file_case(
        service_code="TEST-BIRTH",
        answers=factory.answers() | {"birth_letter": "letter"},
        files={"birth_letter": [("surat.jpg", factory.photo())]},
        contact={"phone": "+6281100000001"},
        actor=system,
        at=at,
    )

    assert (filed.channel, filed.resident) == ("script", None)
    assert [a.file.owner for a in queries.attachments(filed)] == [filed.subject]
    assert Message.objects.get().channel == "sms"


def test_a_script_that_is_refused_leaves_no_files(version, system, at):
    with pytest.raises(Invalid) as refusal:
        cases.file_case(
            service_code="TEST-BIRTH",
            answers=factory.answers(birth_order=0),
            files={"birth_letter": [("surat.jpg", factory.photo())]},
            contact={},
            actor=system,
            at=at,
        )

    assert list(refusal.value.fields) == ["birth_order"]
    assert not StoredFile.objects.exists()


def test_a_script_hears_which_file_is_refused(version, system, at):
    with pytest.raises(Invalid) as refusal:
        cases.file_case(
            service_code="TEST-BIRTH",
            answers=factory.answers(),
            files={"birth_letter": [("surat.jpg", factory.photo()), ("b.jpg", b"")]},
            contact={},
            actor=system,
            at=at,
        )

    assert list(refusal.value.fields) == ["birth_letter"]
    assert not StoredFile.objects.exists()


def test_no_number_of_a_person_reaches_the_journal_or_a_message(case, at):
    written = str(list(Entry.objects.values_list("facts", "subject"))) + str(
        list(Message.objects.values_list("title", "body"))
    )

    assert "3174045203950001" not in written
