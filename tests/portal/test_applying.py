"""One question per page, until all answers are checked and sent."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.cases.models import Case, Draft
from loket.cases.queries import drafts_of
from tests.factories import cases as factory

from .conftest import signed_in

VILLAGE = factory.VILLAGE


def begin(browser) -> str:
    return browser.post("/services/TEST-BIRTH/start/")["Location"]


@pytest.fixture
def draft(ayus, ayu, at) -> Draft:
    """Return Ayu's draft with every answer but the paper."""
    return factory.draft(ayu, at=at, paper=False)


def page(draft: Draft, question: str) -> str:
    return f"/apply/{draft.code}/{question}/"


def answered(draft: Draft, question: str) -> object:
    draft.refresh_from_db()
    return draft.answers.get(question)


def photo(name: str = "surat.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, factory.photo(), content_type="image/jpeg")


def test_starting_leads_to_the_first_question(ayus) -> None:
    answer = ayus.get(begin(ayus))
    assert answer["Location"].endswith("/child_name/")


def test_starting_again_offers_the_open_draft(ayus, draft) -> None:
    text = ayus.get("/services/TEST-BIRTH/start/").content.decode()
    assert f'href="/apply/{draft.code}/"' in text
    assert begin(ayus) == f"/apply/{draft.code}/"


def test_starting_afresh_throws_the_old_draft_away(ayus, ayu, draft) -> None:
    answer = ayus.post("/services/TEST-BIRTH/start/", {"afresh": "1"})
    assert answer["Location"] != f"/apply/{draft.code}/"
    assert [d.answers for d in drafts_of(ayu)] == [{}]


def test_resuming_leads_to_what_is_missing(ayus, draft) -> None:
    assert ayus.get(f"/apply/{draft.code}/")["Location"] == page(draft, "birth_letter")


def test_draft_of_somebody_else_is_not_found(version, draft, at) -> None:
    other = signed_in(factory.another_resident(at))
    assert other.get(page(draft, "child_name")).status_code == 404
    assert (
        other.post(page(draft, "child_name"), {"child_name": "Xena Putri"}).status_code == 404
    )


def test_answer_is_saved_and_leads_to_what_is_missing(ayus, draft) -> None:
    answer = ayus.post(page(draft, "child_name"), {"child_name": "Melati Putri"})
    assert (answer.status_code, answer["Location"]) == (303, page(draft, "birth_letter"))
    assert answered(draft, "child_name") == "Melati Putri"


def test_mistake_stands_beside_its_field_and_nothing_is_lost(ayus, draft) -> None:
    answer = ayus.post(page(draft, "birth_date"), {
        "birth_date.day": "31", "birth_date.month": "2", "birth_date.year": "2026",
    })  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#f-birth_date"' in text
    assert 'name="birth_date.day" value="31"' in text
    assert answered(draft, "birth_date") == "2026-02-10"


def test_doubt_is_shown_once_and_can_be_passed(ayus, draft) -> None:
    answer = ayus.post(page(draft, "child_name"), {"child_name": "Melati"})
    assert answer["Location"] == page(draft, "child_name") + "?warned=1"
    text = ayus.get(answer["Location"]).content.decode()
    assert 'name="confirmed" value="1"' in text
    answer = ayus.post(page(draft, "child_name"), {"child_name": "Melati", "confirmed": "1"})
    assert answer["Location"] == page(draft, "birth_letter")


def test_redrawing_saves_nothing(ayus, draft) -> None:
    answer = ayus.post(page(draft, "address"), {"address.city": "31.74", "draw": "1"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert '<option value="31.74" selected>' in text
    assert '<option value="31.74.04">Pasar Minggu</option>' in text
    assert answered(draft, "address")["region"] == VILLAGE


def test_address_can_be_chosen_step_by_step_without_javascript(ayus, draft) -> None:
    steps = {"address.city": "31.73", "address.street": "Jl. Mawar 1"}
    ayus.post(page(draft, "address"), {**steps, "draw": "1"})
    steps["address.district"] = "31.73.01"
    text = ayus.post(page(draft, "address"), {**steps, "draw": "1"}).content.decode()
    assert '<option value="31.73.01.1001">' in text
    assert 'value="Jl. Mawar 1"' in text
    steps["address.region"] = "31.73.01.1001"
    assert ayus.post(page(draft, "address"), steps).status_code == 303
    assert answered(draft, "address")["region"] == "31.73.01.1001"


def test_another_city_drops_the_village_below_the_old_one(ayus, draft) -> None:
    text = ayus.post(page(draft, "address"), {
        "address.city": "31.73", "address.district": "31.74.04",
        "address.region": VILLAGE, "draw": "1",
    }).content.decode()  # fmt: skip
    assert '<option value="31.73" selected>' in text
    assert f'<option value="{VILLAGE}"' not in text


def test_two_windows_lose_nothing(ayus, draft) -> None:
    old = {"child_name": "Dari Jendela Satu", "revision": str(draft.revision)}
    ayus.post(page(draft, "child_name"), {"child_name": "Dari Jendela Dua", "revision": "99"})
    answer = ayus.post(page(draft, "child_name"), old)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Dari Jendela Satu"' in text
    draft.refresh_from_db()
    assert f'name="revision" value="{draft.revision}"' in text
    again = {"child_name": "Dari Jendela Satu", "revision": str(draft.revision)}
    assert ayus.post(page(draft, "child_name"), again).status_code == 303


def test_answer_is_saved_quietly_while_one_is_on_the_page(ayus, draft) -> None:
    answer = ayus.post(page(draft, "child_name") + "?auto=1", {"child_name": "Melati Putri"})
    assert 'hx-swap-oob="true"' in answer.content.decode()
    assert answered(draft, "child_name") == "Melati Putri"
    answer = ayus.post(page(draft, "child_name") + "?auto=1", {"child_name": "4"})
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize("revision", ["9" * 5000, "-1", "²", "x"])
def test_revision_that_no_page_gave_out_is_not_read(ayus, draft, revision) -> None:
    sent = {"child_name": "Melati Putri", "revision": revision}
    assert ayus.post(page(draft, "child_name"), sent).status_code == 303
    assert answered(draft, "child_name") == "Melati Putri"


def test_question_that_is_not_asked_leads_on(ayus, draft) -> None:
    assert ayus.get(page(draft, "nothing"))["Location"] == f"/apply/{draft.code}/"


def test_several_files_are_taken_at_once(ayus, draft) -> None:
    files = {"files": [photo("satu.jpg"), photo("dua.jpg")]}
    answer = ayus.post(page(draft, "birth_letter"), files)
    assert answer["Location"] == f"/apply/{draft.code}/check/"
    assert len(answered(draft, "birth_letter")["files"]) == 2


def test_uploading_stays_on_the_page_and_shows_the_file(ayus, draft) -> None:
    answer = ayus.post(
        page(draft, "birth_letter") + "?upload=1",
        {"files": [photo("satu.jpg")]},
        headers={"hx-request": "true"},
    )
    text = answer.content.decode()
    assert "<bdi>satu.jpg</bdi>" in text
    assert "<html" not in text
    ref = answered(draft, "birth_letter")["files"][0]
    picture = ayus.get(f"/apply/{draft.code}/files/{ref}/")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")


def test_refused_file_is_named_and_the_good_one_kept(ayus, draft) -> None:
    bad = SimpleUploadedFile("lagu.jpg", b"MZ this is no picture", content_type="image/jpeg")
    answer = ayus.post(page(draft, "birth_letter"), {"files": [photo("satu.jpg"), bad]})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "lagu.jpg: " in text
    assert "<bdi>satu.jpg</bdi>" in text


def test_file_above_the_limit_is_refused_unread(ayus, draft, settings) -> None:
    settings.UPLOAD_MAX_BYTES = 100
    answer = ayus.post(page(draft, "birth_letter"), {"files": [photo()]})
    assert answer.status_code == 422
    assert answered(draft, "birth_letter") is None


def test_page_without_a_file_says_what_is_missing(ayus, draft) -> None:
    answer = ayus.post(page(draft, "birth_letter"), {})
    assert answer.status_code == 422
    assert 'href="#f-birth_letter' in answer.content.decode()


def test_file_can_be_taken_away_again(ayus, draft) -> None:
    ayus.post(page(draft, "birth_letter") + "?upload=1", {"files": [photo()]})
    ref = answered(draft, "birth_letter")["files"][0]
    answer = ayus.post(page(draft, "birth_letter"), {"remove_file": ref})
    assert answer["Location"] == page(draft, "birth_letter")
    assert answered(draft, "birth_letter")["files"] == []


def test_picture_of_somebody_elses_file_is_not_found(ayus, draft, at) -> None:
    ayus.post(page(draft, "birth_letter") + "?upload=1", {"files": [photo()]})
    ref = answered(draft, "birth_letter")["files"][0]
    other = signed_in(factory.another_resident(at))
    assert other.get(f"/apply/{draft.code}/files/{ref}/").status_code == 404


def test_check_page_shows_every_answer_with_a_way_to_change_it(ayus, draft) -> None:
    text = ayus.get(f"/apply/{draft.code}/check/").content.decode()
    assert "Melati Ayu Lestari" in text
    assert f'href="{page(draft, "mother")}"' in text
    assert 'href="#f-birth_letter"' in text


def test_sending_needs_the_declaration(ayus, ayu, draft, at) -> None:
    ayus.post(page(draft, "birth_letter"), {"files": [photo()]})
    answer = ayus.post(f"/apply/{draft.code}/check/", {})
    assert answer.status_code == 422
    assert 'href="#f-declared"' in answer.content.decode()
    assert Case.objects.count() == 0


def test_sending_twice_gives_the_same_case(ayus, draft) -> None:
    ayus.post(page(draft, "birth_letter"), {"files": [photo()]})
    for _ in range(2):
        answer = ayus.post(f"/apply/{draft.code}/check/", {"declared": "yes"})
        assert answer["Location"] == f"/cases/{draft.code}/sent/"
    assert Case.objects.count() == 1
    assert draft.code in ayus.get(answer["Location"]).content.decode()


def test_page_of_a_sent_draft_leads_to_the_case(ayus, draft) -> None:
    ayus.post(page(draft, "birth_letter"), {"files": [photo()]})
    ayus.post(f"/apply/{draft.code}/check/", {"declared": "yes"})
    assert ayus.get(page(draft, "child_name"))["Location"] == f"/cases/{draft.code}/"


def test_incomplete_application_is_not_sent(ayus, draft) -> None:
    answer = ayus.post(f"/apply/{draft.code}/check/", {"declared": "yes"})
    assert answer.status_code == 422
    assert Case.objects.count() == 0


def test_newer_form_is_announced_with_what_changed(ayus, draft, at) -> None:
    definition = deepcopy(factory.SERVICE)
    definition["questions"].insert(1, factory.question("weight", "number"))
    factory.publish(definition, at=at)
    assert ayus.get(f"/apply/{draft.code}/check/")["Location"] == f"/apply/{draft.code}/"
    answer = ayus.get(f"/apply/{draft.code}/")
    assert [c.question for c in answer.context["carried"].changes] == ["weight"]
    assert ayus.get(f"/apply/{draft.code}/")["Location"] == page(draft, "weight")


def test_draft_can_be_thrown_away(ayus, ayu, draft) -> None:
    assert ayus.post(f"/apply/{draft.code}/discard/")["Location"] == "/cases/"
    assert drafts_of(ayu).count() == 0


def test_strange_text_comes_back_as_it_was_typed(ayus, draft) -> None:
    typed = 'מזל <b>"o\'clock" 🎈 =HYPERLINK("x")'
    ayus.post(page(draft, "note"), {"note": typed})
    assert answered(draft, "note") == typed
    assert "<b>" not in ayus.get(page(draft, "note")).content.decode().split("<main")[1]
