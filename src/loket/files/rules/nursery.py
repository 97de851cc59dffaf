"""The process that forks a child for each hostile file. Run by :mod:`.sandbox`.

It has one thread, imports the decoders once, and never reads a file itself. A child lives for
one file, under limits that the kernel keeps, and answers in JSON and bytes: to unpickle what
a taken-over child sends would hand it the parent.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import signal
import socket
import sys
from dataclasses import asdict
from importlib import import_module
from typing import Any

from PIL import Image

from . import pages
from .inspect import inspect

MEMORY = 1024 * 1024 * 1024
"""Address space: 50 megapixels of WebP take 850 MB, everything else less than 550 MB."""

CPU_SECONDS = 12
"""The most honest work, 48 megapixels of HEIC, takes 2 s on a small server."""

WALL_SECONDS = 40
CHUNK = 1024 * 1024


def main(control: socket.socket) -> None:
    """Fork a child for every socket that comes over the control socket, until it closes."""
    logging.disable()  # decoders complain of every hostile byte
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    _warm_up()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        for descriptor in descriptors:
            if os.fork() == 0:
                control.close()
                _live(descriptor)
            os.close(descriptor)


def _warm_up() -> None:
    """Import what Pillow imports when it first opens a picture, or each child would (40 ms)."""
    Image.preinit()
    for plugin in ("Mpo", "WebP"):
        import_module(f"PIL.{plugin}ImagePlugin")


def _live(descriptor: int) -> None:
    """Do one file and end, whatever happens."""
    try:
        _limit()
        with socket.socket(fileno=descriptor) as line:
            head, data = receive(line)
            answer, kept = _do(head, data)
            line.sendall(json.dumps(answer).encode() + b"\n")
            line.sendall(kept)
    finally:
        os._exit(0)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(WALL_SECONDS)


def receive(line: socket.socket) -> tuple[dict[str, Any], bytes]:
    """Return the head and the bytes that the other side sent before it stopped sending."""
    parts = []
    while part := line.recv(CHUNK):
        parts.append(part)
    head, _, data = b"".join(parts).partition(b"\n")
    return json.loads(head), data


def _do(head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    if head["do"] == "inspect":
        verdict = inspect(data, head["name"], max_bytes=head["max_bytes"])
        answer = asdict(verdict)
        return answer, answer.pop("data")
    drawn = pages.draw(data, head["media_type"], page=head["page"], width=head["width"])
    return {}, drawn


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as _control:
        main(_control)
