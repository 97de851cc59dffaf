"""Signing in with a code, and losing nothing when a sign-in expires."""

from __future__ import annotations

import re

import pytest

from loket.messaging.models import Message
from loket.people.models import Resident
from tests.factories import cases as factory

from .conftest import signed_in


def sent_code() -> str:
    body = Message.objects.latest("id").body
    return re.search(r"\b\d{3} ?\d{3}\b", body).group()


def sign_in(browser, contact: str, path: str = "/sign-in/"):
    assert browser.post(path, {"contact": contact})["Location"] == "/sign-in/code/"
    return browser.post("/sign-in/code/", {"code": sent_code()})


def test_code_signs_in_and_leads_to_the_applications(visitor) -> None:
    answer = sign_in(visitor, "sari@warga.example")
    assert (answer.status_code, answer["Location"]) == (303, "/cases/")
    assert visitor.get("/cases/").status_code == 200


def test_first_time_registers_and_the_second_finds_the_same_person(visitor, client) -> None:
    sign_in(visitor, "0811-0000-0007")
    sign_in(client, "+62 811 0000 0007")
    assert Resident.objects.count() == 1


@pytest.mark.parametrize("contact", ["", "nobody", "a@", "081"])
def test_contact_that_is_none_is_explained_beside_the_field(visitor, version, contact) -> None:
    answer = visitor.post("/sign-in/", {"contact": contact})
    assert answer.status_code == 422
    assert 'href="#f-contact"' in answer.content.decode()


def test_wrong_code_is_explained_and_the_right_one_still_works(visitor) -> None:
    visitor.post("/sign-in/", {"contact": "sari@warga.example"})
    wrong = "000000" if sent_code().replace(" ", "") != "000000" else "111111"
    answer = visitor.post("/sign-in/code/", {"code": wrong})
    assert answer.status_code == 422
    assert 'href="#f-code"' in answer.content.decode()
    assert visitor.post("/sign-in/code/", {"code": sent_code()}).status_code == 303


def test_page_for_the_code_without_having_asked_leads_to_the_beginning(visitor) -> None:
    assert visitor.get("/sign-in/code/")["Location"] == "/sign-in/"


def test_one_returns_to_where_one_was(visitor, version) -> None:
    answer = visitor.get("/services/TEST-BIRTH/start/")
    assert answer["Location"] == "/sign-in/?next=%2Fservices%2FTEST-BIRTH%2Fstart%2F"
    assert sign_in(visitor, "sari@warga.example", answer["Location"])["Location"] == (
        "/services/TEST-BIRTH/start/"
    )


def test_one_never_returns_to_another_site(visitor) -> None:
    answer = sign_in(visitor, "sari@warga.example", "/sign-in/?next=https://evil.example/")
    assert answer["Location"] == "/cases/"


def test_starting_while_signed_out_begins_at_once_after_signing_in(visitor, version) -> None:
    visitor.post("/services/TEST-BIRTH/start/")
    answer = sign_in(visitor, "sari@warga.example")
    assert re.fullmatch(r"/apply/[0-9A-Z-]+/", answer["Location"])


def test_expired_sign_in_in_the_middle_of_a_form_loses_nothing(
    visitor, version, ayu, at
) -> None:
    draft = factory.draft(ayu, at=at, paper=False)
    url = f"/apply/{draft.code}/child_name/"
    answer = visitor.post(url, {"child_name": "Melati Putri", "revision": "99"})
    assert answer["Location"].startswith("/sign-in/?next=")
    assert "keep" not in answer["Location"]
    assert "Jawaban Anda aman" in visitor.get(answer["Location"]).content.decode()
    answer = sign_in(visitor, "ayu@warga.example", answer["Location"])
    assert answer.status_code == 303
    draft.refresh_from_db()
    assert draft.answers["child_name"] == "Melati Putri"


def test_kept_answer_of_somebody_else_is_not_taken(visitor, version, ayu, at) -> None:
    draft = factory.draft(ayu, at=at, paper=False)
    visitor.post(f"/apply/{draft.code}/child_name/", {"child_name": "Bukan Milikku"})
    answer = sign_in(visitor, "sari@warga.example")
    assert answer["Location"] == "/cases/"
    draft.refresh_from_db()
    assert draft.answers["child_name"] == "Melati Ayu Lestari"


def test_htmx_is_led_to_the_sign_in_as_a_whole_page(visitor, version) -> None:
    answer = visitor.get("/cases/", headers={"hx-request": "true"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith("/sign-in/")


def test_staff_are_no_residents(version, budi) -> None:
    assert signed_in(budi).get("/cases/").status_code == 303


def test_signing_out_forgets(ayus) -> None:
    assert ayus.get("/sign-out/").status_code == 405
    assert ayus.post("/sign-out/").status_code == 303
    assert ayus.get("/cases/").status_code == 303


def test_too_many_codes_are_refused_with_the_time_to_wait(visitor) -> None:
    for _ in range(5):
        visitor.post("/sign-in/", {"contact": "sari@warga.example"})
    answer = visitor.post("/sign-in/", {"contact": "sari@warga.example"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_contact_is_added_with_a_code(ayus, ayu) -> None:
    ayus.post("/my/contacts/", {"contact": "0811-0000-0008"})
    answer = ayus.post("/my/contacts/code/", {"code": sent_code()})
    assert answer["Location"] == "/my/contacts/"
    assert "+628110000" in ayus.get("/my/contacts/").content.decode().replace(" ", "")


def test_contact_of_somebody_else_is_not_added(ayus, visitor) -> None:
    sign_in(visitor, "sari@warga.example")
    ayus.post("/my/contacts/", {"contact": "sari@warga.example"})
    answer = ayus.post("/my/contacts/code/", {"code": sent_code()})
    assert answer.status_code == 422


def test_phone_is_refused_where_no_gateway_can_reach_it(db, visitor, settings):
    settings.SMS_GATEWAY_DOMAIN = ""
    answer = visitor.post("/sign-in/", {"contact": "0811-0000-0021"})
    assert answer.status_code == 422
    assert "Pesan SMS sedang tidak dapat dikirim" in answer.content.decode()
