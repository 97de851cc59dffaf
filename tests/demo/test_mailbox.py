from __future__ import annotations

import os
import smtplib
import socket
from email.message import EmailMessage

import pytest
from django.urls import reverse

from loket.demo.mailbox import server, store
from loket.demo.mailbox.store import Piece

OWN = "http://127.0.0.1:8000"


@pytest.fixture
def box(settings, tmp_path):
    settings.MAILBOX_ROOT = tmp_path / "mailbox"
    settings.PUBLIC_URL = OWN
    return settings.MAILBOX_ROOT


def letter(to="sari@warga.example", title="Kode masuk Loket", body="Kode: 482913"):
    message = EmailMessage()
    message["From"] = "loket@loket.example"
    message["To"] = to
    message["Subject"] = title
    message.set_content(body)
    return message


def put(root, to="sari@warga.example", **facts):
    store.keep(root, bytes(letter(to=to, **facts)), recipient=to)


def see(client, **query):
    return client.get(reverse("demo:mailbox"), query)


def read(root, to="", limit=10):
    return store.newest(root, to=to, sms_domain="sms.example", own_url=OWN, limit=limit)


def test_server_keeps_what_it_takes_for_each_recipient(box):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = server.start(root=box, port=port)
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=5) as smtp:
            smtp.send_message(
                letter(body="Halo “Sari”"),
                to_addrs=["sari@warga.example", "6281100000001@sms.example"],
            )
    finally:
        controller.stop()
    newest = read(box)
    assert sorted((found.to, found.is_sms) for found in newest) == [
        ("+6281100000001", True),
        ("sari@warga.example", False),
    ]
    assert newest[0].title == "Kode masuk Loket"
    assert newest[0].pieces == (Piece("Halo “Sari”"),)


def test_letters_of_one_instant_stay_in_order(box):
    """The clock of files stands still between ticks; names count on, without leading zeros."""
    names = ["9.M9P7Q9.vm", "9.M9P7Q10.vm", "9.M80P7Q11.vm", "10.M5P7Q12.vm"]
    for folder in ("new", "cur", "tmp"):
        (box / folder).mkdir(parents=True)
    for name in (names[2], names[0], names[3], names[1]):
        path = box / "new" / name
        path.write_bytes(b"")
        os.utime(path, ns=(5, 5))

    assert [path.name for path in store.newest_first(box)] == names[::-1]


def test_empty_mailbox_reads_as_nothing(box):
    assert read(box) == []
    assert store.recipients(box, sms_domain="sms.example") == []


def test_newest_come_first_and_can_be_chosen_by_recipient(box):
    for number in range(3):
        put(box, title=f"Nomor {number}")
    put(box, to="6281100000002@sms.example")
    assert [found.title for found in read(box, to="sari@warga.example", limit=2)] == [
        "Nomor 2",
        "Nomor 1",
    ]
    assert [found.is_sms for found in read(box, to="+6281100000002")] == [True]
    assert store.recipients(box, sms_domain="sms.example") == [
        "+6281100000002",
        "sari@warga.example",
    ]


def test_oldest_go_when_there_are_too_many(box, monkeypatch):
    monkeypatch.setattr(store, "KEEP", 3)
    for number in range(5):
        put(box, title=f"Nomor {number}")
    assert [found.title for found in read(box)] == ["Nomor 4", "Nomor 3", "Nomor 2"]


def test_recipient_cannot_add_a_header(box):
    store.keep(box, bytes(letter()), recipient="a@b.example\r\nX-Evil: yes")
    assert read(box)[0].to == "a@b.exampleX-Evil: yes"


def test_html_alone_is_not_shown(box):
    message = letter()
    message.set_content("<script>alert(1)</script>", subtype="html")
    store.keep(box, bytes(message), recipient="sari@warga.example")
    assert read(box)[0].pieces == ()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (f"Lihat {OWN}/cases/4M9K2TQ-X.", [("Lihat ", "", False),
         (f"{OWN}/cases/4M9K2TQ-X", f"{OWN}/cases/4M9K2TQ-X", False), (".", "", False)]),
        ("Kode 482913!", [("Kode ", "", False), ("482913", "", True), ("!", "", False)]),
        ("4M9K2TQ-X", [("4M9K2TQ-X", "", True)]),
        ("http://evil.example/ javascript:alert(1)",
         [("http://evil.example/ javascript:alert(1)", "", False)]),
        (f"{OWN}.evil.example/x", [(f"{OWN}.evil.example/x", "", False)]),
        ("1234567 12345", [("1234567 12345", "", False)]),
    ],
)  # fmt: skip
def test_pieces_link_only_to_this_site(text, pieces):
    found = store.pieces(text, own_url=OWN)
    assert [(piece.words, piece.link, piece.is_code) for piece in found] == pieces


@pytest.mark.django_db
def test_page_shows_letters_and_their_links(client, box):
    put(box, body=f"Buka {OWN}/cases/4M9K2TQ-X <b>482913</b>")
    put(box, to="6281100000001@sms.example", title="", body="Loket: PIN 482913")
    html = see(client).content.decode()
    assert f'<a href="{OWN}/cases/4M9K2TQ-X">' in html
    assert "&lt;b&gt;" in html
    assert html.count('class="letter sms"') == 1
    assert html.count('class="letter email"') == 1
    assert html.index("letter sms") < html.index("letter email")


@pytest.mark.django_db
@pytest.mark.usefixtures("box")
def test_page_says_when_there_is_nothing(client):
    assert "Belum ada pesan" in see(client).content.decode()


@pytest.mark.django_db
def test_part_is_sent_only_when_something_new_came(client, box):
    put(box)
    seen = see(client).context["seen"]
    part = {"headers": {"HX-Request": "true"}}
    assert client.get(reverse("demo:mailbox"), {"seen": seen}, **part).status_code == 204
    put(box, title="Baru")
    answer = client.get(reverse("demo:mailbox"), {"seen": seen}, **part)
    assert answer.status_code == 200
    assert answer.content.decode().strip().startswith('<div id="letters"')


@pytest.mark.django_db
@pytest.mark.usefixtures("box")
def test_page_only_reads(client):
    assert client.post(reverse("demo:mailbox")).status_code == 405
