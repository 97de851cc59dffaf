"""A small service, its papers, and applications for it."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import yaml
from PIL import Image

from loket.cases import services as cases
from loket.cases.models import Case, Draft
from loket.catalogue import services as catalogue
from loket.catalogue.models import ServiceVersion
from loket.kernel.access import Actor
from loket.people import queries as people

from . import people as residents

VILLAGE = "31.74.04.1003"
SYSTEM = Actor.system("tests")


def both(words: str) -> dict[str, str]:
    return {"id": words, "en": f"{words} (en)"}


def question(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, "label": both(name), "section": "all", **more}


def action(name: str, by: str, sources: list[str], target: str, **more: Any) -> dict[str, Any]:
    words = {"label": both(name), "done": both(f"{name} done")}
    return {"name": name, "by": by, "sources": sources, "target": target, **words, **more}


def state(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, "label": both(name), "next": both("next"), **more}


REASONS = [
    {"value": "unreadable", "label": both("Tidak terbaca"), "words": both("Foto ulang.")},
    {"value": "mismatch", "label": both("Berbeda"), "words": both("Periksa lagi.")},
]
STANDARD: dict[str, Any] = {
    name: both(name)
    for name in (
        "time", "fee", "product", "complaints", "facilities", "competence", "supervision",
        "staff", "guarantee", "safety", "evaluation",
    )
} | {name: [both(name)] for name in ("requirements", "procedure", "legal_basis")}  # fmt: skip

ENDED = {"name": "ended", "subject": both("Ditutup"), "body": both("Permohonan ditutup.")}

SERVICE: dict[str, Any] = {
    "format": 1,
    "code": "TEST-BIRTH",
    "title": both("Akta kelahiran"),
    "summary": both("Mencatat kelahiran."),
    "keywords": both("akta, lahir"),
    "life_events": ["birth"],
    "level": "village",
    "standard": STANDARD,
    "due_working_days": 3,
    "applicant_region": "address",
    "subject_title": ["child_name"],
    "duplicates": ["mother.nik", "birth_date", "birth_order"],
    "lateness": [
        {
            "question": "birth_date",
            "days": 60,
            "effect": "late",
            "message": both("Terlambat."),
            "source": "UU 24/2013 art. 27",
            "effective_from": "2014-01-01",
        }
    ],
    "sections": [{"name": "all", "title": both("Semua")}],
    "questions": [
        question("child_name", "name", first_recording=True),
        question(
            "sex",
            "choice",
            choices=[
                {"value": "male", "label": both("Laki-laki")},
                {"value": "female", "label": both("Perempuan")},
            ],
        ),
        question("birth_date", "date"),
        question("birth_place", "place"),
        question("birth_order", "number", at_least=1, at_most=20),
        question("mother", "person", of=[question("name", "name"), question("nik", "nik")]),
        question("note", "text", required=False),
        question("address", "address"),
        question(
            "birth_letter",
            "document",
            at_most=3,
            alternatives=[{"value": "letter", "label": both("Surat kelahiran")}],
        ),
    ],
    "workflow": {
        "first": "submitted",
        "states": [
            state("submitted", "officer"),
            state("returned", "resident", clock="paused"),
            state("awaiting_signature", "head"),
            state("issued", "final", clock="stopped", outcome="granted"),
            state("refused", "final", clock="stopped", outcome="refused"),
            state("withdrawn", "final", clock="stopped", outcome="withdrawn"),
            state("lapsed", "final", clock="stopped", outcome="withdrawn"),
        ],
        "actions": [
            action(
                "return", "officer", ["submitted"], "returned", kind="return", reasons=REASONS
            ),
            action("resubmit", "resident", ["returned"], "submitted", kind="resubmit"),
            action(
                "verify",
                "officer",
                ["submitted"],
                "awaiting_signature",
                kind="verify",
                asks=[question("child_nik", "nik", sex="sex", born="birth_date")],
            ),
            action("send_back", "head", ["awaiting_signature"], "submitted"),
            action(
                "sign", "head", ["awaiting_signature"], "issued", kind="sign", issues="akta"
            ),
            action(
                "refuse",
                "officer",
                ["submitted", "awaiting_signature"],
                "refused",
                kind="refuse",
                reasons=REASONS,
            ),
            action(
                "withdraw",
                "resident",
                ["submitted", "returned", "awaiting_signature"],
                "withdrawn",
                kind="withdraw",
            ),
            action("lapse", "system", ["returned"], "lapsed", notice="ended"),
        ],
    },
    "outputs": [
        {
            "name": "akta",
            "kind": "certificate",
            "title": both("Kutipan Akta Kelahiran"),
            "template": "birth_certificate",
            "number": "{city}-{prefix}-{ddmmyyyy}-{serial:04d}",
            "prefix": "LU",
            "late_prefix": "LT",
            "holder": "child_name",
            "facts": {
                "child_name": "child_name",
                "sex": "sex",
                "birth_date": "birth_date",
                "birth_place": "birth_place",
                "birth_order": "birth_order",
                "mother_name": "mother.name",
                "nik": "child_nik",
            },
        }
    ],
    "notices": [ENDED],
    "retention": {"days": 365, "source": "UU 27/2022"},
}

CARD_STATES = [
    state("in_printing", "officer"),
    state("awaiting_biometrics", "waiting", clock="paused"),
    state("ready_for_pickup", "resident"),
    state("collected", "final", clock="stopped", outcome="granted"),
]


def card_service() -> dict[str, Any]:
    """Return the definition of a service that ends with a card to be collected."""
    definition = deepcopy(SERVICE)
    definition["code"] = "TEST-CARD"
    definition["duplicates"] = []
    flow = definition["workflow"]
    flow["states"] = [
        s for s in flow["states"] if s["name"] not in ("awaiting_signature", "issued")
    ] + CARD_STATES
    kept = [a for a in flow["actions"] if a["name"] in ("return", "resubmit", "lapse")]
    flow["actions"] = [
        *kept,
        action("verify", "officer", ["submitted"], "awaiting_biometrics", kind="verify"),
        action("recorded", "officer", ["awaiting_biometrics"], "in_printing"),
        action("print_done", "officer", ["in_printing"], "ready_for_pickup", issues="card"),
        action("collected", "officer", ["ready_for_pickup"], "collected"),
        action("refuse", "officer", ["submitted"], "refused", kind="refuse", reasons=REASONS),
        action("withdraw", "resident", ["submitted"], "withdrawn", kind="withdraw"),
    ]
    definition["outputs"] = [
        {
            "name": "card",
            "kind": "card",
            "title": both("Kartu"),
            "template": "pickup_slip",
            "holder": "child_name",
            "facts": {"holder_name": "child_name"},
        }
    ]
    return definition


class Plain(yaml.SafeDumper):
    """Writes every part out: definitions know no anchors."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def written(definition: dict[str, Any]) -> str:
    return str(yaml.dump(definition, Dumper=Plain, allow_unicode=True, sort_keys=False))


