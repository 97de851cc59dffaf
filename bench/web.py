"""The web server as ``loket serve`` starts it, and a bounded client on the loopback."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from loket.site.command.running import free_port

from . import cpu
from .counting import counted
from .figures import percentiles

THREADS = 4
WAIT = 60
SEE_OTHER = 303
APPLICATION = "bench-web"


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request, and the status that it must be answered with."""

    path: str
    cookies: dict[str, str] = field(default_factory=dict)
    form: str = ""
    address: str = "10.0.0.1"
    """From where it comes, as the proxy before the server says."""
    status: int = 200

    @property
    def method(self) -> str:
        return "POST" if self.form else "GET"

    @property
    def headers(self) -> dict[str, str]:
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if self.form else {}
        cookie = {"Cookie": pairs} if pairs else {}
        return {"X-Forwarded-For": self.address, **kind, **cookie}


class Server:
    """One web process with its threads, and what it costs."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid

    def connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=WAIT)

    def meter(self) -> cpu.Meter:
        return cpu.Meter([*cpu.tree(self.pid), *cpu.backends(APPLICATION)])

    def warm_up(self, call: Call) -> None:
        """Let every thread open its connection and read what it keeps."""
        with ThreadPoolExecutor(THREADS * 2) as pool:
            for _done in pool.map(lambda _n: send(self.connect(), call), range(THREADS * 12)):
                pass

    def measure(
        self, calls: Sequence[Call], *, together: Sequence[Call] = ()
    ) -> dict[str, Any]:
        """Make calls one by one, counting each; then others side by side.

        Cost per request is of the first; requests per second are of the second.
        """
        connection, meter = self.connect(), self.meter()
        costs, waits = [], []
        for call in calls:
            meter.start()
            begun = time.perf_counter()
            send(connection, call)
            waits.append((time.perf_counter() - begun) * 1000)
            costs.append(meter.stop())
        return {
            "requests": len(costs),
            "cpu_ms": round(statistics.median(costs), 3),
            "cpu_ms_mean": round(statistics.mean(costs), 3),
            "cpu_ms_percentiles": percentiles(costs),
            "latency_ms": percentiles(waits),
            "requests_per_second": self.rate(together or calls),
        }

    def rate(self, calls: Sequence[Call]) -> float:
        """Return how many requests per second four clients get answered."""
        begun = time.perf_counter()
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(self.send_all, [calls[n::THREADS] for n in range(THREADS)]))
        return round(len(calls) / (time.perf_counter() - begun), 1)

    def send_all(self, calls: Iterable[Call]) -> None:
        connection = self.connect()
        for call in calls:
            send(connection, call)


def send(connection: HTTPConnection, call: Call) -> bytes:
    """Make a call and read the answer.

    :raises RuntimeError: if it is not what was expected.
    """
    connection.request(call.method, call.path, call.form or None, call.headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != call.status:
        raise RuntimeError(f"{call.method} {call.path}: {answer.status}, not {call.status}")
    return body


def queries_of(call: Call) -> int:
    """Return how many statements one request sends to the database."""
    client = Client(SERVER_NAME="127.0.0.1", headers={"X-Forwarded-For": call.address})
    for name, value in call.cookies.items():
        client.cookies[name] = value
    for _warm in range(1 if call.status == SEE_OTHER else 2):  # Nothing is sent twice.
        with counted() as statements:
            if call.form:
                answer = client.post(
                    call.path, call.form, content_type="application/x-www-form-urlencoded"
                )
            else:
                answer = client.get(call.path)
        if answer.status_code != call.status:
            raise RuntimeError(f"{call.path}: {answer.status_code}, not {call.status}")
    return len(statements)


@contextmanager
def serving() -> Iterator[Server]:
    """Run the web server on a free port."""
    port = free_port()
    address = f"{os.environ['LOKET_DATABASE']}&application_name={APPLICATION}"
    loket = Path(sys.executable).with_name("loket")
    command = [loket, "serve", "--port", str(port), "--processes", "1",
               "--threads", str(THREADS)]  # fmt: skip
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"LOKET_DATABASE": address}}
    process = subprocess.Popen(command, cwd=settings.DATA, **quiet)
    try:
        wait_for(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=WAIT)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server takes connections.

    :raises RuntimeError: if it ends or stays silent.
    """
    for _try in range(WAIT * 4):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.25)
    raise RuntimeError("the web server did not start")
