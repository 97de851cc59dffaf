"""Asks a running ClamAV daemon about bytes, over its socket (INSTREAM)."""

from __future__ import annotations

import socket
import struct

from loket.kernel.errors import TransportError

TIMEOUT_SECONDS = 30
CHUNK = 512 * 1024


def scan(data: bytes, *, address: str) -> str:
    """Return the name of the virus that the daemon knows, or nothing.

    The address is the path of a Unix socket, or ``host:port``.

    :raises TransportError: if the daemon is away or does not answer as it should.
    """
    try:
        with _connect(address) as line:
            line.sendall(b"zINSTREAM\0")
            for at in range(0, len(data), CHUNK):
                part = data[at : at + CHUNK]
                line.sendall(struct.pack(">I", len(part)) + part)
            line.sendall(struct.pack(">I", 0))
            answer = _answer(line)
    except OSError as error:
        raise TransportError("The virus scanner cannot be reached.") from error
    return _read(answer)


def check_config(address: str) -> str:
    """Return what is wrong with the address, or nothing, by asking the daemon to answer."""
    try:
        with _connect(address) as line:
            line.sendall(b"zPING\0")
            answer = _answer(line)
    except (OSError, ValueError) as error:
        return f"{address}: {type(error).__name__}"
    return "" if answer == "PONG" else f"{address}: answers {answer!r}, not PONG"


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(TIMEOUT_SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS)


def _answer(line: socket.socket) -> str:
    parts = []
    while part := line.recv(4096):
        parts.append(part)
        if part.endswith(b"\0"):
            break
    return b"".join(parts).rstrip(b"\0\n").decode("utf-8", errors="replace")


def _read(answer: str) -> str:
    """Return the virus of ``stream: Name FOUND``, nothing of ``stream: OK``."""
    told = answer.removeprefix("stream: ")
    if told == "OK":
        return ""
    if told.endswith(" FOUND"):
        return told.removesuffix(" FOUND")[:60]
    raise TransportError("The virus scanner did not answer as it should.")
