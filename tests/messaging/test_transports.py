from __future__ import annotations

import socket

import pytest

from loket.kernel.errors import TransportError
from loket.messaging import transports
from loket.messaging.rules.letters import Letter

SARI = "sari@warga.example"


def letter(**facts):
    said = {
        "key": "k1",
        "address": SARI,
        "language": "id",
        "title": "Permohonan kami terima",
        "body": "Terima kasih – “Sari”.\n\nLoket\n",
    }
    return Letter(**{**said, **facts})


def text(message):
    return message.get_content().replace("\r\n", "\n")


def test_email_arrives_as_it_was_written(office):
    transports.send("email", letter())
    [(address, message)] = office.letters
    assert address == SARI
    assert message["Subject"] == "Permohonan kami terima"
    assert message["To"] == SARI
    assert message["Content-Language"] == "id"
    assert message["Auto-Submitted"] == "auto-generated"
    assert text(message) == "Terima kasih – “Sari”.\n\nLoket\n"


def test_an_invitation_goes_along_so_that_mail_programs_know_it(office):
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    transports.send("email", letter(calendar=calendar))
    [(_address, message)] = office.letters
    body, invitation = message.iter_parts()
    assert text(body) == "Terima kasih – “Sari”.\n\nLoket\n"
    assert invitation.get_content_type() == "text/calendar"
    assert invitation.get_param("method") == "REQUEST"
    assert invitation.get_filename() == "invitation.ics"
    assert invitation.get_payload(decode=True) == calendar.encode()


def test_letter_sent_again_keeps_its_identity(office):
    for key in ("k1", "k1", "k2"):
        transports.send("email", letter(key=key))
    first, again, other = (message["Message-ID"] for _address, message in office.letters)
    assert first == again != other


def test_text_message_goes_to_the_number_at_the_gateway(office):
    transports.send("sms", letter(address="+6281100000001"))
    [(address, message)] = office.letters
    assert address == "6281100000001@sms.example"
    assert text(message) == 'Terima kasih - "Sari".\n\nLoket\n'
    assert not message["Subject"]


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [
        ("550 5.1.1 No such user", True),
        ("552 5.2.2 Mailbox full", True),
        ("451 4.7.1 Try again later", False),
        ("450 4.2.1 Mailbox busy", False),
    ],
)
def test_answers_about_the_recipient_are_final_or_not(office, answer, permanent):
    office.answers[SARI] = answer
    with pytest.raises(TransportError) as error:
        transports.send("email", letter())
    assert (error.value.permanent, str(error.value)) == (permanent, answer)


@pytest.mark.parametrize(("answer", "permanent"), [("554 Spam", True), ("451 Later", False)])
def test_answers_to_the_letter_are_final_or_not(office, answer, permanent):
    office.to_data = answer
    with pytest.raises(TransportError) as error:
        transports.send("email", letter())
    assert error.value.permanent is permanent


def test_server_that_is_away_may_come_back(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = closed.getsockname()
    with pytest.raises(TransportError) as error:
        transports.send("email", letter())
    assert error.value.permanent is False


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "Halo\r\nBcc: all@warga.example"},
        {"address": "sari@warga.example\r\nBcc: all@warga.example"},
        {"language": "id\nX-Evil: yes"},
    ],
)
def test_line_breaks_add_no_header(office, facts):
    with pytest.raises(TransportError) as error:
        transports.send("email", letter(**facts))
    assert error.value.permanent is True
    assert office.letters == []


@pytest.mark.parametrize("number", ["all@warga.example", "+62 811", "", "+62811\n0"])
def test_text_message_goes_to_digits_only(office, number):
    with pytest.raises(TransportError) as error:
        transports.send("sms", letter(address=number))
    assert error.value.permanent is True
    assert office.letters == []


@pytest.mark.usefixtures("office")
def test_text_message_of_many_parts_is_not_sent():
    transports.send("sms", letter(address="+6281100000001", body="a" * 918))
    with pytest.raises(TransportError):
        transports.send("sms", letter(address="+6281100000001", body="a" * 919))


def test_without_a_gateway_no_text_message_is_sent(settings):
    settings.SMS_GATEWAY_DOMAIN = ""
    with pytest.raises(TransportError) as error:
        transports.send("sms", letter(address="+6281100000001"))
    assert error.value.permanent is True


def test_unknown_channel_is_refused_for_good():
    with pytest.raises(TransportError) as error:
        transports.send("pigeon", letter())
    assert error.value.permanent is True


def test_check_config_names_what_is_missing(settings):
    assert transports.check_config() == []
    settings.SMS_GATEWAY_DOMAIN = settings.EMAIL_HOST = ""
    settings.DEFAULT_FROM_EMAIL = "Loket"
    assert len(transports.check_config()) == 3
