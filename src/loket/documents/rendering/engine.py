"""Compiles a page with typst. Facts go in as strings and are never read as markup."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from . import printable

FOLDER = Path(__file__).parent
STANDARDS = ["a-2a", "ua-1"]
"""Archival and accessible. No system font is used, so that bytes are the same everywhere."""

_own = threading.local()  # A compiler may not be used by two threads at once.


def _compiler() -> Any:
    if not hasattr(_own, "compiler"):
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[FOLDER / "fonts"],
        )
        _own.compiler = typst.Compiler(root=FOLDER / "pages", font_paths=fonts)
    return _own.compiler


def pdf(page: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Compile ``pages/<page>.typ`` with the data; the same input gives the same bytes."""
    compiled = _compiler().compile(
        input=FOLDER / "pages" / f"{page}.typ",
        format="pdf",
        sys_inputs={"data": json.dumps(printable.everything(data), ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=int(at.timestamp()),
    )
    # typst ends without a line break after %%EOF; PDF/A wants one before what is appended.
    return bytes(compiled).rstrip() + b"\n"
