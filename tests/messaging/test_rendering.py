from __future__ import annotations

import pytest
from django.template import TemplateDoesNotExist

from loket.messaging import rendering
from loket.messaging.rules import sms

FACTS = {
    "name": "Ayu Lestari",
    "code": "4M9K2TQ-X",
    "title": "Kutipan Akta Kelahiran",
    "service": "Akta Kelahiran",
    "url": "https://loket.example/cases/4M9K2TQ-X",
    "due_on": "2026-03-09",
    "reason": "Foto tidak terbaca",
    "words": "Mohon foto ulang di tempat yang terang.",
    "office": "Satpel Dukcapil Pejaten Barat",
    "address": "Jalan Contoh 1",
    "pin": "482913",
    "number": "3174-LU-09032026-0001",
    "replaces": "3174-LU-02032026-0007",
    "because": "karena banjir",
    "why_url": "https://loket.example/circulars/7QX2M4P-5",
    "was_on": "2026-03-09",
    "now_on": "2026-03-09",
    "label": "Gubernur DKI Jakarta 02/SE/2026 (02-03-2026)",
    "by": "Surya Atmaja",
    "summary": "Layanan tatap muka dihentikan.",
    "starts": "9 Maret 2026, 00.00",
    "ends": "21 Maret 2026, 00.00",
    "revoked": "13 Maret 2026, 00.00",
    "retroactive": "Banjir sejak kemarin",
    "basis": "Pergub 88/2020 art. 9(2)f",
    "earliest": "12 Maret 2026, 07.30",
    "reopened": "13 Maret 2026, 07.30",
    "why": "Anda pernah berada di dekat seseorang yang positif.",
    "unit": "Satpel Pejaten Barat",
    "turns": "- Senin, 9 Maret 2026: 07.30-16.00, Loket A",
    "count": "4",
    "shortages": "7",
    "asker": "Bayu Pratama",
    "other": "Cahya Lestari",
    "gives": "Senin, 9 Maret 2026",
    "takes": "Kamis, 12 Maret 2026",
    "remark": "Pastikan loket terisi.",
}
SAYS = {
    "sign_in_code": {"code"},
    "case_received": {"name", "code", "service", "url", "due_on", "office"},
    "case_returned": {"name", "code", "service", "url", "reason", "words"},
    "case_refused": {
        "name", "code", "service", "url", "reason", "words", "office", "address",
    },
    "case_issued": {"name", "code", "title", "url", "replaces"},
    "document_pin": {"name", "code", "title", "pin"},
    "case_ready": {"name", "code", "service", "url", "office", "address"},
    "case_waiting": {"name", "code", "service", "url", "words", "office", "address"},
    "case_withdrawn": {"name", "code", "service", "url", "reason"},
    "case_moved": {"name", "code", "service", "url", "title", "words", "due_on"},
    "document_revoked": {
        "name", "code", "service", "title", "number", "reason", "url", "office", "address",
    },
    "draft_reminder": {"name", "service", "url", "due_on"},
    "due_moved": {"name", "code", "service", "url", "because", "why_url"},
    "circular_enacted": {
        "name", "label", "title", "by", "summary", "starts", "ends", "retroactive", "url",
    },
    "circular_revoked": {"name", "label", "title", "by", "revoked", "reason", "url"},
    "office_closed": {"name", "label", "by", "reason", "basis", "starts", "earliest", "url"},
    "closure_proposed": {"name", "label", "url"},
    "incident_reported": {"name", "label", "url"},
    "stay_home": {"name", "why", "due_on", "url"},
    "may_return": {"name", "due_on", "url"},
    "meeting_called": {"name", "title", "by", "starts", "label", "words", "url"},
    "meeting_changed": {"name", "title", "by", "starts", "label", "words", "url"},
    "meeting_cancelled": {"name", "title", "by", "starts", "label", "words", "url"},
    "office_reopened": {"name", "label", "by", "reopened", "url"},
    "roster_published": {"name", "unit", "turns", "url"},
    "roster_replanned": {"name", "unit", "label", "shortages", "url"},
    "swap_asked": {"name", "asker", "gives", "takes", "words", "url"},
    "swap_agreed": {"name", "asker", "other", "gives", "takes", "url"},
    "swap_decided": {"name", "gives", "remark", "url"},
    "absence_decided": {"name", "url"},
    "appeal_decided": {"name", "url"},
    "clocking_confirmed": {"name", "url"},
    "work_returned": {"name", "url"},
}  # fmt: skip
DUE = {"id": "9 Maret 2026", "en": "9 March 2026"}
WARNS = {
    "id": {"sign_in_code": "Jangan berikan", "document_pin": "Jangan berikan"},
    "en": {"sign_in_code": "Do not give", "document_pin": "Do not give"},
}


def said(notice, language):
    shown = {**FACTS, "due_on": DUE[language]}
    return {fact: shown[fact] for fact in SAYS[notice]}


def render(notice, language, *, is_sms=False, **facts):
    return rendering.words(notice, sms=is_sms, language=language, facts={**FACTS, **facts})


def test_every_notice_is_known_here():
    files = {path.name.partition(".")[0] for path in rendering.NOTICES.glob("[!_]*.txt")}
    assert files == set(SAYS)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("notice", sorted(SAYS))
def test_notice_says_every_fact(notice, language):
    title, body = render(notice, language)
    missing = {
        name for name, fact in said(notice, language).items() if fact not in f"{title}\n{body}"
    }
    assert missing == set()
    assert "\n" not in title
    assert len(title) <= 90
    assert body.endswith("Loket")
    assert not set("{}%") & set(body)
    assert "\n\n\n" not in body


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("notice", sorted(SAYS))
def test_notice_reads_well_without_what_may_be_missing(notice, language):
    empty = dict.fromkeys(["name", "due_on", "words", "address", "reason"], "")
    title, body = render(notice, language, **empty)
    assert title
    assert "\n\n\n" not in body
    assert " ," not in body
    assert " ." not in body


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("notice", sorted(SAYS))
def test_notice_fits_one_text_message(notice, language):
    _title, body = render(notice, language, is_sms=True)
    assert sms.size(sms.plain(body)) == sms.Size("GSM-7", len(body), 1)


@pytest.mark.parametrize("is_sms", [True, False])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("notice", ["sign_in_code", "document_pin"])
def test_secrets_come_with_a_warning(notice, language, is_sms):
    _title, body = render(notice, language, is_sms=is_sms)
    assert WARNS[language][notice] in body


def test_titles_hold_no_secret():
    titles = [render(notice, "id")[0] for notice in ("sign_in_code", "document_pin")]
    assert not any(FACTS["code"] in title or FACTS["pin"] in title for title in titles)


def test_facts_are_never_read_as_a_template():
    _title, body = render("case_returned", "id", words="{{ pin }} {% now 'Y' %} <b>")
    assert "{{ pin }} {% now 'Y' %} <b>" in body


def test_any_other_language_reads_indonesian():
    assert render("case_moved", "nl") == render("case_moved", "id")
    assert render("case_moved", "en-GB") == render("case_moved", "en")


def test_unknown_notice_is_a_defect():
    with pytest.raises(TemplateDoesNotExist):
        render("nothing", "id")
