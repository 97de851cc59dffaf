"""The board as plain files, which a web server can go on serving when Loket is down.

The folder ``current`` is a link to a folder that is never changed once it is complete; a new
one is made beside it and the link replaced in one step. Whoever reads sees the old board or
the new one, never half of each. Several workers may write at once: they take turns at the link.
"""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone, translation

from loket.kernel.texts import LANGUAGES
from loket.ui.periods import local

from .board import build
from .directory import current
from .machine import atom_of, json_of
from .news import latest
from .views import by_city, of_day, press_groups

ASSETS = (
    "ui/loket.css",
    "ui/tumpal.svg",
    "ui/kawung.svg",
    "ui/mark.svg",
    "ui/fonts/plus-jakarta-sans-700.woff2",
    "portal/offices.css",
)
PAGES = {"id": "index.html", "en": "en.html"}
UNFINISHED = ".unfinished-"
GIVEN_UP = 3600
"""Seconds after which nobody is still writing."""
LINK = "current"
TURN = ".turn"
"""The file that a worker locks while it moves the link and removes what is old."""


def write(root: Path, *, at: datetime) -> Path:
    """Write the board as it stands and let ``current`` lead to it."""
    root.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=root))
    # A temporary folder is for its owner alone; the web server must read this one.
    unfinished.chmod(0o755)
    _fill(unfinished, at=at)
    mark = unfinished.name.removeprefix(UNFINISHED)
    # Another worker would take a folder that nothing leads to yet for one that nobody reads.
    with _turn(root):
        folder = unfinished.rename(root / f"{at:%Y%m%dT%H%M%S}-{mark}")
        link = root / LINK
        before = link.resolve() if link.is_symlink() else folder
        _lead(link, folder)
        _forget(root, keep={folder, before}, at=at)
    return folder


@contextmanager
def _turn(root: Path) -> Iterator[None]:
    """Wait until no other worker moves the link, and let none until we are done."""
    with (root / TURN).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _fill(folder: Path, *, at: datetime) -> None:
    book, directory = current()
    for language in LANGUAGES:
        with translation.override(language), timezone.override(settings.OFFICE_TIME_ZONE):
            board = build(book, directory, on=local(at).date(), now=at)
            context = of_day(board) | {
                "at": at,
                "language": language,
                "other_language": next(one for one in LANGUAGES if one != language),
                "site_name": "Loket",
                "pages": PAGES,
                "groups": by_city(board, directory),
                "notable": press_groups(board),
                "address": settings.PUBLIC_URL,
            }
            page = render_to_string("portal/offices/snapshot.html", context)
            (folder / PAGES[language]).write_text(page, encoding="utf-8")
            if language == settings.LANGUAGE_CODE:
                (folder / "offices.json").write_bytes(json_of(board))
                (folder / "offices.atom").write_bytes(atom_of(latest(at=at)))
    for name in ASSETS:
        target = folder / "assets" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_found(name), target)


def _found(name: str) -> str:
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return str(found)


def _lead(link: Path, folder: Path) -> None:
    """Let the link lead to a folder, in one step."""
    new = link.with_name(f".{folder.name}")
    new.symlink_to(folder.name)
    new.replace(link)


def _forget(root: Path, *, keep: Collection[Path], at: datetime) -> None:
    """Remove what nobody reads any more, and what was never finished.

    The folder before is kept: somebody may be reading it. Another worker may be writing, so
    what is unfinished is removed only when it is old.
    """
    resolved = {path.resolve() for path in keep}
    for path in root.iterdir():
        if path.is_symlink() or not path.is_dir() or path.resolve() in resolved:
            continue
        is_old = at.timestamp() - path.stat().st_mtime > GIVEN_UP
        if is_old or not path.name.startswith(UNFINISHED):
            shutil.rmtree(path, ignore_errors=True)
