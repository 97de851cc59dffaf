"""The document templates, and what each prints.

A slot is filled with an answer as it was stored (see ``catalogue.rules.format.Question``):
a date as ``YYYY-MM-DD``, a time as ``HH:MM``. Where words are wanted for a value, give an
object ``{"id": …, "en": …}`` instead of it. An address may carry the names of its region
beside the code: ``village``, ``district``, ``city``, ``province``. Rows are objects whose
keys are the names in ``fields``; a row may leave any of them out but the required ones.

Beside the slots, the facts of a document may hold ``variants`` (a list of ``{id, en}``: words
that apply to this case), ``late`` (whether the event was reported late), ``office`` (which
issues it, under the signer's title), ``issued_in`` (the town, such as Jakarta) and ``nik``
(of the holder, printed in full at the top of a certificate).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from loket.kernel.texts import Text

Kind = Literal["text", "number", "date", "time", "choice", "address", "rows"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a template that an answer fills."""

    name: str
    kind: Kind = "text"
    required: bool = True
    fields: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of document. A signed one has a number, a signer and a QR."""

    name: str
    title: Text
    signed: bool
    slots: tuple[Slot, ...]

    def missing(self, facts: dict[str, object]) -> tuple[str, ...]:
        """Return the names of required slots that have no value."""
        return tuple(
            s.name for s in self.slots if s.required and facts.get(s.name) in (None, "", [], {})
        )


def _may(name: str, kind: Kind = "text") -> Slot:
    return Slot(name, kind, required=False)


MEMBER = (
    Slot("name"),
    _may("nik"),
    _may("sex", "choice"),
    _may("birth_place"),
    _may("birth_date", "date"),
    _may("religion", "choice"),
    _may("education", "choice"),
    _may("occupation", "choice"),
    _may("blood_type", "choice"),
    _may("marital_status", "choice"),
    _may("marriage_date", "date"),
    _may("relation", "choice"),
    _may("nationality"),
    _may("passport"),
    _may("stay_permit"),
    _may("father_name"),
    _may("mother_name"),
)

TEMPLATES: dict[str, Template] = {
    t.name: t
    for t in (
        Template(
            "birth_certificate",
            Text(id="Kutipan Akta Kelahiran", en="Excerpt of Birth Certificate"),
            True,
            (
                Slot("child_name"),
                Slot("sex", "choice"),
                Slot("birth_date", "date"),
                Slot("birth_place"),
                Slot("birth_order", "number"),
                Slot("mother_name"),
                _may("father_name"),
                _may("nik"),
                _may("gazette"),
            ),
        ),
        Template(
            "death_certificate",
            Text(id="Kutipan Akta Kematian", en="Excerpt of Death Certificate"),
            True,
            (
                Slot("deceased_name"),
                Slot("death_date", "date"),
                Slot("death_place"),
                _may("sex", "choice"),
                _may("birth_date", "date"),
                _may("birth_place"),
                _may("birth_order", "number"),
                _may("father_name"),
                _may("mother_name"),
                _may("nik"),
                _may("nationality", "choice"),
                _may("gazette"),
            ),
        ),
        Template(
            "family_card",
            Text(id="Kartu Keluarga", en="Family Card"),
            True,
            (
                Slot("kk"),
                Slot("head_name"),
                Slot("address", "address"),
                Slot("members", "rows", fields=MEMBER),
                _may("postal_code"),
            ),
        ),
        Template(
            "move_letter",
            Text(
                id="Surat Keterangan Pindah Warga Negara Indonesia",
                en="Certificate of Moving for an Indonesian Citizen",
            ),
            True,
            (
                Slot("applicant_name"),
                _may("applicant_nik"),
                _may("kk"),
                _may("head_name"),
                Slot("origin", "address"),
                Slot("destination", "address"),
                _may("reason", "choice"),
                _may("move_kind", "choice"),
                _may("move_date", "date"),
                _may("kk_staying", "choice"),
                _may("kk_moving", "choice"),
                _may("phone"),
                Slot(
                    "members",
                    "rows",
                    fields=(Slot("name"), _may("nik"), _may("relation", "choice")),
                ),
            ),
        ),
        Template(
            "pickup_slip",
            Text(id="Bukti Pengambilan", en="Pick-up Slip"),
            False,
            (
                Slot("holder_name"),
                _may("card", "choice"),
                _may("nik"),
                _may("bring", "rows"),
                _may("office"),
                _may("address"),
            ),
        ),
        Template(
            "receipt",
            Text(id="Tanda Terima Permohonan", en="Receipt of Application"),
            False,
            (
                Slot("code"),
                Slot("service"),
                Slot("applicant"),
                Slot("about"),
                Slot("submitted_at"),
                Slot("due_on", "date"),
                Slot("office"),
                _may("address"),
                _may("received", "rows"),
                _may("url"),
            ),
        ),
    )
}


def get(name: str) -> Template | None:
    """Return a template by name."""
    return TEMPLATES.get(name)
