"""What the demo does before it starts anything."""

from __future__ import annotations

import socket

import pytest

from loket.site import env


@pytest.fixture(autouse=True)
def data(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path / "data"
    monkeypatch.setenv("LOKET_DATA", str(settings.DATA))
    env.remembered.cache_clear()
    yield settings.DATA
    env.remembered.cache_clear()


def test_demo_does_not_touch_data_that_is_not_its_own(loket, data):
    data.mkdir()
    (data / "loket.sqlite3").write_text("somebody's")
    done = loket("demo", "--fresh", "--fill-only")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "is not the demo's" in done.stderr
    assert [path.name for path in data.iterdir()] == ["loket.sqlite3"]


def test_demo_says_that_its_port_is_taken(loket, data):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = loket("demo", "--port", port)
    assert (done.exit_code, f"Port {port} is in use." in done.stderr) == (1, True)
    assert not data.exists()
