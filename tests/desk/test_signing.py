"""What waits for a signature: Dewi signs, one or many; nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import StreamingHttpResponse

from loket.cases import services as cases
from loket.cases.models import Case
from loket.documents.models import Document
from tests.factories import cases as factory

from .conftest import PASSPHRASE, open_file, verify


@pytest.fixture
def verified(case, budi, at) -> Case:
    return verify(case, budi, at)


def several(number: int, budi, at) -> list[Case]:
    filed = factory.file_many(number, at=at - timedelta(hours=1))
    return [verify(case, budi, at) for case in filed]


def sign(browser, *chosen: Case, passphrase: str = PASSPHRASE):
    form = {"codes": [case.code for case in chosen], "passphrase": passphrase}
    return browser.post("/desk/signing/sign/", form)


def text_of(answer: StreamingHttpResponse) -> str:
    return b"".join(answer.streaming_content).decode()


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_as_often_for_one_case_as_for_three(
    version, budi, dewi, at, at_work, number, django_assert_num_queries
):
    several(number, budi, at)
    browser = at_work(dewi)
    browser.get("/desk/signing/")
    # Session, account, positions; units, the cases, the looks.
    with django_assert_num_queries(6):
        answer = browser.get("/desk/signing/")
    rows = answer.context["rows"]
    assert [row["verified_by"] for row in rows] == ["Budi Santoso"] * number


def test_dewi_signs_what_she_has_opened(verified, head, at_work):
    browser = at_work(head)
    open_file(browser, verified)
    answer = sign(browser, verified)
    document = Document.objects.get()
    verified.refresh_from_db()
    assert (verified.state, document.state) == ("issued", "valid")
    assert document.number in answer.content.decode()


def test_nothing_is_signed_unopened(verified, head, at_work):
    answer = sign(at_work(head), verified)
    verified.refresh_from_db()
    assert (answer.status_code, verified.state) == (422, "awaiting_signature")
    assert set(answer.context["errors"]) == {"codes"}


def test_wrong_passphrase_can_be_typed_again_and_the_choice_is_kept(verified, head, at_work):
    browser = at_work(head)
    open_file(browser, verified)
    answer = sign(browser, verified, passphrase="bukan ini")
    assert answer.status_code == 422
    assert set(answer.context["errors"]) == {"passphrase"}
    assert f'value="{verified.code}" aria-label="{verified.code}" checked' in (
        answer.content.decode()
    )
    assert sign(browser, verified).status_code == 200
    assert [d.state for d in Document.objects.all()] == ["valid"]


def test_empty_choice_and_empty_passphrase_are_both_named(verified, head, at_work):
    answer = sign(at_work(head), passphrase="")
    assert (answer.status_code, set(answer.context["errors"])) == (422, {"codes", "passphrase"})


def test_whoever_verified_cannot_sign(case, head, at, at_work):
    verify(case, head, at)
    browser = at_work(head)
    assert browser.get("/desk/signing/").context["rows"][0]["is_own"]
    open_file(browser, case)
    assert sign(browser, case).status_code == 403
    assert not Document.objects.filter(state="valid").exists()


def test_budi_may_not_sign_and_has_nothing_to_sign(verified, budi, at_work):
    browser = at_work(budi)
    assert browser.get("/desk/signing/").context["rows"] == []
    open_file(browser, verified)
    assert sign(browser, verified).status_code == 403


def test_citra_finds_nothing_to_sign(verified, citra, at_work):
    assert sign(at_work(citra), verified).status_code == 404


def test_preview_is_a_picture_without_a_number(verified, head, at_work):
    browser, url = at_work(head), f"/desk/cases/{verified.code}/preview/"
    assert browser.get(url).status_code == 403
    open_file(browser, verified)
    answer = browser.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert not Document.objects.exists()


def test_many_are_signed_one_after_the_other_as_the_page_is_read(
    version, budi, head, at, at_work
):
    chosen = several(3, budi, at)
    browser = at_work(head)
    for case in chosen:
        open_file(browser, case)
    answer = sign(browser, *chosen)
    assert isinstance(answer, StreamingHttpResponse)
    assert not Document.objects.exists()
    text = text_of(answer)
    numbers = list(Document.objects.order_by("serial").values_list("number", flat=True))
    assert [text.index(number) for number in numbers] == sorted(map(text.index, numbers))
    assert set(Case.objects.values_list("state", flat=True)) == {"issued"}


def test_one_that_is_refused_does_not_stop_the_rest(version, budi, head, at, at_work):
    first, second = several(2, budi, at)
    browser = at_work(head)
    for case in (first, second):
        open_file(browser, case)
    cases.claim(case=first, actor=budi, at=at)
    text = text_of(sign(browser, first, second))
    assert Document.objects.get().subject_ref == second.subject
    assert "Budi Santoso" in text
    assert text.rstrip().endswith("</html>")
