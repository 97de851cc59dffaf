"""Documents as cases have them made, and those who sign them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from loket.documents import services as documents
from loket.documents.models import Document
from loket.documents.rules.numbering import Numbering
from loket.documents.services import Issued
from loket.documents.signers import local
from loket.kernel.access import Actor
from loket.kernel.texts import Text

PASSPHRASE = "kebun raya di pagi hari"
PATTERN = "{city}-{prefix}-{ddmmyyyy}-{serial:04d}"

ADDRESS = {
    "street": "Jalan Kebon Kacang IX Nomor 12",
    "rt": "3",
    "rw": "7",
    "region": "31.71.07.1003",
    "village": "Kebon Kacang",
    "district": "Tanah Abang",
    "city": "Kota Administrasi Jakarta Pusat",
    "province": "Daerah Khusus Ibukota Jakarta",
}
OFFICE = {"office": "Suku Dinas Dukcapil Jakarta Pusat", "issued_in": "Jakarta"}
BIRTH: dict[str, Any] = {
    "child_name": "Adinda Putri Maharani",
    "sex": "female",
    "birth_date": "2026-01-17",
    "birth_place": "Jakarta",
    "birth_order": 2,
    "mother_name": "Ayu Lestari",
    "father_name": "Bagus Pratama",
    "nik": "3171075701260001",
    **OFFICE,
}
DEATH: dict[str, Any] = {
    "deceased_name": "Sastro",
    "death_date": "2026-02-20",
    "death_place": "Jakarta",
    "sex": "male",
    "birth_date": "1950-05-31",
    "birth_place": "Yogyakarta",
    "birth_order": 11,
    "father_name": "Ma'ruf D'Arcy",
    "mother_name": "Murni",
    **OFFICE,
}
MEMBER: dict[str, Any] = {
    "name": "Ayu Lestari",
    "nik": "3171075701900001",
    "sex": "female",
    "birth_place": "Jakarta",
    "birth_date": "1990-01-17",
    "religion": {"id": "Islam", "en": "Islam"},
    "education": {"id": "Diploma IV/Strata I", "en": "Bachelor"},
    "occupation": "Karyawan Swasta",
    "blood_type": "O",
    "marital_status": {"id": "Kawin tercatat", "en": "Married"},
    "marriage_date": "2018-05-05",
    "relation": {"id": "Kepala keluarga", "en": "Head"},
    "father_name": "Sastro",
    "mother_name": "Murni",
}
FAMILY: dict[str, Any] = {
    "kk": "3171071701260001",
    "head_name": "Ayu Lestari",
    "address": ADDRESS,
    "members": [MEMBER, {"name": "Bo"}],
    **OFFICE,
}
MOVE: dict[str, Any] = {
    "applicant_name": "Ayu Lestari",
    "applicant_nik": "3171075701900001",
    "origin": ADDRESS,
    "destination": {**ADDRESS, "city": "Kota Depok", "province": "Jawa Barat"},
    "members": [{"name": "Ayu Lestari", "nik": "3171075701900001"}],
    **OFFICE,
}
FACTS = {
    "birth_certificate": BIRTH,
    "death_certificate": DEATH,
    "family_card": FAMILY,
    "move_letter": MOVE,
}


def reserve(
    *,
    actor: Actor,
    at: datetime,
    subject_ref: str = "case:4M9K2TQ-X",
    unit: str = "/31/",
    facts: Mapping[str, Any] = BIRTH,
    supersedes: Document | None = None,
) -> Document:
    """Reserve a number for a birth certificate."""
    return documents.reserve(
        output="certificate",
        template="birth_certificate",
        title=Text(id="Kutipan Akta Kelahiran", en="Excerpt of Birth Certificate"),
        numbering=Numbering(pattern=PATTERN, city="3171", prefix="LU"),
        subject_ref=subject_ref,
        holder=str(facts["child_name"]),
        unit=unit,
        facts=facts,
        supersedes=supersedes,
        actor=actor,
        at=at,
    )


def enrol(actor: Actor, at: datetime) -> None:
    """Let an actor sign."""
    local.enrol(
        signer_ref=actor.ref,
        name=actor.name,
        title="Kepala Suku Dinas",
        passphrase=PASSPHRASE,
        at=at,
    )


def sign(
    document: Document, *, passphrase: str = PASSPHRASE, actor: Actor, at: datetime
) -> Issued:
    """Sign a reserved document and publish it."""
    prepared = documents.prepare(document=document, passphrase=passphrase, actor=actor, at=at)
    return documents.complete(document=document, prepared=prepared, actor=actor, at=at)


def issue(*, actor: Actor, at: datetime, **wanted: Any) -> Issued:
    """Reserve and sign; the actor is enrolled already."""
    document = reserve(actor=actor, at=at, **wanted)
    return sign(document, actor=actor, at=at)
