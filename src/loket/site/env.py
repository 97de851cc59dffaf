"""Reads the environment, and refuses to guess.

A file ``loket.env`` in the data folder may hold ``NAME=value`` lines. The environment
itself comes first; the file is for what a command must find again, such as the secret key.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FILE_NAME = "loket.env"


@cache
def remembered() -> dict[str, str]:
    """Return the settings that the file in the data folder holds."""
    path = Path(os.getenv("LOKET_DATA", "data")) / FILE_NAME
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def text(name: str, default: str = "") -> str:
    """Return a setting, or the contents of the file that ``LOKET_<NAME>_FILE`` points to."""
    if path := os.getenv(f"LOKET_{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.getenv(f"LOKET_{name}", remembered().get(f"LOKET_{name}", default))


def flag(name: str, *, default: bool) -> bool:
    """Return a setting that is either ``True`` or ``False``."""
    value = text(name, str(default))
    if value not in {"True", "False"}:
        raise ValueError(f"LOKET_{name} must be True or False, not {value!r}")
    return value == "True"


def number(name: str, *, default: int) -> int:
    """Return a setting that is a whole number."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise ValueError(f"LOKET_{name} must be a whole number, not {value!r}")
    return int(value)


def words(name: str, *, default: str = "") -> list[str]:
    """Return a setting that is a list with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name: str, *, sqlite: Path) -> dict[str, Any]:
    """Return the PostgreSQL that ``LOKET_<NAME>`` names, or else the SQLite file."""
    if url := text(name):
        parts = urlsplit(url)
        if parts.scheme not in {"postgres", "postgresql"}:
            raise ValueError(
                f"LOKET_{name} must begin with postgresql://, not {parts.scheme!r}"
            )
        query = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            # Statements are parsed and planned once for each connection: half of what a submit
            # costs the database. PgBouncer needs max_prepared_statements for it.
            "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2, **query},
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": sqlite,
        # A file, not memory: tests of workers and of races use several processes and threads.
        "TEST": {"NAME": str(sqlite.with_name("test.sqlite3"))},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
