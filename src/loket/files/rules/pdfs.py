"""PDFs keep what is printed on their pages, and lose what acts.

Cleaning is by a list of what may stay, not of what must go: the catalogue and each page keep
the few entries that printing needs. Filled forms, stamps and remarks are first drawn onto the
pages, so that their words stay when the fields go.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2

from .verdict import Refused

MOST_PAGES = 50
MOST_UNPACKED = 200_000_000
"""Bytes of text, lines and fonts; a letter with four fonts has two million."""

CATALOGUE_KEYS = {"/Type", "/Pages", "/OCProperties", "/Lang", "/Version"}
"""``/OCProperties`` says which layers are hidden; without it they would show."""

PAGE_KEYS = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents",
    "/UserUnit", "/Group",
}  # fmt: skip
NEVER = (
    "/AA", "/OpenAction", "/A", "/JS", "/JavaScript", "/Launch", "/URI", "/XFA", "/AcroForm",
    "/EF", "/EmbeddedFiles", "/AF", "/RichMediaContent", "/Metadata", "/PieceInfo", "/Ref",
    "/OPI", "/Alternates", "/Annots", "/StructParents", "/StructParent",
)  # fmt: skip
"""Entries that neither a resource nor a font needs, wherever they are."""

CODE_MARKS = {"/JavaScript", "/Launch", "/Rendition", "/ImportData", "/SubmitForm"}
LINK_MARKS = {"/URI", "/GoToR", "/GoToE"}


@dataclass(frozen=True)
class CleanPdf:
    """The pages that were kept; width and height are those of the first, in points."""

    data: bytes
    pages: int
    width: int
    height: int
    changes: tuple[str, ...]


def clean(data: bytes) -> CleanPdf:
    """Return the PDF with its pages and nothing that acts.

    :raises Refused: if it is locked, has no pages or too many.
    """
    try:
        pdf = pikepdf.open(BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise Refused("password") from error
    with pdf:
        count = len(pdf.pages)
        if count == 0:
            raise Refused("damaged")
        if count > MOST_PAGES:
            raise Refused("pages", pages=count, limit=MOST_PAGES)
        _refuse_bombs(pdf)
        changes = tuple(_what_acts(pdf))
        _draw_fields(pdf)
        _keep_what_prints(pdf)
        out = BytesIO()
        pdf.save(
            out,
            linearize=True,
            deterministic_id=True,
            compress_streams=True,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            encryption=False,
        )
    kept = out.getvalue()
    width, height = _first_page(kept)
    return CleanPdf(kept, count, width, height, changes)


def count_pages(data: bytes) -> int:
    """Return the number of pages of a PDF that we made."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return len(pdf.pages)


def _refuse_bombs(pdf: pikepdf.Pdf) -> None:
    """Refuse what unpacks to more than any letter holds, before a renderer tries it.

    The limits of the child would stop it too, but only after seconds of work. Pictures are not
    looked at: renderers read them line by line.
    """
    left = MOST_UNPACKED
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Stream) or thing.get("/Subtype") == "/Image":
            continue
        named: Any = thing.get("/Filter", [])
        filters = [named] if isinstance(named, pikepdf.Name) else list(named)
        data = thing.read_raw_bytes()
        for _ in range(filters.count(pikepdf.Name.FlateDecode)):
            data = _unpack(data, left)
        left -= len(data)
        if left <= 0:
            raise Refused("too_complex")


def _unpack(data: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, max(most, 1))
    except zlib.error:
        return b""  # broken: the renderer will say so, if it matters


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary, also those that lie inside others."""
    for found in pdf.objects:
        waiting: list[Any] = [found]
        while waiting:
            thing = waiting.pop()
            if isinstance(thing, pikepdf.Array):
                waiting += [item for item in thing if _is_inside(item)]
            elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                yield thing
                waiting += [item for _, item in thing.items() if _is_inside(item)]


def _is_inside(item: Any) -> bool:
    return (
        isinstance(item, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream)
        and not item.is_indirect
    )


def _what_acts(pdf: pikepdf.Pdf) -> list[str]:
    """Return which kinds of acting things there are, for the note to the sender."""
    found = set()
    for thing in _dictionaries(pdf):
        action = str(thing.get("/S", "")) if isinstance(thing.get("/S"), pikepdf.Name) else ""
        if action in CODE_MARKS or "/JS" in thing or "/XFA" in thing:
            found.add("code")
        if action in LINK_MARKS:
            found.add("links")
        if "/EF" in thing or "/EmbeddedFiles" in thing:
            found.add("attachments")
        if "/ByteRange" in thing:
            found.add("signature")
    return sorted(found)


def _draw_fields(pdf: pikepdf.Pdf) -> None:
    """Draw fields, stamps and remarks onto the pages, as a printer would."""
    if not any("/Annots" in page for page in pdf.pages):
        return
    if "/AcroForm" in pdf.Root:
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")


def _keep_what_prints(pdf: pikepdf.Pdf) -> None:
    _keep_only(pdf.Root, CATALOGUE_KEYS)
    for page in pdf.pages:
        _keep_only(page.obj, PAGE_KEYS)
    for key in list(pdf.trailer.keys()):
        if key == "/Info":
            del pdf.trailer[key]
    for thing in _dictionaries(pdf):
        for key in NEVER:
            if key in thing:
                del thing[key]
        if isinstance(thing, pikepdf.Stream) and "/F" in thing:
            del thing["/F"]  # a stream whose bytes lie in another file


def _keep_only(thing: Any, keys: set[str]) -> None:
    for key in list(thing.keys()):
        if key not in keys:
            del thing[key]


def _first_page(data: bytes) -> tuple[int, int]:
    """Draw the first page small, as proof that it can be shown, and return its size."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        page = pdf[0]
        width, height = page.get_size()
        page.render(scale=min(1.0, 200 / max(width, height, 1)))
        return round(width), round(height)
    finally:
        pdf.close()
