"""A real browser, a real mail server, the whole government, and its worker's work."""

from __future__ import annotations

import re
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from loket.demo import cast, roles
from loket.demo.mailbox import server, store
from loket.jobs import services as jobs
from loket.kernel import clock
from loket.site import installing

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": "/usr/bin/chromium", "args": QUIET, "headless": True}


@pytest.fixture
def mailbox(settings: object, tmp_path: Path) -> Iterator[Path]:
    """Receive mail on a real SMTP server, in a folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.MAILBOX_ROOT = tmp_path / "mailbox"
    controller = server.start(root=settings.MAILBOX_ROOT, port=port)
    yield settings.MAILBOX_ROOT
    controller.stop()


@dataclass
class Installation:
    """What a test finds at first, kept so that the next need not install it again."""

    keys: Path
    at: datetime | None = None
    copy: sqlite3.Connection | None = None

    def prepare(self) -> datetime:
        """Install, or put back what was installed; on PostgreSQL each time anew."""
        if self.copy is not None and self.at is not None:
            self.copy.backup(connection.connection)
            return self.at
        self.at = clock.now()
        list(installing.install(migrate=False, at=self.at))
        cast.assemble(at=self.at)
        if connection.vendor == "sqlite":
            self.copy = sqlite3.connect(":memory:", check_same_thread=False)
            connection.connection.backup(self.copy)
        return self.at


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation(keys=tmp_path_factory.mktemp("keys"))


@pytest.fixture
def government(
    transactional_db: None,
    live_server: LiveServer,
    mailbox: Path,
    settings: object,
    installation: Installation,
) -> datetime:
    """Install Jakarta, its services and the demo's people; nothing has happened yet."""
    settings.PUBLIC_URL = live_server.url
    settings.KEYS_ROOT = installation.keys
    return installation.prepare()


@pytest.fixture
def letters(mailbox: Path) -> Callable[..., list[str]]:
    """Do the background work, then return what was sent to an address, the oldest first.

    ``after`` looks ahead: some letters wait a while, in case what they say is taken back.
    """

    def read(address: str, after: timedelta = timedelta()) -> list[str]:
        jobs.work(at=clock.now() + after)
        texts = [path.read_bytes() for path in reversed(store.newest_first(mailbox))]
        return [decoded(t) for t in texts if address.encode() in t.partition(b"\n\n")[0]]

    return read


def decoded(raw: bytes) -> str:
    """Return the words of a mail."""
    body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    return body.get_content() if body else ""


class Person:
    """Somebody at a screen of a certain size."""

    def __init__(
        self, browser: Browser, base: str, screen: dict[str, int], *, has_script: bool = True
    ) -> None:
        self.has_script = has_script
        self.context: BrowserContext = browser.new_context(
            viewport=screen, locale="id-ID", base_url=base, accept_downloads=True,
            java_script_enabled=has_script,
        )  # fmt: skip
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._note)

    def _note(self, message: object) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.errors.append(message.text)

    def see(self) -> None:
        """Scan the page: no accessibility violation, no error in the console."""
        if not self.has_script:  # The scanner is a script; here it is enough that words came.
            assert self.page.locator("main h1").inner_text().strip()
            return
        found = Axe().run(self.page)
        broken = [
            f"{v['id']}: {n['target']} {n['failureSummary']}"
            for v in found.response["violations"]
            for n in v["nodes"]
        ]
        assert broken == [], f"{self.page.url}\n" + "\n".join(broken)
        assert self.errors == [], self.page.url

    def send(self, selector: str = "main form") -> None:
        """Press the first button of a form that sends it."""
        self.page.locator(f"{selector} button:not([type=button])").first.click()
        self.page.wait_for_load_state()


@pytest.fixture
def person(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Person]]:
    """Return people in front of their own screens."""
    everybody: list[Person] = []

    def seat(screen: dict[str, int] = DESK, *, has_script: bool = True) -> Person:
        everybody.append(Person(browser, live_server.url, screen, has_script=has_script))
        return everybody[-1]

    yield seat
    for one in everybody:
        one.context.close()


def one_time_code(username: str) -> str:
    """Return what the authenticator app of somebody in the cast shows now."""
    part = next(p for p in roles.CAST if p.username == username)
    return totp.format_hotp_value(totp.hotp_value(part.totp_secret, int(time.time()) // 30))


@pytest.fixture
def staff(person: Callable[..., Person]) -> Callable[..., Person]:
    """Sign somebody in as staff: password, then the code of the authenticator app."""

    def sign_in(username: str, **how: bool) -> Person:
        somebody = person(DESK, **how)
        page = somebody.page
        page.goto("/desk/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", roles.PASSWORD)
        somebody.send()
        page.fill("[name=code]", one_time_code(username))
        somebody.send()
        page.wait_for_url(re.compile(r"/desk/$"))
        return somebody

    return sign_in
