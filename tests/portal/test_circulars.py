"""The public pages of circulars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from loket.kernel.access import Actor
from loket.organisation.models import Place, Room
from loket.policies.models import Provision
from loket.policies.rules import format as form
from loket.portal.offices.provisions import SAID, sentence
from tests.factories import policies

WRITER, SIGNER = Actor.system("writer"), Actor.system("signer")


def enact(at, *provisions, **changes):
    circular = policies.written(*provisions, **changes)
    return policies.enact(circular, author=WRITER, actor=SIGNER, at=at, reason="Riwayat")


def pages_of(visitor, circular) -> list[str]:
    """Return the page of a circular and the list of all."""
    urls = (f"/circulars/{circular.code}/", "/circulars/")
    return [visitor.get(url).content.decode() for url in urls]


def test_circular_is_told_in_plain_words(visitor, march) -> None:
    page = visitor.get(f"/circulars/{march.code}/").content.decode()
    for words in (
        "Layanan tanpa tatap muka", "9–20 Maret 2026", "Loket Dukcapil tutup.",
        "di situs ini, melalui surel", "kependudukan dan pencatatan sipil",
        "Tidak berlaku lagi",
    ):  # fmt: skip
        assert words in page


def test_history_is_quietly_said_and_not_called_retroactive(visitor, march, at) -> None:
    pages = pages_of(visitor, march)
    assert ["Berlaku surut" in page for page in pages] == [False, False]
    assert "sebagai riwayat, pada " in pages[0]


def test_late_enactment_is_called_retroactive_with_its_reason(visitor, town, at) -> None:
    late = policies.enact(
        policies.written(), author=WRITER, actor=replace(SIGNER, ref="account:7"), at=at,
        reason="Surat terlambat sampai.",
    )  # fmt: skip
    pages = pages_of(visitor, late)
    assert ["Berlaku surut" in page for page in pages] == [True, True]
    assert "Surat terlambat sampai." in pages[0]
    assert "sebagai riwayat" not in pages[0]


def test_draft_is_nobodys_business(visitor, town, at) -> None:
    draft = policies.draft(actor=WRITER, at=at)
    assert visitor.get(f"/circulars/{draft.code}/").status_code == 404
    assert draft.title_id not in visitor.get("/circulars/").content.decode()


def test_circular_names_what_it_ends_and_what_ended_it(visitor, march, at) -> None:
    reference = {"issuer": march.issuer, "number": march.number, "date": march.date}
    later = enact(
        at, number="03/SE/2026", date=date(2026, 3, 12), revokes=[reference],
        effective={"from": date(2026, 3, 16), "until_evaluated": True},
    )  # fmt: skip
    old = visitor.get(f"/circulars/{march.code}/")
    ((label, (link,)),) = old.context["relations"]
    assert (label, link.url) == ("Diakhiri oleh", f"/circulars/{later.code}/")
    assert old.context["really"] == "sampai 15 Maret 2026"
    new = visitor.get(f"/circulars/{later.code}/")
    ((label, (link,)),) = new.context["relations"]
    assert (label, link.url) == ("Mengakhiri", f"/circulars/{march.code}/")
    assert new.context["state"] == "now"


def test_circulars_are_listed_by_what_holds_now(visitor, march, at) -> None:
    endless = enact(
        at, number="04/SE/2026",
        effective={"from": date(2026, 3, 2), "until_evaluated": True},
    )  # fmt: skip
    found = visitor.get("/circulars/").context
    assert [one.circular.code for one in found["now"]] == [endless.code]
    assert [one.circular.code for one in found["past"]] == [march.code]
    assert found["soon"] == []


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_as_often_for_one_as_for_three(
    visitor, town, at, number, django_assert_num_queries
) -> None:
    for n in range(number):
        enact(at, number=f"{n}/SE/2026")
    with django_assert_num_queries(3):
        visitor.get("/circulars/")


def test_file_that_is_not_there_is_not_found(visitor, march) -> None:
    assert visitor.get(f"/circulars/{march.code}/file/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "params", "words"),
    [
        ("counters", {"state": "closed"}, "Kantor tutup."),
        ("room", {"max_share": "0.5"}, "Ruangan boleh diisi paling banyak 50%."),
        ("attendance", {"min_share": "0.25"}, "paling sedikit 25% pegawai hadir"),
        ("attendance", {"max_share": "0"}, "paling banyak 0% pegawai hadir"),
        ("hours", {"hours": {"monday": ["08:00-12:00"]}}, "Senin 08:00-12:00"),
        ("shifts", {"shifts": [{"name": "Pagi", "hours": {"every_day": "07:00-12:00"}}]},
         "Pagi: setiap hari 07:00-12:00"),
        ("excused", {"groups": ["pregnant"]}, "ibu hamil"),
        ("remote", {"work": "required"}, "diwajibkan"),
        ("suspension", {}, "Layanan ini dihentikan untuk sementara."),
        ("channels", {"channels": ["web"]}, "di situs ini"),
        ("priority", {"groups": ["elderly"]}, "warga lanjut usia"),
        ("protocol", {"mask": True, "distance_m": "1.5"},
         "Pakai masker; Jaga jarak, dalam meter: 1.5"),
        ("clock", {"suspended": True}, "Penghitungan batas waktu permohonan dihentikan sementara."),
        ("clock", {"extended_by": 5}, "Batas waktu diperpanjang 5 hari kerja."),
        ("letters", {"drop_box": True}, "tersedia kotak surat"),
    ],
)  # fmt: skip
def test_provision_without_words_is_told_from_what_it_sets(kind, params, words) -> None:
    with override("id"):
        assert sentence(Provision(kind=kind, params=params)) == words


def test_where_is_told_by_names_not_codes(visitor, town, version, at) -> None:
    place = Place.objects.get(code=f"G-{town.region}")
    Room.objects.create(
        code="R-1", name="Ruang tunggu", place=place, unit=town, floor="2", capacity=20
    )
    half = {"kind": "room", "max_share": "50%"}
    circular = enact(
        at,
        {**half, "article": "1", "scope": {"place": place.code, "floor": "1"}},
        {**half, "article": "2", "scope": {"room": "R-1"}},
        {"kind": "suspension", "article": "3", "scope": {"services": [version.code]}},
    )
    told = visitor.get(f"/circulars/{circular.code}/").context["articles"]
    assert [one.where for one in told] == [
        f"{place.name} · lantai 1",
        f"Ruang tunggu, {town.name}",
        version.service.title.id,
    ]


def test_every_kind_of_provision_can_be_told() -> None:
    schema = form.Circular.model_json_schema()
    kinds = set(schema["properties"]["provisions"]["items"]["discriminator"]["mapping"])
    assert set(SAID) == kinds
