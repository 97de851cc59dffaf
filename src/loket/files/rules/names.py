"""What a sent file may be called."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80
FALLBACK = "file"

ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
}
CLAIMS = {
    "jpg": "JPEG", "jpeg": "JPEG", "jfif": "JPEG", "png": "PNG", "webp": "WebP",
    "heic": "HEIC", "heif": "HEIC", "pdf": "PDF",
}  # fmt: skip
"""What a name claims by its ending."""

LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ ._\-]?\d){15,}(?!\d)")
"""A NIK or KK number has 16 digits; people name photos by them, also with dots or spaces."""


def ending(name: str) -> str:
    """Return the ending of a name, in small letters, or nothing."""
    _, dot, tail = name.rpartition(".")
    return tail.strip().lower() if dot else ""


def claim(name: str) -> str:
    """Return the kind of file that a name claims to be, or nothing."""
    return CLAIMS.get(ending(name), "")


def clean(name: str, media_type: str) -> str:
    """Return a name without folders, tricks and numbers of persons, with the true ending.

    Control and format signs go (a right-to-left override makes ``exe.jpg`` of ``gpj.exe``),
    and so do runs of 16 digits and more.
    """
    text = unicodedata.normalize("NFKC", name[-1000:])
    text = re.split(r"[/\\]", text)[-1]
    text = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
    stem = text.rpartition(".")[0] if "." in text else text
    stem = LONG_NUMBER.sub("", stem)
    stem = re.sub(r'[<>:"|?*\s]+', " ", stem).strip(" ._-")[:LONGEST].strip()
    return f"{stem or FALLBACK}.{ENDINGS.get(media_type, 'bin')}"