def publish(
    definition: dict[str, Any] = SERVICE, *, at: datetime, name: str = "test.yaml"
) -> ServiceVersion:
    version = catalogue.import_definition(
        text=written(definition), name=name, actor=SYSTEM, at=at
    )
    return catalogue.publish(version=version, actor=SYSTEM, at=at)


def photo(shade: int = 120) -> bytes:
    """Return a small photograph."""
    out = BytesIO()
    Image.new("RGB", (320, 240), (shade, 90, 60)).save(out, "JPEG")
    return out.getvalue()


def answers(**changed: Any) -> dict[str, Any]:
    """Return answers that are complete, but for the paper."""
    return {
        "child_name": "Melati Ayu Lestari",
        "sex": "female",
        "birth_date": "2026-02-10",
        "birth_place": "Jakarta",
        "birth_order": 1,
        "mother": {"name": "Ayu Lestari", "nik": "3174045203950001"},
        "note": None,
        "address": {"region": VILLAGE, "street": "Jl. Kenanga 5", "rt": "003", "rw": "004"},
    } | changed


def draft(
    actor: Actor, *, at: datetime, code: str = "TEST-BIRTH", paper: bool = True, **changed: Any
) -> Draft:
    """Begin an application and answer everything."""
    begun = cases.start_draft(
        service_code=code, resident=people.resident_of(actor), actor=actor, at=at
    )
    for name, raw in answers(**changed).items():
        cases.save_answer(
            draft=begun, question=name, raw=raw, revision=begun.revision, actor=actor, at=at
        )
    if paper:
        cases.attach(
            draft=begun, question="birth_letter", data=photo(), name="surat.jpg",
            actor=actor, at=at,
        )  # fmt: skip
    return begun


def case(actor: Actor, *, at: datetime, code: str = "TEST-BIRTH", **changed: Any) -> Case:
    """Send a complete application."""
    return cases.submit(draft=draft(actor, at=at, code=code, **changed), actor=actor, at=at)


def file_many(number: int, *, at: datetime, code: str = "TEST-BIRTH") -> list[Case]:
    """File several cases without residents, a minute apart."""
    return [
        cases.file_case(
            service_code=code,
            answers=answers(child_name=f"Anak Ke {'ABCDEFGHIJ'[n % 10]}", birth_order=n + 1),
            files={"birth_letter": [("surat.jpg", photo())]},
            contact={"email": f"warga{n}@warga.example"},
            actor=SYSTEM,
            at=at + timedelta(minutes=n),
        )
        for n in range(number)
    ]


def another_resident(at: datetime) -> Actor:
    """Return another resident, who has no case."""
    return people.actor_for(residents.resident("dina@warga.example").account, at=at)
