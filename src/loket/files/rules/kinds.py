"""What a file is, by its bytes alone."""

from __future__ import annotations

import filetype

from .verdict import Refused

ACCEPTED = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "image/heic": "HEIC",
    "application/pdf": "PDF",
}
HEAD = 1024
"""Readers of PDF look for its mark within so many bytes, and so must we."""

# The harmless file by which virus scanners are tested, in two parts so that this source file
# is not taken for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"dex\n")
OFFICE = (b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis", b"content.xml")
BY_WORDS = {
    "office": ("msword", "ms-excel", "powerpoint", "officedocument", "opendocument", "rtf"),
    "archive": ("zip", "rar", "7z", "tar", "gzip", "bzip", "x-xz", "zstd", "compress"),
    "film": ("video/", "audio/"),
    "program": ("executable", "msdownload", "elf", "shockwave", "wasm", "x-deb", "x-rpm"),
}
"""Parts of media types, as ``filetype`` names them."""

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"}


def tell(data: bytes) -> str:
    """Return the media type of an acceptable file.

    :raises Refused: with the cause that names what the file really is.
    """
    if EICAR in data:
        raise Refused("virus", virus="EICAR")
    head = data[:HEAD]
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        raise Refused("page")
    if head.startswith(PROGRAMS):
        raise Refused("program")
    if _is_heic(head):
        return "image/heic"
    guess = filetype.guess(data[:8192])
    found = guess.mime if guess else ""
    if found in ACCEPTED:
        return str(found)
    # A mark of PDF behind other bytes, unless those make it another file that programs open.
    if not found and b"%PDF-" in head:
        return "application/pdf"
    if found == "image/apng":
        raise Refused("animated")
    raise _what_else(found, data)


def _is_heic(head: bytes) -> bool:
    """Say so of the many brands that phones write, and not of AVIF, which shares some."""
    if head[4:8] != b"ftyp":
        return False
    size = int.from_bytes(head[:4], "big")
    brands = {head[8:12]} | {head[i : i + 4] for i in range(16, min(size, HEAD), 4)}
    return bool(brands & HEIC_BRANDS) and not brands & {b"avif", b"avis"}


def _what_else(found: str, data: bytes) -> Refused:
    if found.startswith("image/"):
        return Refused("picture", kind=found.removeprefix("image/").removeprefix("x-").upper())
    if found in {"application/zip", "application/java-archive"} or "openxml" in found:
        return Refused(_what_is_packed(data[:65536] + data[-65536:]))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return Refused("office")
    for cause, words in BY_WORDS.items():
        if any(word in found for word in words):
            return Refused(cause)
    return Refused("unknown" if found else _text_or_unknown(data))


def _what_is_packed(inside: bytes) -> str:
    if b"classes.dex" in inside or b"META-INF/MANIFEST.MF" in inside:
        return "program"
    return "office" if any(mark in inside for mark in OFFICE) else "archive"


def _text_or_unknown(data: bytes) -> str:
    try:
        text = data[:HEAD].decode("utf-8", errors="strict" if len(data) <= HEAD else "ignore")
    except UnicodeDecodeError:
        return "unknown"
    if any(mark in text.lower() for mark in ("<script", "<html", "<svg", "javascript:")):
        return "page"
    readable = sum(sign.isprintable() or sign.isspace() for sign in text)
    return (
        "text"
        if readable > 0.95 * len(text) and len(text) > 0.9 * len(data[:HEAD])
        else "unknown"
    )
