from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = settings.SOURCE.parents[1]
Starter = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "marks"
    path.touch()
    monkeypatch.setenv("LOKET_TEST_MARKS", str(path))
    return path


@pytest.fixture
def start_worker(
    transactional_db: None,
    marks: Path,
) -> Iterator[Starter]:
    """Return a function that starts a real worker on the database of the tests."""
    started = []

    def start(*, lease: float = 2, threads: int = 1) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.jobs.run_worker",
                str(connection.settings_dict["NAME"]),
                str(lease),
                str(threads),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "src"),
                "DJANGO_SETTINGS_MODULE": "loket.site.settings",
            },
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_until(done: Callable[[], bool], *, seconds: float = 120) -> None:
    ends = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.05)
