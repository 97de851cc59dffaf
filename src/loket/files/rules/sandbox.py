"""Hostile bytes are decoded in a child process that the kernel limits and that dies after it.

Measured on two cores, for a tiny file, from call to answer: a fresh interpreter per file takes
350 ms, most of it imports; a pool of workers 2 ms, but a worker taken over by one file would go
on to read the next person's; a fork of the server itself is unsafe, as it has threads. Hence a
*nursery*: one single-threaded process beside each server process, which has imported the
decoders (42 MB, half of it shared) and forks a child for each file. That takes 10 ms, works
from any thread, and every file meets a fresh process without our secrets in its environment.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from threading import BoundedSemaphore, Lock
from typing import Any

from .inspect import MAX_BYTES, check_size
from .names import ENDINGS, clean
from .verdict import CAUSES, CHANGES, Verdict, refuse

AT_ONCE = 2
"""Children of one server process at a time: each may take a gigabyte for a moment."""

PATIENCE_SECONDS = 60
LARGEST_ANSWER = 64 * 1024 * 1024
CHUNK = 1024 * 1024


class ChildDied(Exception):
    """The child gave no answer: it ran into a limit or crashed."""


class _Nursery:
    """The running nursery of this process. A fork of this process starts its own."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.control, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 -- our own module
                [sys.executable, "-m", f"{__package__}.nursery", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd="/",
                env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )

    def hand_over(self, line: socket.socket) -> None:
        socket.send_fds(self.control, [b"f"], [line.fileno()])

    def close(self) -> None:
        self.control.close()
        if self.owner == os.getpid():
            self.process.wait()


_lock = Lock()
_places = BoundedSemaphore(AT_ONCE)
_current: list[_Nursery] = []


def _hand_over(line: socket.socket) -> None:
    """Give a socket to a new child, starting the nursery if there is none that lives."""
    with _lock:
        if _current and _current[0].owner != os.getpid():
            _current.clear()
        if _current:
            try:
                _current[0].hand_over(line)
            except OSError:
                _current.pop().close()
            else:
                return
        _current.append(_Nursery())
        _current[0].hand_over(line)


@atexit.register
def close() -> None:
    """End the nursery; the next file starts a new one."""
    with _lock:
        while _current:
            _current.pop().close()


def _ask(head: Mapping[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    ours, theirs = socket.socketpair()
    with _places, ours:
        with theirs:
            _hand_over(theirs)
        ours.settimeout(PATIENCE_SECONDS)
        try:
            ours.sendall(json.dumps(head).encode() + b"\n" + data)
            ours.shutdown(socket.SHUT_WR)
            answer = bytearray()
            while part := ours.recv(CHUNK):
                answer += part
                if len(answer) > LARGEST_ANSWER:
                    raise ChildDied
        except OSError as error:
            raise ChildDied from error
    told, newline, kept = bytes(answer).partition(b"\n")
    if not newline:
        raise ChildDied
    return json.loads(told), kept


def inspect(data: bytes, name: str, *, max_bytes: int = MAX_BYTES) -> Verdict:
    """Inspect a file in a child. A child that dies refuses the file it died of."""
    if too := check_size(data, max_bytes=max_bytes):
        return too
    try:
        told, kept = _ask({"do": "inspect", "name": name, "max_bytes": max_bytes}, data)
        return _believe(told, kept, name)
    except (ChildDied, ValueError, KeyError, TypeError):
        return refuse("too_complex")


def _believe(told: dict[str, Any], kept: bytes, name: str) -> Verdict:
    """Return the child's answer if it is one that an honest child could give."""
    verdict = Verdict(**{**told, "changes": tuple(told["changes"]), "data": kept})
    if verdict.outcome == "refused":
        if verdict.cause not in CAUSES:
            raise ValueError(verdict.cause)
        return verdict
    first = kept[:8]
    starts = {"image/jpeg": b"\xff\xd8", "image/png": b"\x89PNG", "application/pdf": b"%PDF-"}
    if verdict.media_type not in ENDINGS or not first.startswith(starts[verdict.media_type]):
        raise ValueError(verdict.media_type)
    if not set(verdict.changes) <= set(CHANGES):
        raise ValueError(verdict.changes)
    return replace(
        verdict,
        name=clean(name, verdict.media_type),
        pages=int(verdict.pages),
        width=int(verdict.width),
        height=int(verdict.height),
    )


def draw(data: bytes, media_type: str, *, page: int, width: int) -> bytes:
    """Draw a page in a child.

    :raises ChildDied: if it cannot be drawn.
    """
    head = {"do": "draw", "media_type": media_type, "page": page, "width": width}
    drawn = _ask(head, data)[1]
    if not drawn.startswith(b"\xff\xd8"):
        raise ChildDied
    return drawn
