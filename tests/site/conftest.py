"""The ``loket`` command, run in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from loket.site.command import assembled

Loket = Callable[..., Result]


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path) -> None:
    settings.FILES_ROOT, settings.KEYS_ROOT = tmp_path / "files", tmp_path / "keys"


@pytest.fixture
def loket() -> Loket:
    """Run one command, in English as by default."""

    def run(*words: object, **more: Any) -> Result:
        with translation.override("en"):
            return CliRunner(catch_exceptions=False).invoke(
                assembled(), [str(word) for word in words], **more
            )

    return run


def written(folder: Path, name: str, value: Any) -> Path:
    """Write a value as JSON, and return the file."""
    path = folder / name
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def folder_of(parent: Path, files: dict[str, bytes]) -> Path:
    """Write files into a folder of their own, and return it."""
    folder = parent / "papers"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder
