"""Who is in the play: everybody the demo lets you sign in as, and where the others work.

All of them are invented. Their passwords are no secret: they exist only where ``LOKET_DEMO``
is set, and a demo listens on this machine only.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HOME = "31.74.04.1006"
"""Pejaten Barat: Ayu lives here, Budi and Dewi serve her."""

AWAY = "31.73.01.1001"
"""Cengkareng Barat: Citra works here and may not see Ayu's file."""

PASSWORD = "payung-teduh-loket"  # noqa: S105 -- of invented people, for the demo only
PASSPHRASE = "tanda-tangan-loket"  # noqa: S105 -- of invented people, for the demo only

RESIDENT = "Ayu Lestari"
RESIDENT_EMAIL = "ayu@warga.example"
RESIDENT_PHONE = "+6281100000001"


ON_STAFF = frozenset({"staff", "officer", "head"})
"""Roles of which each puts its holder on the staff of the unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the staff, with an office and what the demo shows about them."""

    username: str
    name: str
    unit: str
    role: str
    title: str
    level: str = ""
    does: str | Promise = ""

    @property
    def posts(self) -> tuple[str, ...]:
        """Return the roles of the posts: who keeps, watches or decides comes to work too."""
        return (self.role,) if self.role in ON_STAFF else (self.role, "staff")

    @property
    def signs(self) -> bool:
        """Say whether this person has a key to sign with."""
        return self.role == "head"

    @property
    def totp_secret(self) -> str:
        """Return the secret of the authenticator app, the same in every demo."""
        digest = hashlib.sha1(f"loket demo {self.username}".encode(), usedforsecurity=False)
        return b32encode(digest.digest()).decode()


CAST = (
    Part(
        username="budi",
        name="Budi Santoso",
        unit=f"{HOME}-DUKCAPIL",
        role="officer",
        title="Petugas Pelayanan",
        does=_("Checks the applications of Pejaten Barat, where Ayu lives."),
    ),
    Part(
        username="rina",
        name="Rina Marlina",
        unit=f"{HOME}-DUKCAPIL",
        role="officer",
        title="Petugas Pelayanan",
        does=_(
            "Budi’s colleague: they cannot touch what the other holds, and they swap turns."
        ),
    ),
    Part(
        username="dewi",
        name="Dewi Anggraini",
        unit=f"{HOME}-DUKCAPIL",
        role="head",
        title="Kepala Satuan Pelaksana",
        level="IV.b",
        does=_("Heads that office: plans who comes when, signs, validates the day’s work."),
    ),
    Part(
        username="sari",
        name="Sari Wulandari",
        unit=f"{HOME[:8]}-DUKCAPIL",
        role="officer",
        title="Petugas Pelayanan",
        does=_("Checks moves out of the city, which the sector of the kecamatan handles."),
    ),
    Part(
        username="yusuf",
        name="Yusuf Ramadhan",
        unit=f"{HOME[:8]}-DUKCAPIL",
        role="head",
        title="Kepala Sektor",
        level="IV.b",
        does=_("Heads the sector and signs its letters of moving."),
    ),
    Part(
        username="citra",
        name="Citra Dewanti",
        unit=f"{AWAY}-DUKCAPIL",
        role="officer",
        title="Petugas Pelayanan",
        does=_("Serves another city; Ayu’s application does not exist for her."),
    ),
    Part(
        username="hendra",
        name="Hendra Gunawan",
        unit=f"{AWAY}-DUKCAPIL",
        role="head",
        title="Kepala Satuan Pelaksana",
        level="IV.b",
        does=_("Heads Citra’s office and signs its certificates."),
    ),
    Part(
        username="gita",
        name="Gita Maharani",
        unit="31.74-DUKCAPIL",
        role="head",
        title="Kepala Suku Dinas",
        level="III.a",
        does=_("Heads the civil registry of South Jakarta and sees all offices below it."),
    ),
    Part(
        username="nadia",
        name="Nadia Kirana",
        unit="31.74-DUKCAPIL",
        role="personnel",
        title="Analis Kepegawaian",
        does=_("Keeps the records of the staff; only she can read why somebody is absent."),
    ),
    Part(
        username="tari",
        name="Tari Puspasari",
        unit="31-DUKCAPIL",
        role="tracer",
        title="Satuan Tugas Kesehatan Kerja",
        does=_("Handles positive cases: closes, traces contacts, lets reopen."),
    ),
    Part(
        username="eka",
        name="Eka Wijaya",
        unit="31",
        role="administrator",
        title="Analis Kebijakan",
        does=_("Writes the services and the circulars; somebody else must enact them."),
    ),
    Part(
        username="surya",
        name="Surya Atmaja",
        unit="31",
        role="executive",
        title="Sekretaris Daerah",
        level="I.b",
        does=_("Enacts the circulars that Eka wrote, after seeing what they would do."),
    ),
    Part(
        username="fitri",
        name="Fitri Handayani",
        unit="31",
        role="auditor",
        title="Auditor Inspektorat",
        does=_("Reads the journal and every case; can change nothing."),
    ),
)

VILLAGES = (
    HOME,
    AWAY,
    "31.74.04.1001",
    "31.74.05.1002",
    "31.71.01.1001",
    "31.71.02.1001",
    "31.72.01.1001",
    "31.72.02.1001",
    "31.73.02.1001",
    "31.75.01.1001",
    "31.75.02.1001",
    "31.75.03.1001",
    "31.01.01.1002",
    "31.01.02.1001",
)
"""Kelurahan in all six regions whose offices have a history."""

COLLEAGUES = (
    ("Agus Pranoto", "Wulan Sari"), ("Maria Simbolon", "Rudi Suhartanto"),
    ("Yanti Kusuma", "Dedi Supriyadi"), ("Lukman Hakim Nasution", "Ratna Wijayanti"),
    ("Stefanus Lumentut", "Nur Hasanah"), ("Ketut Arimbawa", "Sri Mulyati"),
    ("Tuti Alawiah", "Bambang Irawan"), ("Hasan Basri Lubis", "Winda Oktavia"),
    ("Rosalina Manurung", "Ahmad Fauzan"), ("Indah Permatasari", "Joko Purnomo"),
    ("Andi Baso Rahman", "Lestari Ningrum"), ("Yohana Tupamahu", "Firman Syahputra"),
    ("Mulyadi", "Siti Aminah"), ("Teguh Prasetya", "Elisabet Wenda"),
    ("Nanang Kosasih", "Dian Puspita"), ("Fransiska Halim", "Zainal Arifin"),
    ("Umi Kalsum", "Galih Prakoso"), ("Edi Sucipto", "Cut Rahmawati"),
    ("Mega Silvia", "Taufik Mulyanto"), ("Slamet", "Olivia Pattiasina"),
    ("Puji Astuti", "Rahmat Sitorus"), ("Asep Nugraha", "Desi Rahmayanti"),
    ("Linda Tanujaya", "Wahyu Sasmita"), ("Kartika Wulan", "Imam Muslimin"),
    ("Murni", "Yusuf Alatas"), ("Ferry Kurniadi", "Nyoman Sukerti"),
)  # fmt: skip
"""An officer and a head for each further office, in its order."""
