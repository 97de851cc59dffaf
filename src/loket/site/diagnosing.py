"""Says what is wrong with an installation, and how to mend it."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.checks import run_checks
from django.core.checks.messages import WARNING
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from loket.catalogue.models import ServiceVersion
from loket.documents import signers
from loket.jobs import queries as jobs
from loket.organisation.models import CalendarDay, Unit

from . import env

LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    """How one part is: ``good``, ``note`` or ``wrong``."""

    part: str
    state: str
    what: str
    mend: str = ""


def examine(*, at: datetime) -> list[Finding]:
    """Return a finding for each part; what a broken database hides is left out."""
    found = [*examine_settings(), *examine_mail(), *examine_signer()]
    try:
        for part in (examine_database(), examine_queue(at), examine_data(at)):
            found.extend(part)
    except DatabaseError as error:
        found.append(Finding("database", "wrong", str(error).strip(), "Run `loket setup`."))
    return found


def examine_settings() -> Iterator[Finding]:
    has_secret = bool(env.text("SECRET_KEY"))
    if not has_secret:
        yield Finding("settings", "wrong", "no secret key", "Set LOKET_SECRET_KEY.")
    if settings.DEBUG:
        yield Finding("settings", "wrong", "debug mode is on", "Set LOKET_DEBUG=False.")
    if not settings.HTTPS and not settings.DEMO:
        yield Finding(
            "settings", "wrong", "pages are not encrypted", "Set LOKET_PUBLIC_URL=https://…"
        )
    deploy = settings.HTTPS and not settings.DEBUG
    for message in run_checks(include_deployment_checks=deploy) if has_secret else []:
        if message.level >= WARNING:
            yield Finding(
                "settings", "wrong", f"{message.id}: {message.msg}", message.hint or ""
            )
    if not settings.CLAMD_SOCKET:
        yield Finding(
            "uploads",
            "note",
            "uploads are inspected and cleaned, but not scanned for known malware",
            "Run clamd and set LOKET_CLAMD_SOCKET.",
        )
    yield Finding("settings", "good", f"data in {settings.DATA}")


def examine_mail() -> Iterator[Finding]:
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        mend = "Start the mail server, or set LOKET_SMTP_HOST and LOKET_SMTP_PORT."
        yield Finding("mail", "wrong", f"{where} does not answer: {error}", mend)
    else:
        yield Finding("mail", "good", f"{where} answers")
    if not settings.SMS_GATEWAY_DOMAIN:
        yield Finding("sms", "note", "no gateway", "Set LOKET_SMS_GATEWAY_DOMAIN to send SMS.")


def examine_signer() -> Iterator[Finding]:
    try:
        wrong = signers.current().check_config()
    except ImportError:
        yield Finding(
            "signer",
            "wrong",
            f"there is no signer {settings.SIGNER!r}",
            "Set LOKET_SIGNER=local.",
        )
        return
    for sentence in wrong:
        yield Finding("signer", "wrong", sentence, "Run `loket setup`.")
    if not wrong:
        yield Finding("signer", "good", f"{settings.SIGNER} can sign")


def examine_database() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield Finding("database", "wrong", f"{len(plan)} migrations wait", "Run `loket setup`.")
    else:
        yield Finding("database", "good", f"{connection.vendor}, all migrations are in")
    if connection.vendor == "sqlite":
        yield Finding(
            "database",
            "note",
            "SQLite suits a trial or one small office",
            "Set LOKET_DATABASE=postgresql://… for more.",
        )


def examine_queue(at: datetime) -> Iterator[Finding]:
    dead, lag = jobs.dead().count(), jobs.lag(at=at)
    if dead:
        yield Finding("queue", "wrong", f"{dead} jobs were given up", "See `loket jobs dead`.")
    if lag > LATE:
        yield Finding(
            "queue",
            "wrong",
            f"the oldest job waits {lag}",
            "Start `loket worker`, or more of it.",
        )
    if not dead and lag <= LATE:
        yield Finding("queue", "good", f"nothing waits longer than {lag}")


def examine_data(at: datetime) -> Iterator[Finding]:
    units = Unit.objects.count()
    published = ServiceVersion.objects.filter(state=ServiceVersion.State.PUBLISHED).count()
    if units and published:
        yield Finding("data", "good", f"{units} units, {published} services published")
    else:
        yield Finding("data", "wrong", "no units or no services", "Run `loket setup`.")
    for year in (at.year, at.year + 1):
        leave = CalendarDay.objects.filter(on__year=year, kind=CalendarDay.Kind.JOINT_LEAVE)
        if not leave.exists():
            state = "wrong" if year == at.year else "note"
            yield Finding(
                "calendar", state, f"no joint leave on record for {year}", "Run `loket setup`."
            )
