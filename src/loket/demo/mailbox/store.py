"""The messages of the demo, as files of a Maildir."""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path

ENVELOPE = "X-Envelope-To"
KEEP = 1000
_TRAILING = ".,;:)!?"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a message: words, a link to this site, or something to be typed in."""

    words: str
    link: str = ""
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """One received message, an e-mail or a text message."""

    ref: str
    received_at: datetime
    to: str
    is_sms: bool
    title: str
    pieces: tuple[Piece, ...]


def keep(root: Path, content: bytes, *, recipient: str) -> None:
    """Store what arrived for one recipient, and let the oldest go when there are too many."""
    box = mailbox.Maildir(root, create=True)
    address = "".join(sign for sign in recipient if sign.isprintable())
    box.add(f"{ENVELOPE}: {address}\r\n".encode() + content)
    for path in newest_first(root)[KEEP:]:
        path.unlink(missing_ok=True)


def recipients(root: Path, *, sms_domain: str) -> list[str]:
    """Return everybody who got something, as they are shown, in order."""
    return sorted({_shown(to, sms_domain) for _path, to in _headers(root)})


def newest(root: Path, *, to: str, sms_domain: str, own_url: str, limit: int) -> list[Letter]:
    """Return the last messages, of one recipient if ``to`` is given."""
    wanted = (
        (path, address)
        for path, address in _headers(root)
        if not to or _shown(address, sms_domain) == to
    )
    found = []
    for path, address in wanted:
        message = BytesParser(EmailMessage, policy=policy.default).parsebytes(path.read_bytes())
        found.append(
            Letter(
                ref=path.name,
                received_at=datetime.fromtimestamp(path.stat().st_mtime, tz=UTC),
                to=_shown(address, sms_domain),
                is_sms=_is_sms(address, sms_domain),
                title=str(message["Subject"] or "").strip(),
                pieces=pieces(_text(message), own_url=own_url),
            )
        )
        if len(found) == limit:
            break
    return found


def pieces(text: str, *, own_url: str) -> tuple[Piece, ...]:
    """Cut a text into words, links to this site, and codes; foreign links stay words."""
    found = re.compile(
        rf"(?P<link>{re.escape(own_url)}/[^\s<>\"']*)|(?P<code>\b(?:\d{{6}}|[0-9A-Z]{{7}}-[0-9A-Z])\b)"
    )
    cut, last = [], 0
    for match in found.finditer(text):
        said = match[0].rstrip(_TRAILING) if match["link"] else match[0]
        cut.append(Piece(text[last : match.start()]))
        cut.append(Piece(said, link=said) if match["link"] else Piece(said, is_code=True))
        last = match.start() + len(said)
    return tuple(piece for piece in (*cut, Piece(text[last:])) if piece.words)


def newest_first(root: Path) -> list[Path]:
    """Return the messages, the latest first, also of those that came in one instant."""
    stamped = []
    for folder in (root / "new", root / "cur"):
        for path in folder.glob("*"):
            try:
                stamped.append((path.stat().st_mtime_ns, _place(path.name), path))
            except FileNotFoundError:  # the catcher, another process, just let it go
                continue
    return [path for _time, _order, path in sorted(stamped, reverse=True)]


def _place(name: str) -> list[int]:
    """Return what a Maildir's name tells of the order: second, part of it, process, number.

    A clock of files ticks some hundred times a second, and the numbers have no leading zeros.
    """
    return [int(digits) for digits in re.findall(r"\d+", name)[:4]]


def _headers(root: Path) -> Iterator[tuple[Path, str]]:
    parser = BytesHeaderParser(EmailMessage, policy=policy.default)
    for path in newest_first(root):
        try:
            with path.open("rb") as file:
                message = parser.parse(file)
        except FileNotFoundError:
            continue
        yield path, str(message[ENVELOPE] or "")


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain",))
    if part is None:
        return ""
    return str(part.get_content()).replace("\r\n", "\n").strip()


def _is_sms(address: str, sms_domain: str) -> bool:
    return bool(sms_domain) and address.endswith(f"@{sms_domain}")


def _shown(address: str, sms_domain: str) -> str:
    return f"+{address.partition('@')[0]}" if _is_sms(address, sms_domain) else address
