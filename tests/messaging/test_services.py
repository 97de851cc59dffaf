from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from loket.jobs import services as jobs
from loket.jobs.models import Job
from loket.journal.models import Entry
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, NotFound, TransportError
from loket.messaging import services as messaging
from loket.messaging.models import Message
from loket.messaging.services import Recipient

pytestmark = pytest.mark.django_db

SARI = Recipient(email="sari@warga.example", phone="+6281100000001", name="Sari")
PROCESS = Actor.system("messaging")


def send(at, to=SARI, **more):
    said = {
        "notice": "document_pin",
        "subject": "case:4M9K2TQ-X",
        "key": "pin:1",
        "facts": {"code": "4M9K2TQ-X", "pin": "482913", "title": "Akta Kelahiran"},
    }
    return messaging.send(to=to, actor=PROCESS, at=at, **{**said, **more})


def deliver(message, at):
    return messaging.deliver(message_id=message.pk, actor=PROCESS, at=at)


def names():
    return list(Entry.objects.order_by("id").values_list("name", flat=True))


def test_send_queues_one_message_and_its_job(at):
    message = send(at)
    assert (message.channel, message.address) == ("email", "sari@warga.example")
    assert (message.state, message.title) == ("queued", "PIN untuk membuka dokumen Anda")
    assert "Yth. Sari" in message.body
    assert Job.objects.get().queued_at == at


def test_send_again_with_the_same_key_is_the_first(at):
    first, again = send(at), send(at, to=Recipient(email="other@warga.example"))
    assert first == again
    assert (Message.objects.count(), Job.objects.count()) == (1, 1)


def test_send_is_undone_with_the_callers_transaction(at):
    with transaction.atomic():
        send(at)
        transaction.set_rollback(True)
    assert (Message.objects.count(), Job.objects.count()) == (0, 0)


def test_send_uses_the_wanted_channel_if_it_can(at):
    assert send(at, channel="sms").channel == "sms"
    only_email = Recipient(email="sari@warga.example")
    assert send(at, to=only_email, channel="sms", key="2").channel == "email"


def test_send_to_nobody_queues_nothing(at):
    assert send(at, to=Recipient(name="Sari")) is None
    assert not Job.objects.exists()


def test_send_speaks_the_recipients_language(at):
    to = Recipient(email="sari@warga.example", language="en")
    assert send(at, to=to).title == "The PIN that opens your document"


def test_send_takes_words_of_its_own(at):
    message = send(at, title="Kabar\nbaru", body="Isi {{ pin }}")
    assert (message.title, message.body) == ("Kabar baru", "Isi {{ pin }}")


def test_send_masks_a_nik_wherever_it_hides(at):
    message = send(at, title="NIK 3171010101010001", body="NIK Anda 3171010101010001 salah")
    assert "3171010101010001" not in message.title + message.body


def test_deliver_sends_and_announces(at, office):
    message = deliver(send(at), at)
    assert (message.state, message.sent_at, message.tries) == ("sent", at, 1)
    assert [address for address, _letter in office.letters] == ["sari@warga.example"]
    entry = Entry.objects.get()
    assert (entry.name, entry.subject) == ("messaging.message_sent", "case:4M9K2TQ-X")
    assert entry.facts == {
        "notice": "document_pin",
        "channel": "email",
        "address": "s***@warga.example",
    }


def test_deliver_twice_sends_once(at, office):
    message = send(at)
    deliver(message, at)
    deliver(message, at)
    assert len(office.letters) == 1
    assert names() == ["messaging.message_sent"]


def test_secret_is_forgotten_once_it_is_sent(at, office):
    message = deliver(send(at, secret=True), at)
    assert (message.body, message.spare_body) == ("", "")
    assert "482913" in office.letters[0][1].get_content()


def test_temporary_answer_leaves_the_message_queued(at, office):
    office.answers["sari@warga.example"] = "451 4.7.1 Try again later"
    message = send(at, secret=True)
    with pytest.raises(TransportError):
        deliver(message, at)
    message.refresh_from_db()
    assert (message.state, message.error) == ("queued", "451 4.7.1 Try again later")
    assert "482913" in message.body
    office.answers.clear()
    assert deliver(message, at + timedelta(minutes=1)).state == "sent"


