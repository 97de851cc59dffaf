"""What the columns of a staff file may be called, in Indonesian or English, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

from .sheets import Formula, Mistake, Row, Value


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the name of the field, what it is called, and whether it must be there."""

    field: str
    names: tuple[str, ...]
    """The first is written into the template."""
    is_needed: bool = False


COLUMNS = (
    Column("nip", ("NIP", "NIP/NI PPPK", "NI PPPK")),
    Column("nrk", ("NRK",)),
    Column("name", ("Nama", "Nama Lengkap", "Name", "Full name"), is_needed=True),
    Column(
        "kind",
        ("Status Kepegawaian", "Status", "Jenis Pegawai", "Employment", "Kind"),
        is_needed=True,
    ),
    Column("born_on", ("Tanggal Lahir", "Tgl Lahir", "Date of birth", "Born on")),
    Column("email", ("Email", "E-mail", "Surel")),
    Column("phone", ("Telepon", "No HP", "HP", "Nomor Telepon", "Phone")),
    Column("username", ("Akun", "Nama Akun", "Username", "Account")),
    Column("unit", ("Kode Unit", "Unit", "Unit Kerja", "Unit code"), is_needed=True),
    Column("role", ("Peran", "Role"), is_needed=True),
    Column("title", ("Jabatan", "Nama Jabatan", "Position", "Title"), is_needed=True),
    Column("level", ("Eselon", "Tingkat", "Level", "Structural level")),
    Column("basis", ("Sebagai", "Dasar Jabatan", "Plt/Plh", "Basis")),
    Column("starts_on", ("Mulai", "TMT", "Tanggal Mulai", "TMT Jabatan", "From", "Starts on")),
    Column("ends_on", ("Selesai", "Tanggal Selesai", "Until", "Ends on")),
    Column("skills", ("Keterampilan", "Keahlian", "Skills")),
    Column("rooms", ("Kode Ruang", "Ruang", "Ruangan", "Rooms", "Room")),
)
IGNORED = frozenset({"no", "nomor", "nourut", "keterangan", "catatan", "notes", "remarks"})
FIELDS = tuple(column.field for column in COLUMNS)


def plain(text: str) -> str:
    """Return a heading or a word without what people write differently."""
    return re.sub(r"[^a-z0-9]", "", text.casefold())


BY_NAME = {plain(name): each.field for each in COLUMNS for name in (*each.names, each.field)}


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like what was written, or nothing."""
    by_plain = {plain(each): each for each in known}
    found = get_close_matches(plain(word), by_plain, n=1, cutoff=0.7)
    return by_plain[found[0]] if found else ""


def read(headings: Row) -> dict[int, str]:
    """Return which field stands in which column, counted from 0; ``""`` in one left aside.

    :raises Invalid: if a heading is unknown or twice there, or a needed one is missing.
    """
    found: dict[int, str] = {}
    wrong = []
    for place, cell in enumerate(headings.cells):
        heading = written(cell.value)
        if cell.is_empty:
            continue
        if plain(heading) in IGNORED:
            found[place] = ""
            continue
        field = BY_NAME.get(plain(heading), "")
        if not field:
            wrong.append(_unknown(heading))
        elif field in found.values():
            wrong.append(_("The column “%(name)s” is there twice.") % {"name": heading})
        found[place] = field
    missing = [c.names[0] for c in COLUMNS if c.is_needed and c.field not in found.values()]
    if missing and not wrong:
        wrong.append(_("These columns are missing: %(names)s.") % {"names": ", ".join(missing)})
    if wrong:
        raise Invalid(" ".join(wrong), fields={"file": wrong})
    return found


def written(value: Value) -> str:
    """Return a value as text."""
    return "" if isinstance(value, Formula | Mistake) else str(value).strip()


def _unknown(heading: str) -> str:
    alike = nearest(heading, (name for each in COLUMNS for name in each.names))
    if alike:
        return _("There is no column “%(name)s”. Did you mean “%(alike)s”?") % {
            "name": heading[:40],
            "alike": alike,
        }
    return _("There is no column “%(name)s”. Take it out, or see the template.") % {
        "name": heading[:40]
    }
