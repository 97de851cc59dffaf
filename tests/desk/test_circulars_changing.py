"""A circular that changes others, and the signed paper that is attached to one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.desk.circulars import heads
from loket.policies import queries
from loket.policies.models import Circular
from tests.factories import files
from tests.factories import policies as factory

from .test_circulars import HEAD, day

LATER = HEAD | day("date", 1, 5, 2030) | day("effective.from", 2, 5, 2030) | {
    "effective.end": "until_evaluated"
}  # fmt: skip
"""The head of a circular that comes after the one it changes."""


@pytest.fixture
def law(eka, gita, at) -> Circular:
    since = at.date() + timedelta(days=2)
    text = factory.written(effective={"from": since, "through": since + timedelta(days=9)})
    return factory.enact(text, author=eka, actor=gita, at=at)


@pytest.fixture
def ekas(eka, offices, at_work):
    return at_work(eka)


def test_circular_that_only_changes_others_needs_no_provision(ekas, eka, law, at):
    since = at.date() + timedelta(days=5)
    form = (
        LATER
        | day("date", since.day, since.month, since.year)
        | day("effective.from", since.day, since.month, since.year)
        | day("amends.0.extended_through", 31, 12, 2030)
        | {"amends.ref": [heads.ref_of(law), ""], "amends.articles": ["1; 2", ""]}
    )
    refused = ekas.post("/desk/circulars/new/", form)
    # There is no article 2 in it.
    assert set(refused.context["errors"]) == {"amends"}
    assert refused.context["state"]["amends"][0]["articles"] == "1; 2"
    answer = ekas.post("/desk/circulars/new/", form | {"amends.articles": ["1", ""]})
    assert answer.status_code == 303, (answer.context["errors"], answer.context["refusal"])
    made = queries.get(code=answer["Location"].split("/")[3], actor=eka)
    record = queries.as_circular(made)
    assert record.provisions == ()
    assert (record.amends[0].number, record.amends[0].articles) == (law.number, ("1",))
    page = ekas.get(answer["Location"])
    assert page.context["relations"][0]["code"] == law.code
    state = ekas.get(f"{answer['Location']}head/").context["state"]
    assert state["amends"][0]["extended_through"] == {
        "day": "31",
        "month": "12",
        "year": "2030",
    }


def test_circular_ends_another(ekas, eka, law):
    answer = ekas.post("/desk/circulars/new/", LATER | {"revokes": [heads.ref_of(law)]})
    record = queries.as_circular(Circular.objects.get(code=answer["Location"].split("/")[3]))
    assert [other.label for other in record.revokes] == [str(law)]


def test_broken_reference_is_refused(ekas, law):
    answer = ekas.post("/desk/circulars/new/", HEAD | {"revokes": ["[1]"]})
    assert (answer.status_code, "revokes" in answer.context["errors"]) == (422, True)


def attach(browser, draft: Circular, data: bytes, name: str):
    form = HEAD | {"revision": str(draft.revision), "file": SimpleUploadedFile(name, data)}
    return browser.post(f"/desk/circulars/{draft.code}/head/", form)


def test_signed_paper_is_attached_and_handed_out(ekas, eka, offices, at):
    draft = factory.draft(actor=eka, at=at)
    refused = attach(ekas, draft, b"not a paper", "surat.pdf")
    assert refused.status_code == 422
    assert Circular.objects.get().file is None
    assert attach(ekas, draft, files.pdf(), "surat.pdf").status_code == 303
    answer = ekas.get(f"/desk/circulars/{draft.code}/file/")
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf"


def test_head_grows_by_a_row_and_keeps_every_change(ekas, eka, law, at):
    draft = factory.draft(factory.written(number="9"), actor=eka, at=at)
    refs = [heads.ref_of(law)] * 22
    form = HEAD | {"amends.ref": refs, "amends.articles": ["1"] * 22, "do": "row"}
    for url in ("/desk/circulars/new/", f"/desk/circulars/{draft.code}/head/"):
        rows = ekas.post(url, form).context["state"]["amends"]
        assert [row["ref"] for row in rows] == [*refs, ""]


def test_paper_is_attached_with_the_first_provision(ekas):
    ekas.post("/desk/circulars/new/", HEAD)
    page = "/desk/circulars/new/provision/?kind=remote"
    form = {"article": "1", "work": "allowed"}
    wrong = SimpleUploadedFile("se.pdf", b"no paper", "application/pdf")
    assert ekas.post(page, {**form, "file": wrong}).context["refusal"]
    paper = SimpleUploadedFile("se.pdf", files.pdf(), "application/pdf")
    url = ekas.post(page, {**form, "file": paper})["Location"]
    assert ekas.get(f"{url}file/").content.startswith(b"%PDF")
