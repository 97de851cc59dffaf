"""What stands on each kind of paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: who issues it, its title, and its lines with where they come from."""

    issuer: str
    title: str
    lines: tuple[tuple[str, str], ...]
    """Label, then the path of an answer or, if there is none of that path, the text itself."""
    ground: str = "#fbfaf5"
    has_portrait: bool = False


KINDS = {
    "birth_letter": Kind(
        "RUMAH SAKIT IBU DAN ANAK KENANGA (CONTOH)",
        "SURAT KETERANGAN KELAHIRAN",
        (
            ("Nama anak", "child_name"),
            ("Jenis kelamin", "child_sex"),
            ("Tanggal lahir", "child_birth_date"),
            ("Pukul", "birth_time"),
            ("Tempat lahir", "birth_place"),
            ("Berat (gram)", "birth_weight"),
            ("Panjang (cm)", "birth_length"),
            ("Anak ke", "birth_order"),
            ("Nama ibu", "mother.name"),
            ("Nama ayah", "father.name"),
            ("Penolong", "Bidan Retno (contoh)"),
        ),
    ),
    "marriage_book": Kind(
        "KANTOR URUSAN AGAMA (CONTOH)",
        "KUTIPAN AKTA NIKAH",
        (
            ("Suami", "father.name"),
            ("Lahir", "father.birth_date"),
            ("Istri", "mother.name"),
            ("Lahir", "mother.birth_date"),
            ("Tanggal nikah", "marriage_date"),
        ),
        ground="#eef4e6",
    ),
    "kk": Kind(
        "REPUBLIK INDONESIA (CONTOH)",
        "KARTU KELUARGA",
        (
            ("No.", "kk_number"),
            ("Kepala keluarga", "head_name"),
            ("Suami", "father.name"),
            ("NIK", "father.nik"),
            ("Istri", "mother.name"),
            ("NIK", "mother.nik"),
            ("Alamat", "address.street"),
            ("RT", "address.rt"),
            ("RW", "address.rw"),
        ),
        ground="#eaf3f6",
    ),
    "ktp": Kind(
        "PROVINSI DKI JAKARTA (CONTOH)",
        "KARTU TANDA PENDUDUK",
        (
            ("NIK", "head_nik"),
            ("Nama", "head_name"),
            ("Nama", "applicant.name"),
            ("Alamat", "address.street"),
        ),
        ground="#dcebf5",
        has_portrait=True,
    ),
    "certificate": Kind(
        "PENCATATAN SIPIL (CONTOH)",
        "KUTIPAN AKTA KELAHIRAN",
        (
            ("Nama", "child_name"),
            ("Tanggal lahir", "child_birth_date"),
            ("Tanggal lahir", "joined_on"),
            ("Ayah", "head_name"),
        ),
        ground="#f6f0dc",
    ),
    "death_letter": Kind(
        "RUMAH SAKIT UMUM KENANGA (CONTOH)",
        "SURAT KETERANGAN KEMATIAN",
        (
            ("Nama", "deceased_name"),
            ("Tanggal lahir", "deceased_birth_date"),
            ("Meninggal", "death_date"),
            ("Pukul", "death_time"),
            ("Tempat", "death_place"),
            ("Sebab", "Sakit"),
        ),
    ),
    "police": Kind(
        "KEPOLISIAN SEKTOR (CONTOH)",
        "SURAT KETERANGAN HILANG",
        (
            ("Nama", "holder_name"),
            ("Nama", "head_name"),
            ("Kehilangan", "KTP atau Kartu Keluarga"),
            ("Alamat", "address.street"),
        ),
    ),
    "statement": Kind(
        "F-2.04 (CONTOH)",
        "SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK",
        (("Suami", "father.name"), ("Istri", "mother.name"), ("Saksi", "dua orang")),
    ),
    "portrait": Kind("PAS FOTO (CONTOH)", "", (), ground="#c23a3a", has_portrait=True),
}

WORDS = {"male": "Laki-laki", "female": "Perempuan"}


def facts_of(kind: str, answers: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the lines of a paper as the answers fill them; unanswered ones are left out."""
    lines = []
    for label, path in KINDS[kind].lines:
        value = _at(answers, path)
        if value is not None:
            lines.append((label, WORDS.get(str(value), str(value))))
        elif not _is_path(path):
            lines.append((label, path))
    return tuple(lines)


def _is_path(text: str) -> bool:
    return text.islower() and " " not in text


def _at(answers: Mapping[str, Any], path: str) -> Any:
    found: Any = answers
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found
