"""Sending an application: complete or not at all, once, to the right office."""

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case, Draft
from loket.journal.models import Entry
from loket.messaging.models import Message


def test_a_complete_application_becomes_a_case(draft, ayu, kelurahan, at):
    sent = cases.submit(draft=draft, actor=ayu, at=at)

    assert sent.state == "submitted"
    assert sent.unit_path == Case.objects.get().unit.path
    assert sent.title == "Melati Ayu Lestari"
    assert sent.code == draft.code
    assert not Draft.objects.exists()
    assert [a.question for a in queries.attachments(sent)] == ["birth_letter"]
    assert [e.facts["due_on"] for e in Entry.objects.filter(name="case.submitted")] == [
        "2026-03-05"
    ]
    assert list(Message.objects.values_list("notice", "subject")) == [
        ("case_received", sent.subject)
    ]
