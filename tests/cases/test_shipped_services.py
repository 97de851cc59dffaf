"""Every service that comes with Loket, from filing to its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case
from loket.catalogue import services as catalogue
from loket.catalogue.rules.format import Action
from loket.documents.models import Document
from loket.documents.rendering.slips import pickup_slip
from loket.documents.signers import local
from loket.messaging.models import Message
from loket.organisation.models import Unit
from tests.catalogue.samples import PATHS, definition, sample
from tests.conftest import branch, employ
from tests.factories import cases as factory
from tests.factories import organisation

PASSPHRASE = "melati di tepi kali"
TOLD = {
    "sign": {"case_received", "case_issued", "document_pin"},
    "collected": {"case_received", "case_ready"},
}
ASKED: dict[str, Any] = {
    "nik": "3174045002260002",
    "kk": "3174040101200001",
    "date": "2026-03-02",
    "text": "DKI-2026-1",
    "number": 1,
    "name": "Melati Lestari",
    "place": "Jakarta",
    "yes_no": True,
}


def fields(action: Action) -> dict[str, Any]:
    return {
        ask.name: ask.choices[0].value if ask.kind == "choice" else ASKED[ask.kind]
        for ask in action.asks
    }


def papers(answers: dict[str, Any]) -> dict[str, list[tuple[str, bytes]]]:
    """Return a photograph for each file that a sample names."""
    return {
        name: [(f, factory.photo(n)) for n, f in enumerate(value["files"])]
        for name, value in answers.items()
        if isinstance(value, dict) and "files" in value
    }


@pytest.fixture
def agency(kelurahan, at, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"
    local.prepare(at=at)
    organisation.holidays(2026, 2027)
    for number in (1, 2, 4):
        village = f"31.74.04.100{number}"
        branch(village, ("Jakarta Selatan", "Pasar Minggu", f"Kelurahan {number}"))
    catalogue.import_bundled(actor=factory.SYSTEM, at=at)
    return Unit.objects.get(code="31-DUKCAPIL")


@pytest.mark.parametrize("code", PATHS)
def test_a_service_leads_to_its_output(code, agency, at):
    officer = employ("indra", "Indra Wijaya", agency, "officer", "Petugas", at)
    head = employ("joko", "Joko Susilo", agency, "head", "Kepala", at)
    local.enrol(
        signer_ref=head.ref, name=head.name, title="Kepala", passphrase=PASSPHRASE, at=at
    )
    answers = sample(code)
    case = cases.file_case(
        service_code=code,
        answers=answers,
        files=papers(answers),
        contact={"email": "ayu@warga.example"},
        actor=factory.SYSTEM,
        at=at,
    )
    assert case.title

    for number, step in enumerate(PATHS[code], 1):
        now = at + timedelta(hours=number)
        if step == "sign":
            cases.sign(case=case, passphrase=PASSPHRASE, actor=head, at=now)
            continue
        action = next(a for a in definition(code).workflow.actions if a.name == step)
        cases.claim(case=case, actor=officer, at=now)
        cases.move(case=case, action=step, fields=fields(action), actor=officer, at=now)
        if step == "print_done":
            slip = pickup_slip(queries.pickup_facts(case), "id", number=case.code, at=now)
            assert slip.startswith(b"%PDF")

    stored = Case.objects.get()
    state = stored.service_version.service.workflow.state(stored.state)
    assert (state.kind, state.outcome) == ("final", "granted")
    told = set(Message.objects.values_list("notice", flat=True))
    assert told >= TOLD[PATHS[code][-1]]
    if PATHS[code][-1] == "sign":
        assert Document.objects.get().state == "valid"
