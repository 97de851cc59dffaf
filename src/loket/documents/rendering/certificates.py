"""Certificates: what is printed where, for each template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from loket.documents.rules import words
from loket.organisation import queries as organisation

from . import engine, qr, templates, values
from .values import capitals, line, short_date, spelled_date, spelled_number, words_of

Facts = Mapping[str, Any]
Line = dict[str, str]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the facts: number, signer and, once signed, the way to verify."""

    number: str
    signer_name: str
    signer_title: str
    code: str = ""
    url: str = ""
    """What the QR holds. Without it the page is a preview and says so."""


def certificate(template: str, facts: Facts, frame: Frame, *, at: datetime) -> bytes:
    """Return the PDF of a certificate; the QR is drawn only if the frame has its address."""
    today = organisation.today(None, at=at)
    image, side = qr.svg(frame.url) if frame.url else ("", 0.0)
    page, fill = PAGES[template]
    data = {
        "title": templates.TEMPLATES[template].title.id,
        "heading": templates.TEMPLATES[template].title.en,
        "language": "id",
        "author": line(facts.get("office")),
        "number": frame.number,
        "code": frame.code,
        "keywords": [frame.code, frame.number] if frame.code else [],
        "verify": f"{settings.PUBLIC_URL}/verify/",
        "url": frame.url,
        "qr": image,
        "qr_side": side,
        "is_preview": not frame.url,
        "is_specimen": settings.DEMO,
        "issued_in": line(facts.get("issued_in") or "Jakarta"),
        "issued_on": words.long_date(today),
        "office": str(facts.get("office") or ""),
        "signer_name": frame.signer_name,
        "signer_title": frame.signer_title,
        **fill(facts, frame),
    }
    return engine.pdf(page, data, at=at)


def _line(indonesian: str, english: str, value: str) -> Line:
    return {"id": indonesian, "en": english, "value": value}


def _note(facts: Facts) -> list[dict[str, str]]:
    notes = [
        {"id": words_of(v, "id").upper(), "en": words_of(v, "en")}
        for v in facts.get("variants") or ()
    ]
    if facts.get("late"):
        notes.append(
            {
                "id": "PENCATATAN DILAKUKAN SETELAH LEWAT BATAS WAKTU PELAPORAN",
                "en": "registered after the time limit for reporting",
            }
        )
    return notes


def _parents(facts: Facts) -> list[Line]:
    father, mother = facts.get("father_name"), facts.get("mother_name")
    if father and mother:
        return [
            _line("dari ayah", "of father", capitals(father)),
            _line("dan ibu", "and mother", capitals(mother)),
        ]
    if mother:
        return [_line("dari seorang ibu", "of a mother", capitals(mother))]
    return [_line("dari ayah", "of father", capitals(father))] if father else []


CITIZEN = {"id": "Warga Negara Indonesia", "en": "Indonesian citizen"}


def _nationality(given: Any) -> dict[str, str]:
    """Return the words of a nationality; none for a body that nobody could name."""
    words_given = [words_of(given, language) if given else "" for language in ("id", "en")]
    return dict(zip(("id", "en"), words_given, strict=True))


def _gazette(facts: Facts) -> Line:
    return _line(
        "menurut Stbld.", "in accordance with State Gazette", line(facts.get("gazette"))
    )


def _birth(facts: Facts, frame: Frame) -> dict[str, Any]:
    sex = words_of(facts.get("sex")).upper()
    order = f"{spelled_number(facts.get('birth_order'))}, {sex}"
    return {
        "nik": str(facts.get("nik") or ""),
        "nationality": CITIZEN,
        "lines": [
            _line(
                "Berdasarkan Akta Kelahiran Nomor",
                "By virtue of Birth Certificate Number",
                frame.number,
            ),
            _gazette(facts),
            _line("bahwa di", "that in", capitals(facts.get("birth_place"))),
            _line("pada tanggal", "on date", spelled_date(facts.get("birth_date"))),
            _line("telah lahir", "was born", capitals(facts.get("child_name"))),
            _line("anak ke", "child number, sex", order),
            *_parents(facts),
        ],
        "notes": _note(facts),
    }


def _death(facts: Facts, frame: Frame) -> dict[str, Any]:
    born = [
        _line("lahir di", "born in", capitals(facts.get("birth_place"))),
        _line("pada tanggal", "on date", spelled_date(facts.get("birth_date"))),
    ]
    sex = capitals(words_of(facts.get("sex")))
    order = facts.get("birth_order")
    child = [
        _line("anak ke", "child number, sex", f"{spelled_number(order)}, {sex}")
        if order
        else _line("jenis kelamin", "sex", sex)
    ]
    return {
        "nik": str(facts.get("nik") or ""),
        "nationality": _nationality(facts.get("nationality")),
        "lines": [
            _line(
                "Berdasarkan Akta Kematian Nomor",
                "By virtue of Death Certificate Number",
                frame.number,
            ),
            _gazette(facts),
            _line("bahwa di", "that in", capitals(facts.get("death_place"))),
            _line("pada tanggal", "on date", spelled_date(facts.get("death_date"))),
            _line("telah meninggal dunia", "passed away", capitals(facts.get("deceased_name"))),
            *(born if facts.get("birth_date") or facts.get("birth_place") else []),
            *(child if facts.get("sex") or order else []),
            *_parents(facts),
        ],
        "notes": _note(facts),
    }


def _card(facts: Facts, _frame: Frame) -> dict[str, Any]:
    place = _place(facts.get("address"))
    if facts.get("postal_code"):
        place["postal_code"] = line(facts["postal_code"])
    return {
        "kk": line(facts.get("kk")),
        "head": capitals(facts.get("head_name")),
        "address": place,
        "members": [_member(row) for row in facts.get("members") or ()],
        "notes": _note(facts),
    }


def _member(row: Facts) -> dict[str, str]:
    dates = {"birth_date", "marriage_date"}
    member = {
        slot.name: short_date(row.get(slot.name))
        if slot.name in dates
        else words_of(row.get(slot.name)).upper()
        for slot in templates.MEMBER
    }
    if not row.get("nationality"):
        member["nationality"] = "WNI"
    return member


def _move(facts: Facts, _frame: Frame) -> dict[str, Any]:
    return {
        "applicant": {
            "name": capitals(facts.get("applicant_name")),
            "nik": line(facts.get("applicant_nik")),
            "kk": line(facts.get("kk")),
            "head": capitals(facts.get("head_name")),
            "phone": line(facts.get("phone")),
        },
        "origin": _place(facts.get("origin")),
        "destination": _place(facts.get("destination")),
        "move": {
            "reason": words_of(facts.get("reason")).upper(),
            "kind": words_of(facts.get("move_kind")).upper(),
            "date": short_date(facts.get("move_date")),
            "kk_staying": words_of(facts.get("kk_staying")).upper(),
            "kk_moving": words_of(facts.get("kk_moving")).upper(),
        },
        "members": [_mover(row) for row in facts.get("members") or ()],
        "notes": _note(facts),
    }


def _place(value: Any) -> dict[str, str]:
    return {part: text.upper() for part, text in values.address(value).items()}


def _mover(row: Facts) -> dict[str, str]:
    return {
        "name": capitals(row.get("name")),
        "nik": line(row.get("nik")),
        "relation": words_of(row.get("relation")).upper(),
    }


PAGES: dict[str, tuple[str, Callable[[Facts, Frame], dict[str, Any]]]] = {
    "birth_certificate": ("register", _birth),
    "death_certificate": ("register", _death),
    "family_card": ("family_card", _card),
    "move_letter": ("move_letter", _move),
}
