"""Compiles the translations, without gettext: ``python -m loket.site.messages``."""

from __future__ import annotations

from pathlib import Path

import polib


def compile_all(source: Path) -> int:
    """Write every ``django.mo`` beside its ``django.po`` and return how many there are."""
    files = sorted(source.glob("*/locale/*/LC_MESSAGES/django.po"))
    for path in files:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return len(files)


if __name__ == "__main__":
    compile_all(Path(__file__).resolve().parents[1])
