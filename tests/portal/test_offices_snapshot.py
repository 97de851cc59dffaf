"""The board as plain files: read without Loket, and never half of it."""

from __future__ import annotations

import json
import os
import re
import threading
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from loket.jobs import periodic
from loket.jobs import services as jobs
from loket.jobs.models import Job
from loket.kernel.access import Actor
from loket.policies import services as law
from loket.portal import tasks
from loket.portal.offices import snapshot
from tests.factories import organisation, policies

TASK = "loket.portal.tasks.write_snapshot"
WRITER, SIGNER = Actor.system("writer"), Actor.system("signer")


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    settings.SNAPSHOT_ROOT = tmp_path / "snapshot"
    return settings.SNAPSHOT_ROOT


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def served(root: Path) -> Iterator[str]:
    """Serve the folder as any web server would; Loket has no part in it."""
    handler = partial(Quiet, directory=str(root / "current"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read().decode()


def test_snapshot_is_read_without_loket(town, at, served) -> None:
    law.close(form=policies.closure(**{"from": at}), actor=WRITER, at=at)
    tasks.write_snapshot.func()
    page = read(f"{served}/")
    assert "Daftar ini ditulis pada" in page
    assert "Ditutup untuk sementara karena kasus positif." in page
    assert "Satpel Pejaten Barat" in page
    assert "This list was written on" in read(f"{served}/en.html")
    assert json.loads(read(f"{served}/offices.json"))["counts"]["closed"] == 1
    assert "<feed" in read(f"{served}/offices.atom")


def test_snapshot_needs_nothing_from_elsewhere(town, at, root) -> None:
    folder = snapshot.write(root, at=at)
    for page in ("index.html", "en.html"):
        text = (folder / page).read_text(encoding="utf-8")
        needed = re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"', text)
        assert [name for name in needed if not (folder / name).is_file()] == []
        assert "<script" not in text
    css = (folder / "assets/ui/loket.css").read_text(encoding="utf-8")
    wanted = re.findall(r'url\("([^"]+)"\)', css)
    assert [w for w in wanted if not (folder / "assets/ui" / w).is_file()] == []


def test_snapshot_of_the_whole_government_is_small(db, at, root) -> None:
    organisation.government()
    folder = snapshot.write(root, at=at)
    sizes = {path.name: path.stat().st_size for path in folder.iterdir() if path.is_file()}
    assert set(sizes) == {"index.html", "en.html", "offices.json", "offices.atom"}
    assert max(sizes.values()) <= 300 * 1024


def test_new_snapshot_replaces_the_old_in_one_step(town, at, root) -> None:
    first = snapshot.write(root, at=at)
    second = snapshot.write(root, at=at + timedelta(minutes=5))
    assert (root / "current").resolve() == second.resolve()
    assert sorted(p.name for p in root.iterdir()) == sorted(
        [".turn", "current", first.name, second.name]
    )
    third = snapshot.write(root, at=at + timedelta(minutes=10))
    assert sorted(p.name for p in root.iterdir()) == sorted(
        [".turn", "current", second.name, third.name]
    )


def test_snapshot_that_fails_leaves_the_old_one(town, at, root, monkeypatch) -> None:
    first = snapshot.write(root, at=at)
    monkeypatch.setattr(snapshot, "ASSETS", ("ui/not-there.css",))
    with pytest.raises(FileNotFoundError):
        snapshot.write(root, at=at)
    assert (root / "current").resolve() == first.resolve()


def test_unfinished_snapshot_is_removed_when_it_is_old(town, at, root) -> None:
    root.mkdir()
    for name, hours in ((".unfinished-new", 0), (".unfinished-old", 2)):
        (root / name).mkdir()
        moment = (at - timedelta(hours=hours)).timestamp()
        os.utime(root / name, (moment, moment))
    snapshot.write(root, at=at)
    assert (root / ".unfinished-new").is_dir()
    assert not (root / ".unfinished-old").exists()


def test_anybody_may_read_the_files(town, at, root) -> None:
    folder = snapshot.write(root, at=at)
    assert folder.stat().st_mode & 0o755 == 0o755


def test_change_of_the_law_writes_a_snapshot(town, at, root) -> None:
    Job.objects.filter(task=TASK).delete()
    policies.enact(author=WRITER, actor=SIGNER, at=at, reason="Riwayat")
    assert Job.objects.filter(task=TASK).count() == 1
    jobs.work(at=at + timedelta(seconds=1))
    assert (root / "current" / "index.html").is_file()


def test_simulation_writes_none(town, at) -> None:
    Job.objects.filter(task=TASK).delete()
    draft = policies.draft(actor=WRITER, at=at)
    law.simulate(circular=draft, actor=WRITER, at=at)
    assert not Job.objects.filter(task=TASK).exists()


def test_snapshot_is_written_every_five_minutes() -> None:
    assert periodic.declared()[TASK] == 300
