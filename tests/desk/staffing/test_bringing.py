"""Staff by a file, at the desk."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.files.models import StoredFile
from loket.people.models import Account, Position
from loket.people.rules.columns import COLUMNS
from tests.conftest import employ
from tests.factories import staff_files
from tests.factories.staff_files import JOKO, SITI

URL = "/desk/staff/import/"


def send(browser, data: bytes, name: str = "pegawai.csv"):
    return browser.post(URL, {"file": SimpleUploadedFile(name, data)})


def confirm(browser, preview):
    file, plan = preview.context["file"], preview.context["plan"]
    return browser.post(f"{URL}{file.ref}/", {"digest": plan.digest})


def test_a_file_is_shown_and_then_brought_in(nadias):
    preview = send(nadias, staff_files.workbook(SITI, JOKO), "pegawai.xlsx")
    assert not Account.objects.filter(username="siti.rahmawati").exists()
    assert [name in preview.content.decode() for name in ("Siti", "Joko")] == [True, True]
    assert confirm(nadias, preview).status_code == 303
    assert Account.objects.filter(positions__unit__code=SITI["Kode Unit"]).count() == 2
    assert not StoredFile.objects.exists()
    assert confirm(nadias, preview).status_code == 404


def test_wrong_rows_are_shown_and_nothing_can_be_confirmed(nadias):
    preview = send(nadias, staff_files.commas(SITI, {**JOKO, "Kode Unit": "31.74.99"}))
    assert preview.context["file"] is None
    assert [row.outcome for row in preview.context["rows"]] == ["refused", "new"]
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"Nama\nSiti", b"x" * 4_000_001])
def test_a_file_that_cannot_be_read_is_refused(nadias, data):
    answer = send(nadias, data)
    assert answer.status_code == 422
    assert answer.context["errors"]["file"]
    assert nadias.post(URL, {}).status_code == 422


def test_what_changed_since_is_shown_again(nadias, kelurahan):
    preview = send(nadias, staff_files.commas(SITI))
    confirm(nadias, send(nadias, staff_files.commas({**SITI, "Jabatan": "Bendahara"})))
    again = confirm(nadias, preview)
    assert again.status_code == 409
    assert again.context["plan"].results[0].does == ("title",)
    assert confirm(nadias, again).status_code == 303
    assert Position.objects.get(account__username="siti.rahmawati").title == SITI["Jabatan"]


def test_only_who_sent_it_confirms_it(nadias, nadia, kelurahan, at_work, at):
    preview = send(nadias, staff_files.commas(SITI))
    other = employ("wulan", "Wulan Sari", kelurahan, "personnel", "Analis", at)
    assert confirm(at_work(other), preview).status_code == 404


def test_heads_and_officers_bring_in_nobody(dewi, budi, at_work):
    for actor in (dewi, budi):
        browser = at_work(actor)
        assert browser.get(URL).status_code == 403
        assert send(browser, staff_files.commas(SITI)).status_code == 403
        assert browser.get(f"{URL}template/").status_code == 403


def test_the_empty_file_has_the_columns_and_its_cells_are_text(nadias):
    answer = nadias.get(f"{URL}template/")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [column.names[0] for column in COLUMNS]
    assert {cell.number_format for cell in sheet[2]} == {"@"}
    assert nadias.get(URL).status_code == 200
