"""Queue a message in the caller's transaction; deliver it later, once, by some channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from loket.jobs import services as jobs
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, NotFound, TransportError
from loket.kernel.events import announce
from loket.kernel.identifiers import emails, phones
from loket.kernel.identifiers.masking import scrub

from . import rendering, transports
from .events import MessageFailed, MessageSent
from .models import Message
from .rules.letters import EMAIL, SMS, Letter, Recipient

__all__ = ["Recipient", "deliver", "send"]

LEASE = timedelta(minutes=2)
"""Longer than any conversation with a provider takes before it times out."""

TRIES = 8


@dataclass(frozen=True, slots=True)
class _Route:
    channel: str
    address: str
    title: str
    body: str


def send(
    *,
    notice: str,
    to: Recipient,
    subject: str,
    key: str,
    facts: Mapping[str, str] | None = None,
    channel: str = "",
    secret: bool = False,
    title: str = "",
    body: str = "",
    calendar: str = "",
    actor: Actor,  # noqa: ARG001 -- the act that queues it is announced by whoever did it
    at: datetime,
) -> Message | None:
    """Queue one notice to one person in the caller's transaction; a second time is the first.

    ``channel`` is a wish: who has no such address gets it by the other. ``title`` and
    ``body`` replace the notice's own words. ``calendar`` is an invitation (iCalendar) that
    an e-mail carries along. Return None if there is no way to reach them. A secret message
    is forgotten once it is sent.
    """
    said = {"name": to.name, **(facts or {})}
    routes = [
        _Route(way, address, *_words(notice, way, to.language, said, own=(title, body)))
        for way, address in to.addresses(channel)
    ]
    if not routes:
        return None
    message = _message(routes, key=key, notice=notice, subject=subject, queued_at=at)
    message.language = rendering.read_language(to.language)
    message.calendar, message.is_secret = calendar, secret
    try:
        with transaction.atomic():
            return _queue(message)
    except IntegrityError:
        return Message.objects.get(key=key)


def deliver(*, message_id: int, actor: Actor, at: datetime) -> Message:
    """Hand a queued message to its provider and record what came of it; safe to run twice.

    What cannot go by one channel goes by the other, if there is an address for it.

    :raises NotFound: if there is no such message.
    :raises Conflict: if it is being sent at this moment.
    :raises TransportError: if it is worth trying again later.
    """
    message = _claim(message_id, at=at)
    if message.state != Message.State.SENDING:
        return message
    try:
        transports.send(message.channel, _letter(message))
    except TransportError as error:
        if not error.permanent and message.tries < TRIES:
            _settle(message, state=Message.State.QUEUED, error=str(error)[:300])
            raise
        return _give_up(message, str(error), actor=actor, at=at)
    with transaction.atomic():
        if _settle(message, state=Message.State.SENT, sent_at=at, error=""):
            announce(
                MessageSent(
                    actor=actor,
                    at=at,
                    subject=message.subject,
                    notice=message.notice,
                    channel=message.channel,
                    address=_masked(message),
                )
            )
    return message


def _words(
    notice: str, channel: str, language: str, said: Mapping[str, str], *, own: tuple[str, str]
) -> tuple[str, str]:
    title, body = own
    if not body:
        is_sms = channel == SMS
        title, body = rendering.words(notice, sms=is_sms, language=language, facts=said)
    return scrub(" ".join(title.split()))[:200], scrub(body)


def _message(routes: list[_Route], **said: Any) -> Message:
    first, spare = routes[0], routes[1] if routes[1:] else None
    return Message(
        channel=first.channel,
        address=first.address,
        title=first.title,
        body=first.body,
        spare_address=spare.address if spare else "",
        spare_body=spare.body if spare else "",
        **said,
    )


def _queue(message: Message) -> Message:
    message.save(force_insert=True)
    jobs.enqueue("loket.messaging.tasks.deliver", message_id=message.pk, at=message.queued_at)
    return message


def _claim(message_id: int, *, at: datetime) -> Message:
    free = Q(state=Message.State.QUEUED) | Q(state=Message.State.SENDING, lease_until__lte=at)
    claimed = Message.objects.filter(free, pk=message_id).update(
        state=Message.State.SENDING, tries=F("tries") + 1, lease_until=at + LEASE
    )
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        raise NotFound(_("There is no such message."))
    if not claimed and message.state == Message.State.SENDING:
        raise Conflict(_("This message is being sent at this moment."))
    return message


def _letter(message: Message) -> Letter:
    return Letter(
        key=message.key,
        address=message.address,
        language=message.language,
        title=message.title,
        body=message.body,
        calendar=message.calendar,
    )


def _settle(message: Message, **outcome: object) -> bool:
    """Record the outcome of the try that we claimed, unless a later try took it over."""
    if message.is_secret and outcome["state"] != Message.State.QUEUED:
        outcome |= {"body": "", "spare_body": ""}
    mine = Message.objects.filter(
        pk=message.pk, state=Message.State.SENDING, tries=message.tries
    )
    settled = mine.update(lease_until=None, **outcome)
    message.refresh_from_db()
    return bool(settled)


@transaction.atomic
def _give_up(message: Message, reason: str, *, actor: Actor, at: datetime) -> Message:
    spare_address, spare_body = message.spare_address, message.spare_body
    other = EMAIL if message.channel == SMS else SMS
    if not _settle(message, state=Message.State.FAILED, error=reason[:300]):
        return message
    announce(
        MessageFailed(
            actor=actor,
            at=at,
            subject=message.subject,
            notice=message.notice,
            channel=message.channel,
            address=_masked(message),
            reason=scrub(reason).replace(message.address, _masked(message))[:300],
            next_channel=other if spare_address else "",
        )
    )
    if not spare_address:
        return message
    return _queue(
        Message(
            key=f"{message.key}:{other}",
            notice=message.notice,
            subject=message.subject,
            channel=other,
            address=spare_address,
            language=message.language,
            title=message.title,
            body=spare_body,
            calendar=message.calendar,
            is_secret=message.is_secret,
            queued_at=at,
        )
    )


def _masked(message: Message) -> str:
    mask = phones.mask if message.channel == SMS else emails.mask
    return str(mask(message.address))
