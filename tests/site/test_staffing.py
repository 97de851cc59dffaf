"""Staff and their posts, and work that was given up."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.totp.internal.auth import TOTP

from loket.documents import signers
from loket.documents.signers import local
from loket.jobs.models import Job
from loket.kernel import clock
from loket.people.models import Account, Position

pytestmark = pytest.mark.django_db


def people(loket) -> dict[str, dict[str, object]]:
    return {row["username"]: row for row in json.loads(loket("staff", "list", "--json").stdout)}


def test_somebody_is_added_appointed_and_can_sign_in(loket, kelurahan):
    done = loket("staff", "add", "siti", "--name", "Siti Rahma")
    password = done.stdout.splitlines()[0].rpartition(" ")[2]
    assert Account.objects.get(username="siti").check_password(password)
    done = loket(
        "staff", "appoint", "siti", "--unit", kelurahan.code, "--role", "officer",
        "--title", "Petugas",
    )  # fmt: skip
    assert done.stdout == f"siti is officer of {kelurahan.name}.\n"
    assert people(loket)["siti"] == {
        "username": "siti",
        "name": "Siti Rahma",
        "posts": f"officer {kelurahan.code}",
        "second_factor": False,
    }


@pytest.mark.parametrize(
    "words",
    [
        ("add", "budi", "--name", "Budi Lain"),
        ("appoint", "nobody", "--unit", "31", "--role", "head", "--title", "Kepala"),
        ("appoint", "budi", "--unit", "99", "--role", "head", "--title", "Kepala"),
        ("appoint", "budi", "--unit", "31", "--role", "king", "--title", "Raja"),
        ("reset", "nobody"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_is_refused(loket, budi, words):
    before = Position.objects.count()
    done = loket("staff", *words)
    assert (done.exit_code, done.stdout, bool(done.stderr)) == (1, "", True)
    assert Position.objects.count() == before


def test_reset_gives_a_new_password_and_forgets_the_second_factor(loket, budi):
    account = Account.objects.get(username="budi")
    TOTP.activate(account, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert people(loket)["budi"]["second_factor"]
    done = loket("staff", "reset", "budi")
    account.refresh_from_db()
    assert account.check_password(done.stdout.splitlines()[0].rpartition(" ")[2])
    assert not people(loket)["budi"]["second_factor"]


def test_head_is_enrolled_to_sign(loket, dewi, at):
    local.prepare(at=at)
    words = ("staff", "enrol-signer", "dewi", "--title", "Kepala")
    done = loket(*words, input="melati di tepi kali\nmelati di tepi kali\n")
    assert done.exit_code == 0
    identity = signers.current().identity(signer_ref=dewi.ref)
    assert (identity.name, identity.title) == ("Dewi Anggraini", "Kepala")
    assert "melati" not in done.stdout


def test_dead_work_is_listed_and_tried_again(loket):
    job = Job.objects.create(
        task="loket.nowhere.lost", state=Job.State.DEAD, queued_at=clock.now(),
        run_at=clock.now(), error="Traceback …\nKeyError: 'lost'\n",
    )  # fmt: skip
    rows = json.loads(loket("jobs", "dead", "--json").stdout)
    assert [(row["ref"], row["error"]) for row in rows] == [(str(job.ref), "KeyError: 'lost'")]
    assert loket("jobs", "retry", job.ref).stdout == f"{job.ref} is tried again.\n"
    job.refresh_from_db()
    assert job.state == Job.State.READY
    assert loket("jobs", "retry", job.ref).exit_code == 1


def test_post_ends_on_a_day_and_not_twice(loket, budi, kelurahan):
    words = ("staff", "dismiss", "budi", "--unit", kelurahan.code, "--role", "officer")
    assert loket(*words).exit_code == 0
    assert people(loket)["budi"]["posts"] == ""
    done = loket(*words)
    assert (done.exit_code, done.stderr) == (
        1,
        f"budi is not officer of {kelurahan.code} today.\n",
    )
