from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from loket.files.rules import inspect as inspection
from loket.files.rules import sandbox
from tests.factories import files as make


def test_child_gives_the_same_verdict() -> None:
    for data, name in ((make.jpeg(), "a.jpg"), (make.acting_pdf(), "a.pdf"), (b"MZ", "b.png")):
        assert sandbox.inspect(data, name) == inspection.inspect(data, name)


def test_file_that_unpacks_without_end_is_refused() -> None:
    verdict = sandbox.inspect(make.pdf_bomb(), "a.pdf")
    assert (verdict.outcome, verdict.cause) == ("refused", "too_complex")


def test_child_that_takes_too_much_memory_is_ended() -> None:
    with pytest.raises(sandbox.ChildDied):
        sandbox.draw(make.png_bomb(36_000), "image/png", page=1, width=480)


def test_many_threads_may_ask_at_once() -> None:
    sent = [make.jpeg(200 + n, 200) for n in range(12)]
    with ThreadPoolExecutor(6) as pool:
        verdicts = list(pool.map(lambda data: sandbox.inspect(data, "a.jpg"), sent))
    assert [verdict.width for verdict in verdicts] == [200 + n for n in range(12)]


def test_nursery_that_was_killed_is_started_anew() -> None:
    assert sandbox.inspect(make.png(), "a.png").outcome == "accepted"
    before = sandbox._current[0].process
    os.kill(before.pid, signal.SIGKILL)
    before.wait()
    assert sandbox.inspect(make.png(), "a.png").outcome == "accepted"
    assert sandbox._current[0].process.pid != before.pid


def test_nursery_has_no_secrets_and_leaves_no_children() -> None:
    assert sandbox.inspect(make.png(), "a.png").outcome == "accepted"
    pid = sandbox._current[0].process.pid
    assert b"LOKET" not in Path(f"/proc/{pid}/environ").read_bytes()
    children = Path(f"/proc/{pid}/task/{pid}/children")
    ends = time.monotonic() + 10
    while children.read_text() and time.monotonic() < ends:  # it answers, then exits
        time.sleep(0.05)
    assert children.read_text() == ""


def test_nursery_ends_when_told() -> None:
    sandbox.inspect(make.png(), "a.png")
    process = sandbox._current[0].process
    sandbox.close()
    assert process.returncode == 0


def test_child_that_dies_is_no_answer() -> None:
    with pytest.raises(sandbox.ChildDied):
        sandbox._ask({"do": "draw"}, b"")


def test_answer_that_no_honest_child_gives_is_not_believed() -> None:
    told = {
        "outcome": "accepted", "media_type": "text/html", "name": "x.html", "pages": 1,
        "width": 1, "height": 1, "cause": "", "facts": {}, "changes": [],
    }  # fmt: skip
    with pytest.raises(ValueError, match="text/html"):
        sandbox._believe(told, make.SCRIPT, "x")
    told["media_type"] = "image/jpeg"
    with pytest.raises(ValueError, match="image/jpeg"):
        sandbox._believe(told, make.SCRIPT, "x")


def test_draw_shows_the_page_asked_for() -> None:
    drawn = sandbox.draw(make.pdf(3), "application/pdf", page=2, width=480)
    with Image.open(BytesIO(drawn)) as image:
        assert (image.format, image.width) == ("JPEG", 480)
    with pytest.raises(sandbox.ChildDied):
        sandbox.draw(make.pdf(3), "application/pdf", page=4, width=480)
