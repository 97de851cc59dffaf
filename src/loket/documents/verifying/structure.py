"""What the signed PDF says inside. Only files that our signer signed come this far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from .container import Sealed
from .findings import Doubt, Reason

SUBFILTER = "/ETSI.CAdES.detached"
NO_CHANGES = 1
_ADDRESS = re.compile(r"/v/([0-9A-Z]{7,}-[0-9A-Z])#([A-Za-z0-9_.-]+)$")


@dataclass(frozen=True, slots=True)
class Inside:
    """The time of signing, and what the QR holds."""

    signed_at: datetime
    code: str
    token: str


def look(data: bytes, sealed: Sealed) -> Inside:
    """Return what the file holds.

    :raises Doubt: if it is not certified against changes or its QR is missing.
    """
    reader = PdfFileReader(BytesIO(data))
    signature = _signature(reader)
    _check_certified(reader, signature, sealed)
    code, token = _address(reader)
    return Inside(signed_at=_time(signature), code=code, token=token)


def _signature(reader: PdfFileReader) -> generic.DictionaryObject:
    fields = reader.root["/AcroForm"]["/Fields"]
    if len(fields) != 1:
        raise Doubt(Reason.SEVERAL_SIGNATURES)
    return _dictionary(fields[0]["/V"])


def _check_certified(
    reader: PdfFileReader, signature: generic.DictionaryObject, sealed: Sealed
) -> None:
    if tuple(int(n) for n in signature["/ByteRange"]) != sealed.ranges:
        raise Doubt(Reason.DAMAGED)
    if signature["/SubFilter"] != SUBFILTER:
        raise Doubt(Reason.DAMAGED)
    permissions = reader.root.get("/Perms")
    certifying = permissions.raw_get("/DocMDP") if permissions else None
    own = reader.root["/AcroForm"]["/Fields"][0].raw_get("/V")
    rules = [
        (reference["/TransformMethod"], reference["/TransformParams"]["/P"])
        for reference in signature.get("/Reference", ())
    ]
    if certifying != own or rules != [("/DocMDP", NO_CHANGES)]:
        raise Doubt(Reason.NOT_CERTIFIED)


def _time(signature: generic.DictionaryObject) -> datetime:
    moment = generic.parse_pdf_date(str(signature["/M"]))
    if moment.tzinfo is None:
        raise Doubt(Reason.DAMAGED)
    return moment


def _address(reader: PdfFileReader) -> tuple[str, str]:
    """Return code and token of the one QR, which is also a link."""
    found = {match.groups() for link in _links(reader) if (match := _ADDRESS.search(link))}
    if len(found) != 1:
        raise Doubt(Reason.NO_TOKEN)
    code, token = found.pop()
    return code, token


def _links(reader: Any) -> Iterator[str]:
    for number in range(int(reader.root["/Pages"]["/Count"])):
        page = reader.find_page_for_modification(number)[0].get_object()
        for annotation in page.get("/Annots", ()):
            action: Any = annotation.get_object().get("/A")
            if action is not None and "/URI" in action:
                yield str(action["/URI"])


def _dictionary(value: Any) -> generic.DictionaryObject:
    if not isinstance(value, generic.DictionaryObject):
        raise Doubt(Reason.DAMAGED)
    return value
