"""What a resident takes along: the slip for a card, and a new PIN."""

from __future__ import annotations

import pytest

from loket.cases import services as cases
from loket.cases.models import Case
from loket.documents import services as documents
from loket.documents.models import Document
from loket.documents.signers import local
from loket.kernel.errors import Invalid
from loket.messaging.models import Message
from tests.factories import cases as factory
from tests.factories import documents as papers

from .conftest import signed_in


@pytest.fixture
def card(ayus, ayu, budi, at) -> Case:
    """Return a case whose card is ready to be collected."""
    factory.publish(factory.card_service(), at=at)
    case = factory.case(ayu, at=at, code="TEST-CARD")
    for step in ("verify", "recorded", "print_done"):
        cases.claim(case=case, actor=budi, at=at)
        cases.move(case=case, action=step, actor=budi, at=at)
    return case


@pytest.fixture
def issued(ayus, ayu, budi, dewi, at, settings, tmp_path) -> Document:
    settings.KEYS_ROOT = tmp_path / "keys"
    local.prepare(at=at)
    papers.enrol(dewi, at)
    case = factory.case(ayu, at=at)
    cases.claim(case=case, actor=budi, at=at)
    fields = {"child_nik": "3174045002260002"}
    cases.move(case=case, action="verify", fields=fields, actor=budi, at=at)
    return cases.sign(case=case, passphrase=papers.PASSPHRASE, actor=dewi, at=at)


def case_url(document: Document) -> str:
    return f"/cases/{document.subject_ref.removeprefix('case:')}/"


def test_card_that_waits_comes_with_its_slip(ayus, card):
    slip = f"/cases/{card.code}/slip/"
    page = ayus.get(f"/cases/{card.code}/")
    assert f'href="{slip}"' in page.content.decode()
    assert page.context["place"]["name"] == card.unit.name
    answer = ayus.get(slip)
    assert answer.content.startswith(b"%PDF")
    assert (
        answer["Content-Disposition"] == f"attachment; filename*=UTF-8''loket-{card.code}.pdf"
    )


def test_revoked_document_is_told_before_all_else(ayus, issued, dewi, at):
    documents.revoke(document=issued, reason="Salah orang.", actor=dewi, at=at)
    page = ayus.get(case_url(issued))
    assert (page.context["is_revoked"], b"lead" in page.content) == (True, False)


def test_slip_is_only_for_whose_card_it_is(card, at):
    other = signed_in(factory.another_resident(at))
    assert other.get(f"/cases/{card.code}/slip/").status_code == 404


def test_case_without_a_card_to_collect_has_no_slip(ayus, ayu, at):
    case = factory.case(ayu, at=at)
    assert ayus.get(f"/cases/{case.code}/slip/").status_code == 404


def test_new_pin_replaces_the_one_that_was_lost(ayus, issued, ayu, at):
    url = f"{case_url(issued)}pin/{issued.code}/"
    assert url in ayus.get(case_url(issued)).content.decode()
    lost = Message.objects.get(notice="document_pin").body
    assert ayus.post(url)["Location"] == case_url(issued)
    new = Message.objects.filter(notice="document_pin").latest("id").body
    pins = [
        next(w for w in body.split() if w.isdigit() and len(w) == 6) for body in (lost, new)
    ]
    opened = {"link": issued.link, "actor": ayu, "at": at}
    with pytest.raises(Invalid):
        documents.open_download(pin=pins[0], **opened)
    assert documents.open_download(pin=pins[1], **opened).startswith(b"%PDF")


def test_nobody_else_is_sent_a_pin(issued, at):
    url = f"{case_url(issued)}pin/{issued.code}/"
    assert signed_in(factory.another_resident(at)).post(url).status_code == 404
    assert Message.objects.filter(notice="document_pin").count() == 1


def test_pins_are_not_sent_without_end(ayus, issued):
    url = f"{case_url(issued)}pin/{issued.code}/"
    assert [ayus.post(url).status_code for _ in range(4)] == [303, 303, 303, 429]
