"""What each service accepts and refuses, by the rules that it names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from loket.catalogue.rules import flow

from .samples import ON, definition, judged, paper, sample, step


@pytest.mark.parametrize(
    ("on", "effects"), [(date(2020, 3, 1), ()), (date(2020, 3, 2), ("late",))]
)
def test_birth_is_late_after_sixty_days_and_not_refused(
    on: date, effects: tuple[str, ...]
) -> None:
    checked = judged("BIRTH", on=on, child_birth_date="2020-01-01", marriage_date="2018-08-20")
    assert (checked.errors, checked.effects) == ({}, effects)


@pytest.mark.parametrize(
    ("on", "effects"), [(date(2026, 3, 16), ()), (date(2026, 3, 17), ("late",))]
)
def test_death_is_late_after_thirty_days_and_not_refused(
    on: date, effects: tuple[str, ...]
) -> None:
    checked = judged("DEATH", on=on)
    assert checked.errors == {}
    assert checked.effects == effects
    assert set(checked.warnings) == ({"death_date"} if effects else set())


@pytest.mark.parametrize(
    ("circumstances", "accepted"),
    [
        ("ordinary", {"doctor_letter", "lurah_letter"}),
        ("missing", {"court_decision"}),
        ("flight", {"court_decision", "airline_statement"}),
        ("abroad", {"mission_letter"}),
    ],
)
def test_death_is_proved_by_what_the_circumstances_allow(
    circumstances: str, accepted: set[str]
) -> None:
    papers = {a.value for a in definition("DEATH").question("death_proof").alternatives}
    for value in papers:
        checked = judged("DEATH", circumstances=circumstances, death_proof=paper(value))
        wrong = set() if value in accepted else {"death_proof.alternative"}
        assert set(checked.errors) == wrong, value


def test_death_of_an_unknown_person_asks_neither_nik_nor_birth() -> None:
    changes = dict.fromkeys(
        (
            "deceased_nationality", "is_resident", "deceased_nik", "deceased_birth_date",
            "deceased_birth_place", "birth_order", "father_name", "mother_name", "deceased_id",
        ),
        ...,
    )  # fmt: skip
    checked = judged(
        "DEATH",
        **changes,
        circumstances="unidentified",
        deceased_name="Tidak dikenal",
        death_proof=paper("police_letter"),
    )
    assert checked.errors == {}


def test_death_of_a_foreigner_needs_the_passport() -> None:
    assert judged("DEATH", is_resident=False).errors.keys() == {"passport"}


def test_death_before_birth_and_in_the_future_are_refused() -> None:
    assert judged("DEATH", deceased_birth_date="2026-02-15").errors.keys() == {
        "deceased_birth_date"
    }
    assert "death_date" in judged("DEATH", death_date="2026-03-03").errors


def test_nik_that_disagrees_is_a_warning() -> None:
    checked = judged("DEATH", deceased_sex="female")
    assert checked.errors == {}
    assert checked.warnings.keys() == {"deceased_nik"}


@pytest.mark.parametrize(
    ("reason", "missing"),
    [
        ("moved_in", {"proof.alternative", "consent"}),
        ("from_abroad", {"proof.alternative", "consent"}),
        (
            "lodging",
            {"proof.alternative", "consent", "lodging_guarantee", "guarantor_papers"},
        ),
    ],
)
def test_family_card_needs_the_papers_of_the_reason(reason: str, missing: set[str]) -> None:
    assert judged("KK-ADD", reason=reason).errors.keys() == missing


def test_guarantor_shows_two_papers() -> None:
    papers = {
        "proof": paper("skpwni"),
        "consent": paper("consent"),
        "lodging_guarantee": paper("guarantee"),
    }
    one = judged("KK-ADD", reason="lodging", guarantor_papers=paper("guarantor"), **papers)
    two = paper("guarantor", "kk.jpg", "ktp.jpg")
    assert one.errors.keys() == {"guarantor_papers.files"}
    assert judged("KK-ADD", reason="lodging", guarantor_papers=two, **papers).errors == {}


@pytest.mark.parametrize("code", ["KK-ADD", "KK-LOST"])
def test_family_card_refuses_nobody_and_the_same_person_twice(code: str) -> None:
    first = sample(code)["members"][0]
    assert judged(code, members=[]).errors.keys() == {"members"}
    assert judged(code, members=[first, first]).errors.keys() == {"members.1.nik"}


def test_foreigner_on_the_family_card_needs_a_stay_permit() -> None:
    members = sample("KK-LOST")["members"]
    members[1]["nationality"] = "wna"
    checked = judged("KK-LOST", members=members, has_foreigner=True)
    assert checked.errors.keys() == {"members.1.stay_permit", "stay_permit"}


@pytest.mark.parametrize(
    ("code", "damaged"), [("KK-LOST", "damaged_card"), ("KTP-LOST", "damaged_card")]
)
def test_lost_needs_the_police_and_damaged_needs_the_card(code: str, damaged: str) -> None:
    assert judged(code, police_letter=...).errors.keys() == {"police_letter"}
    assert judged(code, cause="damaged").errors.keys() == {damaged}
    mended = judged(code, cause="damaged", police_letter=..., damaged_card=paper(damaged))
    assert mended.errors == {}


def test_officer_supplies_the_number_of_a_lost_family_card() -> None:
    service = definition("KK-LOST")
    assert [q.name for q in step(service, "verify").asks] == ["kk_number"]
    assert service.output("family_card").facts["kk"] == "kk_number"


@pytest.mark.parametrize(
    ("born", "errors"),
    [("2009-03-02", set()), ("2009-03-03", {"ever_married"})],
)
def test_new_card_is_for_seventeen_years_and_more(born: str, errors: set[str]) -> None:
    nik = f"317404{int(born[8:]) + 40}{born[5:7]}{born[2:4]}0006"
    checked = judged("KTP-NEW", holder_birth_date=born, holder_nik=nik)
    assert set(checked.errors) == errors


def test_married_person_under_seventeen_gets_a_card_with_proof() -> None:
    changes = {"holder_birth_date": "2009-08-23", "holder_nik": "3174046308090006"}
    married = {"ever_married": True, "marriage_date": "2026-02-20"} | changes
    assert judged("KTP-NEW", **married).errors.keys() == {"marriage_proof"}
    proved = judged("KTP-NEW", **married, marriage_proof=paper("marriage_book"))
    assert (proved.errors, proved.effects) == ({}, ())


@pytest.mark.parametrize(
    ("on", "effects"), [(date(2026, 3, 9), ()), (date(2026, 3, 10), ("late",))]
)
def test_new_card_is_late_fourteen_days_after_turning_seventeen(
    on: date, effects: tuple[str, ...]
) -> None:
    checked = judged("KTP-NEW", on=on)
    assert (checked.errors, checked.effects) == ({}, effects)


def test_new_card_waits_for_the_recording_in_person() -> None:
    service = definition("KTP-NEW")
    state = service.workflow.state("awaiting_biometrics")
    assert service.presence == "biometrics"
    assert (state.kind, state.clock) == ("waiting", "paused")
    assert step(service, "verify").notice == "recording_needed"
    assert [q.name for q in step(service, "recorded").asks] == ["recorded_on"]


def test_lost_card_is_not_printed_with_changed_data() -> None:
    assert judged("KTP-LOST", same_data=False).errors.keys() == {"same_data"}


@pytest.mark.parametrize(
    ("born", "photo", "errors"),
    [
        ("2021-03-03", ..., set()),
        ("2021-03-02", ..., {"photo"}),
        ("2021-03-02", paper("photo"), set()),
        ("2009-03-03", paper("photo"), set()),
        ("2009-03-02", paper("photo"), {"child_birth_date"}),
    ],
    ids=["4y364d", "5y without photo", "5y", "17y less a day", "17y"],
)
def test_child_card_by_age(born: str, photo: Any, errors: set[str]) -> None:
    nik = f"317404{int(born[8:]) + 40}{born[5:7]}{born[2:4]}0003"
    checked = judged(
        "KIA-NEW", child_birth_date=born, child_nik=nik, photo=photo, ever_married=False
    )
    assert set(checked.errors) == errors


def test_small_child_needs_no_photo_and_is_not_asked_about_marriage() -> None:
    asked = flow.visible(
        definition("KIA-NEW"), sample("KIA-NEW", child_birth_date="2021-03-03"), ON
    )
    assert {"photo", "ever_married"} & {q.name for q in asked} == set()


def test_married_child_is_sent_to_the_new_identity_card() -> None:
    checked = judged(
        "KIA-NEW",
        child_birth_date="2009-08-27",
        child_nik="3174046708090003",
        ever_married=True,
    )
    assert checked.errors.keys() == {"ever_married"}


@pytest.mark.parametrize("kind", ["same_city", "abroad"])
def test_moving_letter_is_only_for_another_city(kind: str) -> None:
    assert judged("MOVE-OUT", destination_kind=kind).errors.keys() == {"destination_kind"}


def test_moving_letter_needs_the_family_card_and_nothing_else() -> None:
    papers = [
        q.name
        for q in flow.visible(definition("MOVE-OUT"), sample("MOVE-OUT"), ON)
        if q.kind == "document"
    ]
    assert papers == ["family_card"]


def test_moving_letter_asks_about_those_who_stay() -> None:
    assert judged("MOVE-OUT", move_kind="head").errors.keys() == {"staying_card"}
    assert judged("MOVE-OUT", movers=[]).errors.keys() == {"movers"}
