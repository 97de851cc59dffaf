"""A draft that was written when the rules were less strict: mended, with nothing lost."""

from __future__ import annotations

import pytest

from loket.organisation.models import Unit
from loket.policies import queries
from loket.policies.models import Circular, Provision
from loket.policies.rules.ordering import in_order
from loket.policies.rules.parse import load_circular
from tests.conftest import employ
from tests.factories import policies as factory

from .test_circulars import TEXT


@pytest.fixture
def ekas(eka, offices, at_work):
    return at_work(eka)


@pytest.fixture
def old(eka, offices, at) -> Circular:
    """Return a draft of which two provisions say what the format takes no more."""
    row = factory.draft(load_circular(TEXT, name=""), actor=eka, at=at)
    provisions = Provision.objects.filter(circular=row)
    provisions.filter(kind="room").update(params={"max_share": "half", "seats": 3})
    provisions.filter(kind="excused").update(params={"groups": []})
    return Circular.objects.get(pk=row.pk)


MENDED = {
    "max_share: half": "max_share: 50%",
    "  seats: 3\n": "",
    "groups: []": "groups: [sick]",
}


def mended(text: str) -> str:
    for old, new in MENDED.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def test_the_drafter_reads_which_parts_must_be_written_anew(ekas, old):
    page = ekas.get(f"/desk/circulars/{old.code}/")

    assert page.status_code == 200
    assert [part for part, _reason in page.context["parts"]] == [
        "Ketentuan 6, angka 6 (Batas kapasitas ruangan)",
        "Ketentuan 6, angka 6 (Batas kapasitas ruangan)",
        "Ketentuan 7, angka 7 (Kelompok yang bekerja dari rumah)",
    ]
    assert (
        ekas.get(f"/desk/circulars/{old.code}/yaml/").content.decode() == (page.context["text"])
    )


def test_what_is_mended_is_a_draft_again_and_all_else_is_as_it_was(ekas, eka, old):
    page = ekas.get(f"/desk/circulars/{old.code}/")
    sent = {"text": mended(page.context["text"]), "revision": page.context["revision"]}

    answer = ekas.post(f"/desk/circulars/{old.code}/anew/", sent)

    assert answer["Location"] == f"/desk/circulars/{old.code}/"
    kept = queries.get(code=old.code, actor=eka)
    wanted = load_circular(
        TEXT.replace("groups: [elderly, pregnant], elderly_from: 50", "groups: [sick]"), name=""
    )
    assert queries.as_circular(kept) == in_order(wanted)
    assert kept.revision == old.revision + 1
    assert ekas.get(answer["Location"]).context["may_simulate"]


def test_what_is_still_wrong_is_said_by_line_and_the_text_stays(ekas, old):
    page = ekas.get(f"/desk/circulars/{old.code}/")
    text = mended(page.context["text"]).replace("50%", "500%")

    answer = ekas.post(f"/desk/circulars/{old.code}/anew/", {"text": text, "revision": "1"})

    line = 1 + text[: text.index("500%")].count("\n")
    assert answer.status_code == 422
    assert [part for part, _reason in answer.context["parts"]] == [f"baris {line}"]
    assert answer.context["text"] == text.strip()
    late = ekas.post(
        f"/desk/circulars/{old.code}/anew/",
        {"text": mended(page.context["text"]), "revision": "0"},
    )
    assert (late.status_code, late.context["parts"]) == (409, [])
    assert late.context["text"] == mended(page.context["text"]).strip()
    old.refresh_from_db()
    assert old.revision == 1


@pytest.mark.parametrize("page", ["head/", "provisions/0/", "provisions/5/"])
def test_other_pages_of_it_say_where_to_go(ekas, old, page):
    answer = ekas.get(f"/desk/circulars/{old.code}/{page}")

    assert answer.status_code == 422
    assert "bagian mana yang harus ditulis ulang" in answer.content.decode()


def test_who_may_only_read_is_told_and_writes_nothing(ekas, old, at, at_work):
    province = Unit.objects.get(code="31")
    auditor = employ("farah", "Farah Nabila", province, "auditor", "Auditor", at)
    assert ekas.post(f"/desk/circulars/{old.code}/simulate/").status_code == 422
    reader = at_work(auditor)
    assert reader.get(f"/desk/circulars/{old.code}/").status_code == 422
    assert reader.post(f"/desk/circulars/{old.code}/anew/").status_code == 403
    assert reader.get(f"/desk/circulars/{old.code}/yaml/").status_code == 200


def test_it_can_be_discarded(ekas, old):
    assert ekas.post(f"/desk/circulars/{old.code}/discard/").status_code == 303
    assert Circular.objects.get().state == "discarded"
