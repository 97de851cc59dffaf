"""Who is measured at work: an officer, a head, residents with applications ready to send."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from tests.catalogue.samples import sample

from loket.cases.models import Attachment, Draft
from loket.catalogue import queries as catalogue
from loket.files.models import StoredFile
from loket.kernel import codes
from loket.organisation.models import Unit
from loket.people.models import Account, ContactPoint, Position, Resident

SERVICE = "BIRTH"
VILLAGE = "31.74.04.1003"
CITY = "31.74"


def employ(username: str, unit: Unit, role: str) -> Account:
    """Give somebody a post, and a second factor to sign in with."""
    account = Account.objects.create(
        username=username, full_name=username.title(), kind="staff"
    )
    Position.objects.create(
        account=account, unit=unit, role=role, title=role, starts_on="2020-01-01"
    )
    Authenticator.objects.create(
        user=account, type=Authenticator.Type.TOTP, data={"secret": "-"}
    )
    return account


def signed_in(accounts: Iterable[Account]) -> list[dict[str, str]]:
    """Return the cookies of browsers in which these people are signed in."""
    store, ends = SessionStore(), None
    sessions, cookies = [], []
    for account in accounts:
        ends = ends or store.get_expiry_date()
        facts = {
            SESSION_KEY: str(account.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: account.get_session_auth_hash(),
        }
        key = secrets.token_hex(16)
        sessions.append(
            Session(session_key=key, session_data=store.encode(facts), expire_date=ends)
        )
        cookies.append({settings.SESSION_COOKIE_NAME: key})
    Session.objects.bulk_create(sessions)
    return cookies


def drafts(count: int, *, at: datetime) -> list[Draft]:
    """Return complete applications with their papers, each of another resident."""
    version = catalogue.get(SERVICE)
    answers = sample(SERVICE, child_birth_date=(at - timedelta(days=12)).date().isoformat())
    answers["address"] = answers["address"] | {"region": VILLAGE}
    residents = register(count, at=at)
    begun = Draft.objects.bulk_create(
        Draft(
            resident=resident,
            service_version=version,
            service_code=SERVICE,
            started_at=at,
            saved_at=at,
        )
        for resident in residents
    )
    attachments = []
    for draft in begun:
        draft.answers, attached = with_papers(draft, answers, at=at)
        attachments += attached
    Draft.objects.bulk_update(begun, ["answers"], batch_size=100)
    Attachment.objects.bulk_create(attachments)
    return begun


def register(count: int, *, at: datetime) -> list[Resident]:
    """Return residents who signed in with an e-mail address and a telephone."""
    names = [codes.new() for _n in range(count)]
    accounts = Account.objects.bulk_create(
        Account(username=f"r-{name}", password="!", full_name="Ayu Lestari", kind="resident")
        for name in names
    )
    residents = Resident.objects.bulk_create(
        Resident(code=name, account=account, registered_at=at)
        for name, account in zip(names, accounts, strict=True)
    )
    ContactPoint.objects.bulk_create(
        ContactPoint(
            resident=r, kind="email", value=f"{r.code.lower()}@warga.example", verified_at=at
        )
        for r in residents
    )
    return residents


def with_papers(
    draft: Draft, answers: dict[str, Any], *, at: datetime
) -> tuple[dict[str, Any], list[Attachment]]:
    """Return the answers with references of stored files, and the attachments of them."""
    own, attached = dict(answers), []
    for question, answer in answers.items():
        if not (isinstance(answer, dict) and "files" in answer):
            continue
        stored = StoredFile.objects.bulk_create(
            StoredFile(
                ref=secrets.token_hex(16), name="foto.jpg", media_type="image/jpeg",
                size=400_000, sha256=secrets.token_hex(32), received_sha256="0" * 64,
                owner=draft.subject, path=secrets.token_hex(16), stored_at=at,
            )
            for _paper in answer["files"]
        )  # fmt: skip
        own[question] = answer | {"files": [file.ref for file in stored]}
        attached += [
            Attachment(draft=draft, question=question, file=file, added_at=at)
            for file in stored
        ]
    return own, attached