def test_dead_address_makes_it_go_by_sms(at, office):
    office.answers["sari@warga.example"] = "550 5.1.1 No such user"
    failed = send(at, secret=True)
    spare = deliver(failed, at)
    failed.refresh_from_db()
    assert (failed.state, failed.body, failed.spare_body) == ("failed", "", "")
    assert (spare.channel, spare.address, spare.key) == ("sms", "+6281100000001", "pin:1:sms")
    assert deliver(spare, at).state == "sent"
    [(address, letter)] = office.letters
    assert address == "6281100000001@sms.example"
    assert letter.get_content().startswith("Loket: PIN dokumen permohonan 4M9K2TQ-X adalah")
    assert names() == ["messaging.message_failed", "messaging.message_sent"]


def test_dead_address_without_a_telephone_fails(at, office):
    office.answers["sari@warga.example"] = "550 sari@warga.example is unknown"
    message = deliver(send(at, to=Recipient(email="sari@warga.example")), at)
    assert message.state == "failed"
    entry = Entry.objects.get()
    assert entry.facts["next_channel"] == ""
    assert entry.facts["reason"] == "550 s***@warga.example is unknown"


def test_dead_number_makes_it_go_by_email(at, office):
    office.answers["6281100000001@sms.example"] = "550 Unknown number"
    spare = deliver(send(at, channel="sms"), at)
    assert (spare.channel, spare.key) == ("email", "pin:1:email")
    assert "Yth. Sari" in spare.body


def test_without_a_gateway_a_text_message_goes_by_email(at, settings):
    settings.SMS_GATEWAY_DOMAIN = ""
    assert deliver(send(at, channel="sms"), at).channel == "email"


def test_message_changes_its_channel_once(at, office):
    office.answers["sari@warga.example"] = "550 Unknown"
    office.answers["6281100000001@sms.example"] = "550 Unknown"
    spare = deliver(send(at), at)
    assert deliver(spare, at).state == "failed"
    assert Message.objects.count() == 2


def test_provider_that_stays_away_is_given_up_after_eight_tries(at, office):
    office.to_data = "451 Later"
    message = send(at, to=Recipient(email="sari@warga.example"))
    for _ in range(7):
        with pytest.raises(TransportError):
            deliver(message, at)
    assert deliver(message, at).state == "failed"


@pytest.mark.usefixtures("office")
def test_crash_while_sending_is_tried_again_when_the_lease_is_over(at):
    message = send(at)
    Message.objects.update(state="sending", tries=1, lease_until=at + messaging.LEASE)
    with pytest.raises(Conflict):
        deliver(message, at + timedelta(minutes=1))
    assert deliver(message, at + timedelta(minutes=2)).state == "sent"
    assert Message.objects.get().tries == 2


@pytest.mark.usefixtures("office")
def test_late_outcome_of_a_lost_lease_changes_nothing(at, monkeypatch):
    message = send(at)
    real = messaging.transports.send

    def slow(channel, letter):
        real(channel, letter)
        # Meanwhile the lease ran out, and another worker claimed the message.
        Message.objects.update(tries=2, lease_until=at + timedelta(minutes=9))

    monkeypatch.setattr(messaging.transports, "send", slow)
    deliver(message, at)
    message.refresh_from_db()
    assert (message.state, message.tries) == ("sending", 2)
    assert names() == []


def test_deliver_unknown_message_is_not_found(at):
    with pytest.raises(NotFound):
        messaging.deliver(message_id=7, actor=PROCESS, at=at)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("office")
def test_nothing_is_locked_while_the_provider_is_asked(at, monkeypatch):
    message = send(at)
    real, locked = messaging.transports.send, []

    def look(channel, letter):
        locked.append(connection.in_atomic_block)
        real(channel, letter)

    monkeypatch.setattr(messaging.transports, "send", look)
    deliver(message, at)
    assert locked == [False]


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_one_message_once(at, office):
    message, gate = send(at), threading.Barrier(4)

    def one(_number):
        gate.wait()
        try:
            deliver(message, at)
        except Conflict:
            return "busy"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(4)))
    assert len(office.letters) == 1
    assert Message.objects.get().state == "sent"


@pytest.mark.django_db(transaction=True)
def test_worker_delivers_what_was_queued(office):
    message = send(clock.now())
    jobs.work(at=clock.now())
    message.refresh_from_db()
    assert message.state == "sent"
    assert len(office.letters) == 1


@pytest.mark.django_db(transaction=True)
def test_worker_tries_again_after_a_temporary_answer(office):
    office.to_data = "451 Later"
    send(clock.now())
    jobs.work(at=clock.now())
    office.to_data = ""
    jobs.work(at=clock.now() + timedelta(hours=1))
    assert Message.objects.get().state == "sent"
