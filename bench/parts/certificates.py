"""Certificates: numbered, rendered, signed and stored; one, and a morning's batch."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.utils.translation import override
from tests.catalogue.samples import sample

from bench import cast, cpu
from bench.figures import Figure, at_most
from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case
from loket.catalogue import queries as catalogue
from loket.documents.signers import local
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.organisation.models import Unit
from loket.people import queries as people

ONE_BY_ONE = 30
REHEARSALS = 3
BATCH = 500
AIM_MS = 100
AIM_FIRST_SECONDS = 1
PASSPHRASE = "melati di tepi kali"
CHECKED = {"kk_matches": "yes", "child_nik": "3174045002260002"}


def measure() -> list[Figure]:
    """Return what one certificate costs, and how a batch goes on."""
    at = clock.now()
    unit = Unit.objects.get(code=f"{cast.VILLAGE}-DUKCAPIL")
    account = cast.employ("bench-head", unit, "head")
    actor = people.actor_for(account, at=at)
    local.enrol(
        signer_ref=actor.ref,
        name="Dewi Anggraini",
        title="Kepala",
        passphrase=PASSPHRASE,
        at=at,
    )
    with override("id"):
        return [
            one_by_one(verified(ONE_BY_ONE + REHEARSALS, unit, at=at), actor),
            *batch(verified(BATCH, unit, at=at), actor),
        ]


def verified(count: int, unit: Unit, *, at: datetime) -> list[Case]:
    """Return cases that wait for a signature."""
    version = catalogue.get(cast.SERVICE)
    answers = sample(cast.SERVICE, child_birth_date=(at - timedelta(days=9)).date().isoformat())
    return Case.objects.bulk_create(
        Case(
            service_version=version,
            service_code=version.code,
            unit=unit,
            unit_path=unit.path,
            title="Melati Ayuningtyas",
            applicant="Ayu Lestari",
            contact={
                "language": "id", "email": "ayu@warga.example", "phone": "+6281100000021",
            },
            answers=answers,
            added=CHECKED,
            state="awaiting_signature",
            state_kind="head",
            state_since=at,
            submitted_at=at - timedelta(days=1),
            due_on=(at + timedelta(days=4)).date(),
        )
        for _n in range(count)
    )  # fmt: skip


def one_by_one(waiting: list[Case], actor: Actor) -> Figure:
    """Sign as a head does who opens each case."""
    meter = cpu.in_process()
    costs = []
    for case in waiting:
        meter.start()
        found = queries.get(code=case.code, actor=actor)
        cases.sign(case=found, passphrase=PASSPHRASE, actor=actor, at=clock.now())
        costs.append(meter.stop())
    counted = costs[REHEARSALS:]
    return at_most(
        "certificate: numbered, rendered, signed, stored",
        sum(counted) / len(counted),
        unit="CPU ms",
        aim=AIM_MS,
        detail={"certificates": len(counted), "cpu_ms_first": round(costs[0], 1)},
    )


def batch(waiting: list[Case], actor: Actor) -> list[Figure]:
    """Sign many at once, and note when each result could be shown."""
    meter = cpu.in_process()
    found = [queries.get(code=case.code, actor=actor) for case in waiting]
    begun, moments, failed = time.perf_counter(), [], []
    for signed in cases.sign_many(
        cases=found, passphrase=PASSPHRASE, actor=actor, at=clock.now()
    ):
        moments.append(time.perf_counter() - begun)
        if signed.problem:
            failed.append(signed.problem)
    if failed:
        raise RuntimeError(failed[0])
    detail = {
        "signatures": len(moments),
        "cpu_ms_each": round(meter.stop() / len(moments), 1),
        "seconds": round(moments[-1], 1),
        "longest_silence_seconds": round(
            max(b - a for a, b in zip([0.0, *moments], moments, strict=False)), 2
        ),
    }
    return [
        at_most(f"batch of {BATCH} signatures, each", detail["cpu_ms_each"], unit="CPU ms",
                aim=AIM_MS, detail=detail),
        at_most(f"batch of {BATCH} signatures, first result", moments[0], unit="s",
                aim=AIM_FIRST_SECONDS, detail=detail),
    ]  # fmt: skip
