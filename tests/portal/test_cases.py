"""One's own applications after they were sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.cases import services as doing
from loket.cases.models import Case
from tests.factories import cases as factory

from .conftest import signed_in


@pytest.fixture
def case(ayus, ayu, at) -> Case:
    return factory.case(ayu, at=at - timedelta(minutes=5))


@pytest.fixture
def returned(case, budi, at) -> Case:
    """Return a case whose letter Budi found unreadable."""
    doing.claim(case=case, actor=budi, at=at)
    doing.move(
        case=case, action="return", reason="unreadable", words="Ada bayangan.",
        questions=["birth_letter"], actor=budi, at=at - timedelta(minutes=1),
    )  # fmt: skip
    return case


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("baru.jpg", factory.photo(200), content_type="image/jpeg")


def several(ayu, number: int, at) -> None:
    for _ in range(number):
        factory.case(ayu, at=at)


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_as_often_for_one_case_as_for_three(
    ayus, ayu, at, number, django_assert_num_queries
) -> None:
    several(ayu, number, at)
    ayus.get("/cases/")
    # Session, account, cases, drafts.
    with django_assert_num_queries(4):
        answer = ayus.get("/cases/")
    assert len(answer.context["cases"]) == number


def test_list_is_read_in_pages(ayus, ayu, at, monkeypatch) -> None:
    monkeypatch.setattr("loket.portal.cases.views.ON_ONE_PAGE", 2)
    several(ayu, 3, at)
    first = ayus.get("/cases/").context
    rest = ayus.get(first["more"]).context
    assert (len(first["cases"]), len(rest["cases"]), rest["more"]) == (2, 1, "")


def test_case_shows_state_due_date_and_days(ayus, case) -> None:
    answer = ayus.get(f"/cases/{case.code}/")
    text = answer.content.decode()
    assert case.code in text
    assert "hari ke-3" in text
    assert answer["Cache-Control"] == "no-store, private"


def test_case_of_somebody_else_is_not_found(case, at) -> None:
    other = signed_in(factory.another_resident(at))
    for path in ("", "sent/", "receipt/", "withdraw/", "mend/"):
        assert other.get(f"/cases/{case.code}/{path}").status_code == 404


def test_receipt_is_a_pdf_named_by_the_code(ayus, case) -> None:
    answer = ayus.get(f"/cases/{case.code}/receipt/")
    assert answer.content.startswith(b"%PDF")
    assert (
        answer["Content-Disposition"] == f"attachment; filename*=UTF-8''loket-{case.code}.pdf"
    )


def test_case_is_withdrawn_after_asking(ayus, case) -> None:
    assert ayus.get(f"/cases/{case.code}/withdraw/").status_code == 200
    case.refresh_from_db()
    assert case.state == "submitted"
    ayus.post(f"/cases/{case.code}/withdraw/", {"words": "Sudah diurus."})
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert ayus.post(f"/cases/{case.code}/withdraw/").status_code == 409


def test_returned_case_says_why_and_leads_to_what_must_be_mended(ayus, returned) -> None:
    text = ayus.get(f"/cases/{returned.code}/").content.decode()
    assert "Foto ulang." in text
    assert "Ada bayangan." in text
    assert f'href="/cases/{returned.code}/mend/"' in text


def test_returned_file_is_replaced_and_the_case_sent_again(ayus, returned) -> None:
    here = f"/cases/{returned.code}/mend/"
    assert not ayus.get(here).context["is_ready"]
    answer = ayus.post(here + "birth_letter/", {"files": [photo()]})
    assert answer["Location"] == here
    assert ayus.get(here).context["is_ready"]
    assert ayus.post(here)["Location"] == f"/cases/{returned.code}/"
    returned.refresh_from_db()
    assert returned.state == "submitted"


def test_case_is_not_sent_again_before_it_is_mended(ayus, returned) -> None:
    answer = ayus.post(f"/cases/{returned.code}/mend/")
    assert answer.status_code == 422
    assert 'href="#f-birth_letter"' in answer.content.decode()


def test_only_what_was_returned_can_be_mended(ayus, returned) -> None:
    answer = ayus.post(f"/cases/{returned.code}/mend/child_name/", {"child_name": "Lain"})
    assert answer.status_code == 404


def test_case_that_is_not_returned_has_nothing_to_mend(ayus, case) -> None:
    assert ayus.get(f"/cases/{case.code}/mend/")["Location"] == f"/cases/{case.code}/"


@pytest.mark.parametrize("number", [1, 3])
def test_looks_are_shown_with_their_reason(
    ayus, case, budi, number, django_assert_num_queries
) -> None:
    for hour in range(number):
        moment = case.submitted_at + timedelta(hours=hour)
        doing.look(case=case, reason="handling", words="", actor=budi, at=moment)
    ayus.get("/my/looks/")
    # Session, account, resident with account, cases, journal, units.
    with django_assert_num_queries(6):
        answer = ayus.get("/my/looks/")
    assert [v.last.who for v in answer.context["visits"]] == ["Budi Santoso"] * number


def test_looks_in_one_go_are_one_line(ayus, case, budi) -> None:
    for minute in range(3):
        moment = case.submitted_at + timedelta(minutes=minute)
        doing.look(case=case, reason="handling", words="", actor=budi, at=moment)
    (visit,) = ayus.get("/my/looks/").context["visits"]
    assert visit.last.at - visit.since == timedelta(minutes=2)
