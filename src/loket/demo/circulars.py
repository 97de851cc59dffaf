"""The circulars of the demo, without their days. All are invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

SECRETARY = "Sekda DKI Jakarta (contoh)"
GOVERNOR = "Gubernur DKI Jakarta (contoh)"
WEEK, FORTNIGHT = timedelta(days=6), timedelta(days=13)
"""To the last day."""
FLEXIBLE_FOR = timedelta(days=21)
"""Since when, and half of how long it still holds."""

FLOODED = {"units": ["31.72", "31.72-DUKCAPIL", "31.72-PTSP"]}
"""North Jakarta, by the coast."""
HAZY = {"units": ["31.74-DUKCAPIL"]}
"""The civil registry of South Jakarta, where Dewi plans who comes."""

COUNTERS = {
    "units": ["31"],
    "kinds": ["village", "district", "city", "regency", "service_point", "sector", "branch"],
}
ALL = {"units": ["31"]}

FLOOD: dict[str, Any] = {
    "format": 1,
    "issuer": SECRETARY,
    "title": {
        "id": "Pelayanan dan kerja fleksibel di Jakarta Utara selama banjir rob",
        "en": "Service and flexible work in North Jakarta during the tidal flood",
    },
    "summary": {
        "id": "Ruang pelayanan diisi paling banyak 50 %; pegawai boleh bekerja dari rumah.",
        "en": "Rooms are filled to at most 50 %; staff may work from home.",
    },
    "legal_basis": ["Menpan-RB Peraturan 4/2025 (16-04-2025)"],
    "source": "Contoh rekaan untuk peragaan",
    "provisions": [
        {
            "article": "angka 1",
            "kind": "room",
            "max_share": "50%",
            "scope": FLOODED,
            "words": {
                "id": "Karena banjir rob, ruang pelayanan diisi paling banyak separuh.",
                "en": "Because of the tidal flood rooms are at most half full.",
            },
        },
        {"article": "angka 2", "kind": "priority", "groups": ["offline"], "scope": FLOODED},
        {
            "article": "angka 3",
            "kind": "remote",
            "work": "allowed",
            "scope": FLOODED,
            "words": {
                "id": "Pegawai yang rumahnya terdampak boleh bekerja dari rumah.",
                "en": "Staff whose homes are flooded may work from home.",
            },
        },
        {
            "article": "angka 3",
            "kind": "reporting",
            "duties": ["same_day"],
            "scope": FLOODED,
        },
    ],
}

FLEXIBLE: dict[str, Any] = {
    "format": 1,
    "issuer": SECRETARY,
    "title": {
        "id": "Kerja fleksibel di Dukcapil Jakarta Selatan selama kabut asap",
        "en": "Flexible work in the civil registry of South Jakarta during the haze",
    },
    "summary": {
        "id": "Separuh pegawai di kantor, separuh bekerja dari rumah; loket tetap melayani.",
        "en": "Half of the staff come, half work from home; counters go on serving.",
    },
    "legal_basis": ["Menpan-RB Peraturan 4/2025 (16-04-2025)"],
    "source": "Contoh rekaan untuk peragaan",
    "provisions": [
        {
            "article": "angka 1",
            "kind": "attendance",
            "min_share": "40%",
            "max_share": "50%",
            "scope": HAZY,
            "words": {
                "id": "Paling sedikit 40 % dan paling banyak 50 % pegawai berada di kantor.",
                "en": "Between 40 % and 50 % of the staff are in the office.",
            },
        },
        {"article": "angka 2", "kind": "pinned", "posts": ["structural"], "scope": HAZY},
        {
            "article": "angka 3",
            "kind": "excused",
            "groups": ["pregnant", "chronic_illness"],
            "scope": HAZY,
        },
        {"article": "angka 4", "kind": "remote", "work": "allowed", "scope": HAZY},
        {"article": "angka 4", "kind": "reporting", "duties": ["same_day"], "scope": HAZY},
    ],
}

PLAN: dict[str, Any] = {
    "format": 1,
    "issuer": GOVERNOR,
    "title": {
        "id": "Penyesuaian pelayanan dan sistem kerja pegawai selama dua pekan",
        "en": "How residents are served and staff work for two weeks",
    },
    "summary": {
        "id": "Pelayanan tatap muka ditiadakan; pelayanan daring tetap berjalan.",
        "en": "Nobody is served face to face; online service goes on.",
    },
    "legal_basis": ["Gubernur DKI Jakarta 02/SE/2020 (16-03-2020), sebagai contoh"],
    "source": "Contoh rekaan untuk peragaan, menurut edaran Maret 2020",
    "provisions": [
        {
            "article": "angka 1",
            "kind": "counters",
            "state": "online_only",
            "scope": COUNTERS,
            "words": {
                "id": "Loket tidak melayani tatap muka; ajukan secara daring.",
                "en": "Counters serve nobody face to face; apply online.",
            },
        },
        {
            "article": "angka 2",
            "kind": "channels",
            "channels": ["web", "whatsapp", "phone"],
            "scope": COUNTERS,
        },
        {
            "article": "angka 3",
            "kind": "pinned",
            "posts": ["structural"],
            "scope": ALL,
            "words": {
                "id": "Pejabat struktural tetap di kantor.",
                "en": "Heads stay in the office.",
            },
        },
        {
            "article": "angka 4",
            "kind": "remote",
            "work": "allowed",
            "scope": ALL,
        },
        {
            "article": "angka 5",
            "kind": "clock",
            "suspended": True,
            "scope": {"units": ["31"], "functions": ["civil_registry"]},
            "words": {
                "id": "Selama loket tutup, batas waktu layanan berhenti dihitung.",
                "en": "While counters are closed, deadlines do not run.",
            },
        },
    ],
}


def flood(today: date) -> dict[str, Any]:
    """Return the circular that holds today: half of the room, and some at home."""
    return {
        **FLOOD,
        "number": f"21/SE/{today.year}",
        "date": today - timedelta(days=1),
        "effective": {"from": today, "through": today + WEEK},
    }


def flexible(today: date) -> dict[str, Any]:
    """Return the circular under which rosters are planned: half of the staff at a time."""
    return {
        **FLEXIBLE,
        "number": f"19/SE/{today.year}",
        "date": today - FLEXIBLE_FOR - timedelta(days=1),
        "effective": {"from": today - FLEXIBLE_FOR, "through": today + 2 * FLEXIBLE_FOR},
    }


def plan(today: date) -> dict[str, Any]:
    """Return the circular that Eka has ready: March 2020 again, from tomorrow."""
    tomorrow = today + timedelta(days=1)
    return {
        **PLAN,
        "number": f"02/SE/{today.year}",
        "date": today,
        "effective": {"from": tomorrow, "through": tomorrow + FORTNIGHT},
    }
