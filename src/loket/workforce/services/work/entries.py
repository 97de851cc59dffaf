"""Daily work: writing it down, and handing a day in. Late is told, and nothing is refused for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from loket.files import services as files
from loket.files.models import StoredFile
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce.events import WorkSubmitted
from loket.workforce.models import WorkEntry, WorkReport
from loket.workforce.queries.work import days as queries
from loket.workforce.rules.written import Written, checked

SUBMITTED = WorkReport.State.SUBMITTED
RETURNED = WorkReport.State.RETURNED
PROOF_KEPT = timedelta(days=400)
"""As long as the proof of an appeal: a year of reports, and time to ask about it."""


def write_entry(
    *,
    on: date,
    written: Written,
    proof: tuple[bytes, str] | None = None,
    actor: Actor,
    at: datetime,
) -> WorkEntry:
    """Write down work of one's own that Loket does not count. ``proof``: bytes and a name.

    :raises NotAllowed: if the actor holds no position on that day.
    :raises Invalid: if something is missing or wrong, the day is not over nor today, or the
        proof is refused.
    :raises Conflict: if the day was handed in.
    """
    account, fields = _require_day(on, actor=actor, at=at), checked(written)
    file = _kept(proof, account, actor=actor, at=at)
    try:
        with transaction.atomic():
            _require_open(account, on)
            return WorkEntry.objects.create(
                account=account, on=on, proof=file, written_at=at, **fields
            )
    except Conflict:
        _let_go(file, actor=actor, at=at)
        raise


def change_entry(
    *,
    entry: WorkEntry,
    written: Written,
    proof: tuple[bytes, str] | None = None,
    actor: Actor,
    at: datetime,
) -> WorkEntry:
    """Change an entry of one's own; a new proof replaces the old one.

    :raises NotAllowed: if it is somebody else's.
    :raises Invalid: if something is missing or wrong, or the proof is refused.
    :raises Conflict: if the day was handed in, or the entry is gone.
    """
    account, fields = _require_own(entry, actor), checked(written)
    file, before = _kept(proof, account, actor=actor, at=at), entry.proof
    if file:
        fields["proof"] = file
    try:
        with transaction.atomic():
            _require_open(account, entry.on)
            _rewrite(entry, {**fields, "written_at": at})
            _let_go(before if file else None, actor=actor, at=at)
    except Conflict:
        _let_go(file, actor=actor, at=at)
        raise
    entry.refresh_from_db()
    return entry


def remove_entry(*, entry: WorkEntry, actor: Actor, at: datetime) -> None:
    """Remove an entry of one's own, with its proof. Again is no error.

    :raises NotAllowed: if it is somebody else's.
    :raises Conflict: if the day was handed in.
    """
    account = _require_own(entry, actor)
    with transaction.atomic():
        _require_open(account, entry.on)
        if WorkEntry.objects.filter(pk=entry.pk).delete()[0]:
            _let_go(entry.proof, actor=actor, at=at)


def submit_report(*, on: date, actor: Actor, at: datetime) -> WorkReport:
    """Hand in one's work of a day; or again, after it was returned.

    What the journal counts is kept as it is now. A report that comes after the day, where the
    law wants it on the same day, is marked late and taken all the same.

    :raises NotAllowed: if the actor holds no position on that day.
    :raises Invalid: if nothing was done, the day is to come, or proof is missing.
    :raises Conflict: if the day was handed in before.
    """
    account = _require_day(on, actor=actor, at=at)
    try:
        with transaction.atomic():
            _lock(account)
            day = queries.work_day(account=account, on=on, at=at)
            _require_ready(day)
            report = _handed_in(day, account, is_late=_is_late(day, at=at), at=at)
            announce(
                WorkSubmitted(
                    actor=actor, at=at, subject=report.subject, unit=day.unit.path,
                    account=account.ref, on=on.isoformat(), minutes=day.minutes,
                    is_late=report.is_late,
                )
            )  # fmt: skip
    except IntegrityError as error:  # Handed in from two windows at once.
        raise Conflict(_("This day was handed in already.")) from error
    return report


def _require_day(on: date, *, actor: Actor, at: datetime) -> Account:
    """Return the account that acts, if the day is not yet to come."""
    account = people.account_of(actor)
    unit = queries.unit_of_work(account, on=on)
    if on > organisation.today(unit, at=at):
        raise Invalid(_("This day is still to come."))
    return account


def _require_own(entry: WorkEntry, actor: Actor) -> Account:
    account = people.account_of(actor)
    if entry.account_id != account.pk:
        raise NotAllowed(_("Only who wrote an entry can change it."))
    return account


def _lock(account: Account) -> None:
    """Let what one person does to a day happen one after the other."""
    list(Account.objects.select_for_update(no_key=True).filter(pk=account.pk).only("pk"))


def _require_open(account: Account, on: date) -> None:
    """Stop unless the lines of a day may still change.

    :raises Conflict: if it was handed in, and not returned.
    """
    _lock(account)
    handed_in = WorkReport.objects.filter(account=account, on=on).exclude(state=RETURNED)
    if handed_in.exists():
        raise Conflict(
            _("This day was handed in. It can change again if your superior returns it.")
        )


def _rewrite(entry: WorkEntry, fields: dict[str, Any]) -> None:
    """Store an entry anew.

    :raises Conflict: if it is gone.
    """
    if not WorkEntry.objects.filter(pk=entry.pk).update(**fields):
        raise Conflict(_("This entry was removed meanwhile."))


def _require_ready(day: queries.WorkDay) -> None:
    """Stop unless a day can be handed in.

    :raises Conflict: if it was handed in before.
    :raises Invalid: if it is empty, or proof is missing.
    """
    if not day.is_open:
        raise Conflict(_("This day was handed in already."))
    if not (day.entries or day.counted):
        raise Invalid(_("Nothing is written for this day. Add what you did first."))
    if day.needs_proof:
        raise Invalid(
            _("You work from home on this day, and a circular asks for proof: add a photo.")
        )


def _is_late(day: queries.WorkDay, *, at: datetime) -> bool:
    """Say whether a day comes later than the law or the region wants it."""
    today, limit = organisation.today(day.unit, at=at), settings.WORK_ENTRY_DAYS
    by_law = day.is_at_home and "same_day" in day.duties.value and today > day.on
    return by_law or bool(limit and today > day.on + timedelta(days=limit))


def _handed_in(
    day: queries.WorkDay, account: Account, *, is_late: bool, at: datetime
) -> WorkReport:
    """Store a report as handed in.

    :raises Conflict: if it was judged meanwhile.
    """
    lines = [line.as_json() for line in day.counted]
    if day.report is None:
        return WorkReport.objects.create(
            account=account, unit=day.unit, on=day.on, counted=lines, is_late=is_late,
            submitted_at=at,
        )  # fmt: skip
    returned = WorkReport.objects.filter(pk=day.report.pk, state=RETURNED)
    # Late is told of the first time: a remark that comes days later makes nobody late.
    if not returned.update(
        state=SUBMITTED, revision=F("revision") + 1, counted=lines, unit=day.unit,
        submitted_at=at,
    ):  # fmt: skip
        raise Conflict(_("This report changed meanwhile. Look at it again before you decide."))
    day.report.refresh_from_db()
    return day.report


def _kept(
    proof: tuple[bytes, str] | None, account: Account, *, actor: Actor, at: datetime
) -> StoredFile | None:
    if proof is None:
        return None
    data, name = proof
    expires_at = at + PROOF_KEPT
    return files.store(
        data=data, name=name, owner=account.ref, actor=actor, at=at, expires_at=expires_at
    )


def _let_go(file: StoredFile | None, *, actor: Actor, at: datetime) -> None:
    if file is not None:
        files.remove(file=file, actor=actor, at=at)
