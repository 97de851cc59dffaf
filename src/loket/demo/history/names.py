"""Names as people in Jakarta bear them, from all over the country. Every person is invented."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .dice import weighted


@dataclass(frozen=True, slots=True)
class Custom:
    """How one group names its people; with ``clan``, children bear it too."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    second_men: tuple[str, ...] = ()
    second_women: tuple[str, ...] = ()
    clan: tuple[str, ...] = ()
    religion: str = "islam"
    born_in: tuple[str, ...] = ("Jakarta",)


def _w(words: str) -> tuple[str, ...]:
    return tuple(words.split())


CUSTOMS = {
    "javanese": Custom(
        _w("Agung Bagus Danang Eko Guntur Haryo Joko Kuncoro Lilik Nugroho Pambudi Rangga"),
        _w("Ambar Dyah Endang Fitria Lestari Ningsih Puspita Rahayu Sekar Tri Wahyuni Yuni"),
        _w("Prasetyo Sutrisno Wibisono Purnomo Hartono Setiadi Raharjo Kurniawan Susanto"),
        _w("Wulandari Kusumawati Handayani Widiastuti Pratiwi Nurhayati Utami Anggraeni"),
        born_in=("Surakarta", "Jakarta", "Semarang", "Klaten", "Yogyakarta", "Madiun"),
    ),
    "sundanese": Custom(
        _w("Asep Cecep Dadang Deni Iwan Ujang Yayan Aceng Jajang Rizki"),
        _w("Euis Neneng Imas Lilis Nia Rini Teti Yeni Dewi Intan"),
        _w("Supriatna Kurnia Hermawan Suryana Sopandi Gunawan Mulyana Ruhimat"),
        _w("Rohaeti Komalasari Nurjanah Suryani Herawati Rosmiati Maryani"),
        born_in=("Bandung", "Bogor", "Jakarta", "Garut", "Sukabumi", "Tasikmalaya"),
    ),
    "betawi": Custom(
        _w("Mamat Sanusi Rojali Nasrul Idrus Syamsul Muhidin Rohim Jaelani Sabeni"),
        _w("Maemunah Rohmah Zubaidah Mardiah Aisyah Romlah Hindun Saodah Nur'aini"),
        _w("Ma'ruf Abdullah Marzuki Hasbullah Sidik Ramli Sanip"),
        _w("Fadhilah Zahra Hasanah Nurlela Fauziah Kamilah"),
        born_in=("Jakarta", "Depok", "Tangerang", "Bekasi"),
    ),
    "minang": Custom(
        _w("Afrizal Syafril Yulizar Hendri Rinaldi Masrul Jufri Zulkifli"),
        _w("Upik Desmawati Yusnidar Rahmi Elvira Murniati Gusmarni"),
        _w("Chaniago Tanjung Piliang Sikumbang Koto Jambak"),
        _w("Chaniago Tanjung Piliang Sikumbang Koto Jambak"),
        born_in=("Padang", "Bukittinggi", "Payakumbuh", "Jakarta"),
    ),
    "batak": Custom(
        _w("Binsar Hotman Jonggi Maruli Parlindungan Saut Togar Tumpal"),
        _w("Duma Lasma Melati Nurintan Rotua Sondang Tiurma Uli"),
        clan=_w("Siregar Simanjuntak Hutapea Panjaitan Nainggolan Situmorang Lumbantobing"),
        religion="protestant",
        born_in=("Medan", "Balige", "Jakarta", "Pematangsiantar"),
    ),
    "chinese": Custom(
        _w("Hendrik Kevin Steven Anton Budiman Erwin Felix Yohan"),
        _w("Lina Meilani Novita Susan Vivian Yulia Cynthia Grace"),
        clan=_w("Tanoto Halim Kusnadi Gunadi Liem Wijaya Salim Oey"),
        religion="buddhist",
        born_in=("Jakarta", "Pontianak", "Pangkalpinang", "Surabaya"),
    ),
    "balinese": Custom(
        ("I Made", "I Wayan", "I Ketut", "I Nyoman", "I Gede"),
        ("Ni Made", "Ni Wayan", "Ni Ketut", "Ni Nyoman", "Ni Luh"),
        _w("Sudarsana Artawan Suardika Winarta Budiarta"),
        _w("Sulastri Ariani Suartini Widhiasih Puspawati"),
        religion="hindu",
        born_in=("Denpasar", "Singaraja", "Gianyar", "Jakarta"),
    ),
    "bugis": Custom(
        ("Andi Akbar", "Baso", "Daeng Matutu", "La Ode Ansar", "Muhammad Arfah"),
        ("Andi Tenri", "Besse", "St. Nurbaya", "Wa Ode Sitti", "Hasnah"),
        _w("Mappatoba Pasolongi Tahir Makkasau Parenrengi"),
        _w("Mappatoba Pasolongi Tahir Makkasau Parenrengi"),
        born_in=("Makassar", "Watampone", "Parepare", "Jakarta"),
    ),
    "eastern": Custom(
        _w("Yohanes Markus Petrus Melkianus Soleman Dominggus Alexander"),
        _w("Maria Yustina Agustina Febronia Yosina Theresia Magdalena"),
        clan=_w("Rumengan Latupeirissa Wanggai Tupamahu Nahak Kaunang Bria Lengkong"),
        religion="catholic",
        born_in=("Kupang", "Ambon", "Manado", "Jayapura", "Jakarta"),
    ),
    "arab": Custom(
        _w("Salim Umar Fahmi Husein Ali Muhsin"),
        _w("Khadijah Syarifah Zainab Fathimah Ummu Nabila"),
        clan=("Alkatiri", "Bawazier", "Assegaf", "Basyarahil"),
        born_in=("Jakarta", "Pekalongan", "Surabaya"),
    ),
}
SHARES = {
    "javanese": 34, "sundanese": 17, "betawi": 26, "minang": 5, "batak": 5, "chinese": 5,
    "balinese": 1, "bugis": 2, "eastern": 4, "arab": 1,
}  # fmt: skip
"""Roughly how often each is met in Jakarta."""

