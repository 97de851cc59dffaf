"""Two at once, with real threads: one wins, the other is told, nothing is done twice."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case, Draft
from loket.documents.models import Document
from loket.documents.signers import local
from loket.journal.models import Entry
from loket.kernel.errors import Conflict, Refusal
from loket.messaging.models import Message
from loket.people import queries as people
from tests.conftest import employ
from tests.factories import cases as factory

pytestmark = pytest.mark.django_db(transaction=True)
PASSPHRASE = "melati di tepi kali"


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run acts in threads that start together; return results, refusals among them."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int) -> None:
        try:
            gate.wait(10)
            results[number] = acts[number]()
        except Refusal as refusal:
            results[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.fixture
def fitri(kelurahan, at):
    return employ("fitri", "Fitri Handayani", kelurahan, "officer", "Petugas", at)


@pytest.fixture
def head(dewi, at, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"
    local.prepare(at=at)
    return enrolled(dewi, at)


def enrolled(actor, at):
    local.enrol(
        signer_ref=actor.ref, name=actor.name, title="Kepala", passphrase=PASSPHRASE, at=at
    )
    return actor


def test_of_two_officers_who_claim_one_wins(case, budi, fitri, at):
    def claim(actor):
        seen = queries.get(code=case.code, actor=actor)
        return lambda: cases.claim(case=seen, actor=actor, at=at)

    results = at_once(claim(budi), claim(fitri))

    assert sorted(type(r).__name__ for r in results) == ["Case", "Conflict"]
    assert Entry.objects.filter(name="case.claimed").count() == 1


def test_sending_twice_at_once_gives_one_case(draft, ayu, at):
    copies = [queries.draft(code=draft.code, actor=ayu) for _ in range(3)]

    results = at_once(
        *(lambda c=copy: cases.submit(draft=c, actor=ayu, at=at) for copy in copies)
    )

    assert [r.code for r in results] == [draft.code] * 3
    assert (Case.objects.count(), Draft.objects.count()) == (1, 0)
    assert Entry.objects.filter(name="case.submitted").count() == 1
    assert Message.objects.filter(notice="case_received").count() == 1


def test_starting_twice_at_once_opens_one_draft(version, ayu, at):
    resident = people.resident_of(ayu)

    def start():
        return cases.start_draft(service_code="TEST-BIRTH", resident=resident, actor=ayu, at=at)

    first, second = at_once(start, start)

    assert first.pk == second.pk
    assert Entry.objects.filter(name="draft.started").count() == 1


def test_answers_from_two_windows_at_once_are_both_kept(version, ayu, at):
    draft = factory.draft(ayu, at=at, paper=False)
    copies = [queries.draft(code=draft.code, actor=ayu) for _ in range(2)]

    def save(copy, question, raw):
        return lambda: cases.save_answer(
            draft=copy, question=question, raw=raw, revision=copy.revision, actor=ayu, at=at
        )

    results = at_once(save(copies[0], "sex", "male"), save(copies[1], "birth_order", 3))

    assert [type(r) for r in results] == [Draft, Draft]
    kept = Draft.objects.get().answers
    assert (kept["sex"], kept["birth_order"]) == ("male", 3)


def verified(case, budi, at):
    cases.claim(case=case, actor=budi, at=at)
    return cases.move(
        case=case, action="verify", fields={"child_nik": "3174045002260002"}, actor=budi, at=at
    )


def test_of_two_heads_who_sign_one_issues(case, budi, head, kelurahan, at):
    other = enrolled(
        employ("hadi", "Hadi Kusuma", kelurahan.parent, "head", "Kepala Sektor", at), at
    )
    verified(case, budi, at)

    def sign(actor):
        seen = queries.get(code=case.code, actor=actor)
        return lambda: cases.sign(case=seen, passphrase=PASSPHRASE, actor=actor, at=at)

    results = at_once(sign(head), sign(other))

    assert sorted(type(r).__name__ for r in results) == ["Conflict", "Document"]
    assert [d.state for d in Document.objects.all()] == ["valid"]
    assert Entry.objects.filter(name="case.signed").count() == 1
    assert Message.objects.filter(notice="document_pin").count() == 1


def test_of_a_withdrawal_and_a_return_one_happens(case, ayu, budi, at):
    cases.claim(case=case, actor=budi, at=at)
    by_budi = queries.get(code=case.code, actor=budi)
    by_ayu = queries.own(code=case.code, actor=ayu)

    results = at_once(
        lambda: cases.withdraw(case=by_ayu, actor=ayu, at=at),
        lambda: cases.move(
            case=by_budi,
            action="return",
            reason="unreadable",
            questions=("sex",),
            actor=budi,
            at=at,
        ),
    )

    assert [type(r) for r in results].count(Conflict) == 1
    steps = Entry.objects.filter(name__in=["case.withdrawn", "case.returned"])
    assert steps.count() == 1


def test_numbers_of_a_batch_signed_by_two_heads_have_no_gap(version, budi, head, kelurahan, at):
    other = enrolled(
        employ("hadi", "Hadi Kusuma", kelurahan.parent, "head", "Kepala Sektor", at), at
    )
    filed = [verified(c, budi, at + timedelta(minutes=9)) for c in factory.file_many(4, at=at)]
    later = at + timedelta(minutes=20)

    def batch(actor, some):
        return lambda: list(
            cases.sign_many(cases=some, passphrase=PASSPHRASE, actor=actor, at=later)
        )

    at_once(batch(head, filed[:2]), batch(other, filed[2:]))

    assert sorted(Document.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]
    assert set(Document.objects.values_list("state", flat=True)) == {"valid"}
