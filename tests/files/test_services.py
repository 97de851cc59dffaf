from __future__ import annotations

import hashlib
import os
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import translation
from PIL import Image
from pytest_django import Settings

from loket.documents.models import Document, Series
from loket.files import queries, services, tasks
from loket.files.models import StoredFile
from loket.files.transports import clamd
from loket.journal import queries as journal
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotFound
from tests.factories import files as make

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("files_root"),
]
ACTOR = Actor.system("tests")
DRAFT = "draft:4M9K2TQ-X"


def store(at: datetime, data: bytes, name: str = "akta.jpg", **more: datetime) -> StoredFile:
    return services.store(data=data, name=name, owner=DRAFT, actor=ACTOR, at=at, **more)


def kept_bytes(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "stored").rglob("*") if path.is_file())


def told(file: StoredFile) -> list[str]:
    return [entry.name for entry in journal.about(f"file:{file.ref}")]


def test_store_keeps_clean_bytes_and_tells_the_journal(at: datetime, files_root: Path) -> None:
    sent = make.jpeg(exif=make.exif())
    file = store(at, sent, "KTP 3171234567890001.jpg")
    data = queries.read(queries.get(file.ref))
    assert (file.name, file.media_type, file.pages, file.width, file.height) == (
        "KTP.jpg",
        "image/jpeg",
        1,
        640,
        480,
    )
    assert (file.size, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert file.received_sha256 == hashlib.sha256(sent).hexdigest()
    assert b"Telepon" not in data
    assert kept_bytes(files_root) == [file.ref]
    entry = journal.about(f"file:{file.ref}").get()
    assert (entry.name, entry.facts["owner"], entry.facts["changes"]) == (
        "file.stored",
        DRAFT,
        ["location"],
    )
    assert "KTP" not in str(entry.facts)
    assert (queries.get(file.ref), file.owner) == (file, DRAFT)


def test_store_refuses_with_the_sentence_and_keeps_nothing(
    at: datetime, files_root: Path
) -> None:
    with translation.override("en"), pytest.raises(Invalid) as refusal:
        store(at, b"")
    assert str(refusal.value) == "The file is empty. Choose it again, or take a new photo."
    assert StoredFile.objects.count() == 0
    assert not (files_root / "stored").exists()


def test_store_refuses_beyond_the_limit_of_the_installation(
    at: datetime, settings: Settings
) -> None:
    settings.UPLOAD_MAX_BYTES = 1024
    with pytest.raises(Invalid):
        store(at, make.jpeg())


def test_put_alters_nothing(at: datetime) -> None:
    data = make.acting_pdf()
    file = services.put(
        data=data,
        name="kutipan.pdf",
        media_type="application/pdf",
        owner="document:4M9K2TQ-X",
        actor=ACTOR,
        at=at,
    )
    assert (queries.read(file), file.pages, file.sha256) == (data, 2, file.received_sha256)


def test_read_notices_changed_bytes(at: datetime, files_root: Path) -> None:
    file = store(at, make.jpeg())
    (files_root / file.path).write_bytes(b"something else")
    with pytest.raises(queries.DamagedFile):
        queries.read(file)


def test_get_refuses_unknown() -> None:
    with pytest.raises(NotFound):
        queries.get("nothing")


def test_page_image_draws_pages_once(at: datetime, files_root: Path) -> None:
    file = store(at, make.pdf(2), "akta.pdf")
    drawn = queries.page_image(file, page=2, width=999)
    with Image.open(BytesIO(drawn)) as image:
        assert (image.format, image.width) == ("JPEG", 1000)
    kept = list((files_root / "pages").rglob("*.jpg"))
    assert [path.name for path in kept] == ["2-1000.jpg"]
    (files_root / file.path).unlink()
    assert queries.page_image(file, page=2, width=1000) == drawn
    for page in (0, 3):
        with pytest.raises(NotFound):
            queries.page_image(file, page=page, width=100)


def test_page_image_of_a_photo_is_not_blown_up(at: datetime) -> None:
    file = store(at, make.png(300, 200), "a.png")
    with Image.open(BytesIO(queries.page_image(file, page=1, width=2000))) as image:
        assert (image.format, image.size) == ("JPEG", (300, 200))


def test_hand_over_changes_owner_and_time(at: datetime) -> None:
    file = store(at, make.jpeg(), expires_at=at + timedelta(days=30))
    other = store(at, make.png())
    services.hand_over(files=[file, other], owner="case:4M9K2TQ-X", actor=ACTOR, at=at)
    file.refresh_from_db()
    other.refresh_from_db()
    assert (file.owner, file.expires_at) == ("case:4M9K2TQ-X", None)
    assert (other.owner, other.expires_at) == ("case:4M9K2TQ-X", None)
    (entry,) = journal.about(DRAFT).filter(name="file.handed_over")
    assert entry.facts == {"owner": "case:4M9K2TQ-X", "files": [file.ref, other.ref]}


def test_hand_over_refuses_a_removed_file(at: datetime) -> None:
    file, other = store(at, make.jpeg()), store(at, make.png())
    services.remove(file=file, actor=ACTOR, at=at)
    file.pk = 999
    with pytest.raises(Conflict):
        services.hand_over(files=[other, file], owner="case:X", actor=ACTOR, at=at)
    other.refresh_from_db()
    assert other.owner == DRAFT


def test_remove_deletes_row_bytes_and_pages_once(at: datetime, files_root: Path) -> None:
    file = store(at, make.jpeg())
    queries.page_image(file, page=1, width=100)
    for _ in range(2):
        services.remove(file=StoredFile(pk=file.pk, **vars_of(file)), actor=ACTOR, at=at)
    assert kept_bytes(files_root) == []
    assert list((files_root / "pages").rglob("*.jpg")) == []
    assert told(file) == ["file.stored", "file.removed"]


def vars_of(file: StoredFile) -> dict[str, object]:
    return {"ref": file.ref, "path": file.path, "owner": file.owner}


def test_remove_that_rolls_back_keeps_the_bytes(at: datetime) -> None:
    file = store(at, make.jpeg())
    with transaction.atomic():
        services.remove(file=file, actor=ACTOR, at=at)
        transaction.set_rollback(True)
    assert queries.read(queries.get(file.ref))


def test_expire_deletes_what_is_over_only(at: datetime, files_root: Path) -> None:
    store(at, make.jpeg(), expires_at=at + timedelta(days=30))
    late = store(at, make.jpeg(), expires_at=at + timedelta(days=31))
    kept = store(at, make.jpeg())
    assert services.expire(actor=ACTOR, at=at + timedelta(days=30)) == 1
    assert sorted(kept_bytes(files_root)) == sorted([late.ref, kept.ref])
    assert tasks.expire.call() == 1
    assert kept_bytes(files_root) == [kept.ref]


def test_expire_passes_over_a_file_in_use(
    at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    used, free = (store(at, make.jpeg(), expires_at=at) for _ in range(2))
    Document.objects.create(
        series=Series.objects.create(name="S"), serial=1, facts={}, file=used, reserved_at=at
    )
    assert services.expire(actor=ACTOR, at=at) == 1
    assert list(StoredFile.objects.all()) == [used]
    assert told(free) == ["file.stored", "file.removed"]
    assert used.ref in caplog.text


def test_sweep_deletes_bytes_without_a_row_after_a_day(
    at: datetime, files_root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept, lost, missing = (store(at, make.jpeg()) for _ in range(3))
    queries.page_image(lost, page=1, width=100)
    StoredFile.objects.filter(pk=lost.pk).delete()
    (files_root / missing.path).unlink()
    for path in (files_root / "stored").rglob("*"):
        if path.is_file():
            os.utime(path, (at.timestamp(), at.timestamp()))
    assert services.sweep(actor=ACTOR, at=at + timedelta(hours=23)) == 0
    assert services.sweep(actor=ACTOR, at=at + timedelta(hours=25)) == 1
    assert kept_bytes(files_root) == [kept.ref]
    assert list((files_root / "pages").rglob("*.jpg")) == []
    assert missing.ref in caplog.text
    assert told(lost) == ["file.stored", "file.removed"]


@contextmanager
def scanner(address: str, answer: bytes) -> Iterator[list[bytes]]:
    """Speak clamd's side of one INSTREAM conversation, and keep what was sent."""
    received: list[bytes] = []
    server = socket.socket(socket.AF_UNIX)
    server.bind(address)
    server.listen(1)

    def talk() -> None:
        line, _ = server.accept()
        with line, line.makefile("rb") as source:
            command = b""
            while not command.endswith(b"\0"):
                command += source.read(1)
            received.append(command)
            while command == b"zINSTREAM\0":
                (size,) = struct.unpack(">I", source.read(4))
                if not size:
                    break
                received.append(source.read(size))
            line.sendall(answer)

    thread = threading.Thread(target=talk)
    thread.start()
    yield received
    thread.join()
    server.close()


def test_scanner_sees_all_bytes_and_lets_clean_files_pass(
    at: datetime, files_root: Path, settings: Settings
) -> None:
    settings.CLAMD_SOCKET = str(files_root / "clamd")
    sent = make.jpeg(3000, 2000, quality=100, subsampling=0)
    with scanner(settings.CLAMD_SOCKET, b"stream: OK\0") as received:
        store(at, sent)
    assert received[0] == b"zINSTREAM\0"
    assert b"".join(received[1:]) == sent


def test_scanner_that_finds_a_virus_stops_the_file(
    at: datetime, files_root: Path, settings: Settings
) -> None:
    settings.CLAMD_SOCKET = str(files_root / "clamd")
    with (
        scanner(settings.CLAMD_SOCKET, b"stream: Win.Test-1 FOUND\0"),
        translation.override("en"),
        pytest.raises(Invalid, match=r"carries a virus \(Win.Test-1\)"),
    ):
        store(at, make.jpeg())
    assert StoredFile.objects.count() == 0


def test_scanner_that_is_away_stops_every_file(
    at: datetime, files_root: Path, settings: Settings
) -> None:
    settings.CLAMD_SOCKET = str(files_root / "nobody")
    with pytest.raises(Invalid):
        store(at, make.jpeg())
    assert clamd.check_config(settings.CLAMD_SOCKET) != ""


def test_scanner_that_talks_nonsense_stops_the_file(
    at: datetime, files_root: Path, settings: Settings
) -> None:
    settings.CLAMD_SOCKET = str(files_root / "clamd")
    with (
        scanner(settings.CLAMD_SOCKET, b"INSTREAM size limit exceeded. ERROR\0"),
        pytest.raises(Invalid),
    ):
        store(at, make.jpeg())


def test_scanner_answers_the_check_of_settings(files_root: Path) -> None:
    address = str(files_root / "clamd")
    with scanner(address, b"PONG\0"):
        assert clamd.check_config(address) == ""
