"""A step that is refused shows the file again, so it is a look like any other."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case
from loket.journal.models import Entry
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.people import queries as people
from tests.factories import cases as factory
from tests.factories import documents as papers
from tests.factories import organisation

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def at():
    return clock.now()


@pytest.fixture
def case(kelurahan, elsewhere, ayu, at, settings, tmp_path) -> Case:
    settings.FILES_ROOT = tmp_path / "files"
    organisation.holidays(at.year, at.year + 1)
    factory.publish(at=at)
    return factory.case(ayu, at=at)


def browser_of(actor: Actor) -> Client:
    account = people.account_of(actor)
    TOTP.activate(account, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    browser = Client()
    browser.force_login(account, backend=BACKEND)
    return browser


def verified(case: Case, budi: Actor, at) -> None:
    cases.claim(case=case, actor=budi, at=at)
    fields = {"child_nik": "3174045002260001"}
    cases.move(case=case, action="verify", fields=fields, actor=budi, at=at)


def looks_of(actor: Actor, case: Case) -> int:
    entries = Entry.objects.filter(name="case.viewed", subject=case.subject)
    return entries.filter(actor=actor.ref).count()


def test_step_that_is_refused_counts_as_a_look(case, budi, dewi, at):
    verified(case, budi, at)
    sent = {"words": "w" * 1001}
    answer = browser_of(dewi).post(f"/desk/cases/{case.code}/move/send_back/", sent)
    assert answer.status_code == 422
    assert looks_of(dewi, case) == 1
    resident = people.resident_of(people.actor_for(case.resident.account, at=at))
    assert queries.lookers(resident=resident)[0].who == "Dewi Anggraini"


def test_officers_refused_step_counts_once(case, budi, at):
    cases.claim(case=case, actor=budi, at=at)
    browser = browser_of(budi)
    for _ in range(2):
        browser.post(f"/desk/cases/{case.code}/move/return/", {"reason": ""})
    assert looks_of(budi, case) == 1


@pytest.mark.parametrize("act", ["revoke", "correct"])
def test_refused_act_on_a_document_counts_as_a_look(case, dewi, at, act):
    unit = case.unit_path
    document = papers.reserve(actor=dewi, at=at, subject_ref=case.subject, unit=unit)
    answer = browser_of(dewi).post(f"/desk/documents/{document.code}/{act}/", {"reason": " "})
    assert answer.status_code == 422
    assert looks_of(dewi, case) == 1


def test_picture_of_a_paper_is_kept_nowhere(case, budi, at):
    cases.claim(case=case, actor=budi, at=at)
    file = queries.attachments(case).get().file
    answer = browser_of(budi).get(f"/desk/cases/{case.code}/files/{file.ref}/1/")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store, private")


def test_export_of_a_page_that_was_never_given_out_is_refused(case, budi):
    answer = browser_of(budi).get("/desk/cases/export/?after=x")
    assert answer.status_code == 422