ALONE = {
    "male": _w("Suparman Wagiman Mulyono Sukirno Tukimin Suharjo Kasman"),
    "female": _w("Sumiyati Kartini Suparmi Wagini Tukiyem Rokayah Sunarti"),
}
LONG = {
    "male": "Raden Mas Bambang Soeryo Adiningrat Kusumo Hadiprodjo",
    "female": "Raden Ajeng Siti Khadijah Nurul Fatimah Kusumaningrum",
}
CHILDREN = {
    "male": _w("Arkana Bagas Daffa Farel Ghani Hafiz Kenzie Leonard Mahesa Naufal Rafa Zidan"),
    "female": _w(
        "Alya Callista Danisa Felicia Hana Kirana Maira Naura Queena Shafa Talita Zara"
    ),
}
SECOND = {
    "male": _w("Pratama Alfarizi Ramadhan Putra Wijayanto Anugrah Mahendra Saputra"),
    "female": _w("Azzahra Maharani Putri Salsabila Permata Ayudia Khairunnisa Safitri"),
}
ONE_WORD, VERY_LONG = 0.05, 0.01


def people(chance: Random) -> str:
    """Return the group that a family comes from."""
    return weighted(chance, SHARES)


def adult(chance: Random, group: str, sex: str, clan: str = "") -> str:
    """Return the name of a grown-up; some have one word only, and one in a hundred is long."""
    custom, luck = CUSTOMS[group], chance.random()
    if group == "javanese" and luck < VERY_LONG:
        return LONG[sex]
    if group in {"javanese", "betawi"} and luck < ONE_WORD:
        return chance.choice(ALONE[sex])
    first = chance.choice(custom.men if sex == "male" else custom.women)
    last = custom.second_men if sex == "male" else custom.second_women
    return f"{first} {clan or chance.choice(last or custom.clan)}"


def child(chance: Random, sex: str, clan: str = "") -> str:
    """Return the name of a child, as parents choose it now; it keeps to the rules of 2022."""
    words = [chance.choice(CHILDREN[sex]), chance.choice(SECOND[sex])]
    return " ".join([*words[: 1 if clan else 2], *([clan] if clan else [])])


def clan_of(chance: Random, group: str) -> str:
    """Return the name that a family of this group shares, or nothing."""
    shared = CUSTOMS[group].clan
    return chance.choice(shared) if shared else ""
