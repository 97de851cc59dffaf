"""The inspection of one sent file: never raises, always a verdict."""

from __future__ import annotations

from typing import Any

from . import images, kinds, names, pdfs
from .structure import is_cut_off
from .verdict import Refused, Verdict, refuse

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE


def inspect(data: bytes, name: str, *, max_bytes: int = MAX_BYTES) -> Verdict:
    """Say what a file is, and return the harmless form in which it may be kept.

    Neither the name nor the declared type is believed. Hostile bytes reach decoders written in
    C here: call it through :mod:`.sandbox`.
    """
    if too := check_size(data, max_bytes=max_bytes):
        return too
    try:
        media_type = kinds.tell(data)
    except Refused as no:
        claimed = names.claim(name)
        return refuse(no.cause, **no.facts, **({"claimed": claimed} if claimed else {}))
    try:
        return _clean(data, name, media_type)
    except Refused as no:
        return refuse(no.cause, **no.facts)
    except (MemoryError, RecursionError):
        return refuse("too_complex")
    except Exception:  # noqa: BLE001 -- decoders raise anything at all on hostile bytes
        return refuse("truncated" if is_cut_off(media_type, data) else "damaged")


def check_size(data: bytes, *, max_bytes: int) -> Verdict | None:
    """Return the refusal of an empty or too large file."""
    if not data:
        return refuse("empty")
    if len(data) > max_bytes:
        size = -(-len(data) * 10 // MEGABYTE) / 10
        return refuse("too_big", size=size, limit=max_bytes // MEGABYTE)
    return None


def _clean(data: bytes, name: str, media_type: str) -> Verdict:
    facts: dict[str, Any]
    if media_type == "application/pdf":
        if is_cut_off(media_type, data):
            raise Refused("truncated")
        pdf = pdfs.clean(data)
        kept_type, kept, changes = media_type, pdf.data, list(pdf.changes)
        facts = {"pages": pdf.pages, "width": pdf.width, "height": pdf.height}
    else:
        image = images.clean(data, media_type)
        kept_type, kept, changes = image.media_type, image.data, list(image.changes)
        facts = {"pages": 1, "width": image.width, "height": image.height}
    claimed = names.claim(name)
    if claimed and claimed != kinds.ACCEPTED[media_type]:
        changes.append("renamed")
    return Verdict(
        outcome="cleaned" if changes else "accepted",
        media_type=kept_type,
        name=names.clean(name, kept_type),
        data=kept,
        changes=tuple(changes),
        **facts,
    )
