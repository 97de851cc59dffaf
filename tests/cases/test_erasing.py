"""What is left of a case when its retention period is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Attachment, Case
from loket.files.models import StoredFile
from loket.journal import queries as journal

SOON = timedelta(seconds=1)


@pytest.fixture
def closed(case, ayu, at):
    cases.withdraw(case=case, actor=ayu, at=at)
    return case


@pytest.fixture
def over(closed, at):
    """Return the last moment at which the case is still kept."""
    return at + timedelta(days=closed.service_version.service.retention.days)


def test_case_is_kept_for_its_period(closed, over, system):
    assert cases.erase_expired(actor=system, at=over) == 0
    assert Case.objects.get(pk=closed.pk).answers != {}


def test_case_is_erased_after_its_period(closed, over, system):
    assert cases.erase_expired(actor=system, at=over + SOON) == 1

    left = Case.objects.get(pk=closed.pk)
    assert (left.title, left.applicant, left.answers, left.contact) == ("", "", {}, {})
    assert left.erased_at == over + SOON
    assert Attachment.objects.filter(case=closed).count() == 0
    assert StoredFile.objects.filter(owner=closed.subject).count() == 0
    assert journal.about(closed.subject).filter(name="case.erased").count() == 1
    assert queries.timeline(case=left)[0].name == "case.submitted"


def test_case_is_erased_once(closed, over, system):
    assert [cases.erase_expired(actor=system, at=over + SOON) for _ in range(2)] == [1, 0]


def test_open_case_is_never_erased(case, system, at):
    assert cases.erase_expired(actor=system, at=at + timedelta(days=36_500)) == 0
