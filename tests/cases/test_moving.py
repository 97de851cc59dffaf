"""Steps: each one by whom, from where to where, with what, and what it brings about."""

from datetime import date, timedelta

import pytest

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case, Pause
from loket.cases.rules import transitions
from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from loket.messaging.models import Message
from tests.conftest import employ
from tests.factories import cases as factory

CHILD = {"child_nik": "3174045002260002"}


def act(case, action, actor, at, **said):
    return cases.move(case=case, action=action, actor=actor, at=at, **said)


def give_back(case, budi, at, *questions):
    cases.claim(case=case, actor=budi, at=at)
    return act(
        case, "return", budi, at, reason="unreadable", words="Bagian bawah gelap.",
        questions=questions or ("birth_letter",),
    )  # fmt: skip


def verify(case, budi, at):
    cases.claim(case=case, actor=budi, at=at)
    return act(case, "verify", budi, at, fields=CHILD)


def test_an_officer_verifies_with_what_the_step_asks(case, budi, at):
    verify(case, budi, at)

    stored = Case.objects.get()
    assert (stored.state, stored.state_kind) == ("awaiting_signature", "head")
    assert stored.added == CHILD
    assert stored.verified_by.username == "budi"
    assert stored.holder is None
    entry = Entry.objects.get(name="case.verified")
    assert (entry.facts["source"], entry.facts["target"]) == ("submitted", "awaiting_signature")
    assert CHILD["child_nik"] not in str(entry.facts)


def test_a_step_that_asks_is_refused_by_field_without_it(case, budi, at):
    cases.claim(case=case, actor=budi, at=at)

    with pytest.raises(Invalid) as refusal:
        act(case, "verify", budi, at, fields={"child_nik": "12"})

    assert list(refusal.value.fields) == ["child_nik"]
    assert Case.objects.get().state == "submitted"


def test_an_officer_works_only_on_what_he_holds(case, budi, at):
    with pytest.raises(Conflict):
        act(case, "verify", budi, at, fields=CHILD)
    cases.claim(case=case, actor=budi, at=at)
    with pytest.raises(Conflict):
        act(case, "verify", budi, at + timedelta(minutes=31), fields=CHILD)


def test_an_officer_elsewhere_may_do_nothing(case, citra, at):
    with pytest.raises(NotAllowed):
        cases.claim(case=case, actor=citra, at=at)
    for action, said in [
        ("verify", {"fields": CHILD}),
        ("return", {"reason": "unreadable", "questions": ("birth_letter",)}),
        ("refuse", {"reason": "mismatch"}),
    ]:
        with pytest.raises(NotAllowed):
            act(case, action, citra, at, **said)
    with pytest.raises(NotFound):
        queries.get(code=case.code, actor=citra)


def test_an_applicant_may_not_take_the_steps_of_staff(case, ayu, at):
    for action in ("verify", "return", "refuse"):
        with pytest.raises(NotAllowed):
            act(case, action, ayu, at)


def test_a_return_names_a_reason_from_the_list_and_what_to_mend(case, budi, at):
    cases.claim(case=case, actor=budi, at=at)
    for said, field in [
        ({"questions": ("birth_letter",)}, "reason"),
        ({"reason": "because", "questions": ("birth_letter",)}, "reason"),
        ({"reason": "unreadable"}, "questions"),
        ({"reason": "unreadable", "questions": ("nothing",)}, "questions"),
        (
            {"reason": "unreadable", "questions": ("sex",), "words": "x" * 1001},
            "words",
        ),
    ]:
        with pytest.raises(Invalid) as refusal:
            act(case, "return", budi, at, **said)
        assert list(refusal.value.fields) == [field]
    assert Case.objects.get().state == "submitted"


def test_a_return_stops_the_clock_and_tells_the_applicant(case, budi, at):
    give_back(case, budi, at)

    assert case.state == "returned"
    assert case.returned == {
        "reason": "unreadable",
        "words": "Bagian bawah gelap.",
        "questions": ["birth_letter"],
        "mended": [],
        "before": {},
    }
    assert Pause.objects.get().ends_at is None
    message = Message.objects.get(notice="case_returned")
    assert "Foto ulang." in message.body
    assert "Bagian bawah gelap." in message.body
    assert queries.clock(case=case, at=at).is_paused


def test_words_of_officers_lose_the_numbers_of_persons(case, budi, at):
    cases.claim(case=case, actor=budi, at=at)
    act(
        case, "return", budi, at, reason="mismatch", questions=("mother",),
        words="NIK 3174045203950001 berbeda.",
    )  # fmt: skip

    told = Message.objects.get(notice="case_returned").body
    kept = str(Entry.objects.get(name="case.returned").facts)
    assert "3174045203950001" not in told + kept
    assert "berbeda." in told


def test_a_case_is_refused_with_a_reason_and_closed(case, budi, at):
    cases.claim(case=case, actor=budi, at=at)
    act(case, "refuse", budi, at + timedelta(minutes=5), reason="mismatch", words="Bukan Anda.")

    stored = Case.objects.get()
    assert (stored.state, stored.closed_at) == ("refused", at + timedelta(minutes=5))
    closed = Entry.objects.get(name="case.closed").facts
    assert (closed["outcome"], closed["working_days"], closed["in_time"]) == (
        "refused",
        0,
        True,
    )
    assert Message.objects.filter(notice="case_refused").count() == 1
    with pytest.raises(Conflict):
        act(case, "refuse", budi, at, reason="mismatch")


def test_a_head_sends_a_case_back_to_be_checked_again(case, budi, dewi, at):
    verify(case, budi, at)
    act(case, "send_back", dewi, at)

    stored = Case.objects.get()
    assert (stored.state, stored.verified_by) == ("submitted", None)


def test_an_officer_may_not_take_the_steps_of_a_head(case, budi, at):
    verify(case, budi, at)

    with pytest.raises(NotAllowed):
        act(case, "send_back", budi, at)


def test_a_head_waits_while_a_colleague_holds_the_case(case, budi, dewi, at):
    verify(case, budi, at)
    cases.claim(case=case, actor=budi, at=at)

    with pytest.raises(Conflict):
        act(case, "send_back", dewi, at)


def test_a_step_that_is_not_offered_here_is_a_conflict(case, dewi, at):
    with pytest.raises(Conflict):
        act(case, "send_back", dewi, at)
    with pytest.raises(Invalid):
        act(case, "no_such_step", dewi, at)


def test_a_case_moved_meanwhile_is_a_conflict(case, ayu, budi, at):
    cases.claim(case=case, actor=budi, at=at)
    seen_by_budi = queries.get(code=case.code, actor=budi)
    cases.withdraw(case=case, actor=ayu, at=at)

    with pytest.raises(Conflict):
        act(seen_by_budi, "verify", budi, at, fields=CHILD)

    assert Case.objects.get().state == "withdrawn"


def test_signing_and_sending_again_have_their_own_ways(case, ayu, budi, dewi, at):
    verify(case, budi, at)
    with pytest.raises(Invalid):
        act(case, "sign", dewi, at)


def test_an_applicant_withdraws_an_own_case_only(case, ayu, budi, at):
    other = factory.another_resident(at)
    with pytest.raises(NotFound):
        cases.withdraw(case=case, actor=other, at=at)
    with pytest.raises(NotFound):
        cases.withdraw(case=case, actor=budi, at=at)

    cases.withdraw(case=case, actor=ayu, at=at)

    assert Case.objects.get().state == "withdrawn"
    assert Entry.objects.get(name="case.closed").facts["outcome"] == "withdrawn"
    with pytest.raises(Conflict):
        cases.withdraw(case=case, actor=ayu, at=at)


def test_a_returned_case_lapses_after_ninety_days(case, budi, system, at):
    give_back(case, budi, at)

    assert cases.lapse_returned(actor=system, at=at + timedelta(days=89)) == 0
    assert cases.lapse_returned(actor=system, at=at + timedelta(days=91)) == 1

    stored = Case.objects.get()
    assert stored.state == "lapsed"
    assert Pause.objects.get().ends_at == stored.closed_at
    assert Entry.objects.get(name="case.closed").facts["working_days"] == 0
    assert case.code in Message.objects.get(notice="ended").body


def test_days_with_the_applicant_make_nobody_late(case, ayu, budi, at):
    give_back(case, budi, at)

    cases.withdraw(case=case, actor=ayu, at=at + timedelta(days=60))

    closed = Entry.objects.get(name="case.closed").facts
    assert (closed["working_days"], closed["in_time"]) == (0, True)


def test_nobody_takes_the_systems_steps_by_hand(case, budi, dewi, eka, at):
    give_back(case, budi, at)

    for actor in (budi, dewi, eka, Actor.visitor()):
        with pytest.raises(NotAllowed):
            act(case, "lapse", actor, at)


def test_a_card_waits_for_the_applicant_is_printed_and_collected(
    version, ayu, budi, at, kelurahan
):
    factory.publish(factory.card_service(), at=at)
    case = factory.case(ayu, at=at, code="TEST-CARD")

    def step(action, when):
        cases.claim(case=case, actor=budi, at=when)
        act(case, action, budi, when)

    step("verify", at)
    assert queries.clock(case=case, at=at).is_paused
    step("recorded", at + timedelta(days=2))
    # Tuesday and Wednesday began while the applicant was awaited.
    assert Case.objects.get().due_on == date(2026, 3, 9)
    assert queries.pickup_facts(case) is None
    step("print_done", at + timedelta(days=3))
    assert queries.pickup_facts(case)["holder_name"] == "Melati Ayu Lestari"
    step("collected", at + timedelta(days=3))
    assert queries.pickup_facts(case) is None

    assert Case.objects.get().state == "collected"
    told = set(Message.objects.values_list("notice", flat=True))
    assert told == {"case_received", "case_waiting", "case_ready"}


def test_every_step_leads_where_the_definition_says(version):
    service = version.service
    for state in service.workflow.states:
        for action in service.workflow.offered(state.name):
            step = transitions.step(service, state=state.name, action=action.name)
            assert (step.source.name, step.target.name) == (state.name, action.target)


def test_the_verifier_may_not_sign_even_when_promoted(case, budi, kelurahan, at):
    verify(case, budi, at)
    both = Actor(budi.ref, budi.name, budi.grants | {("cases.sign", kelurahan.path)})

    with pytest.raises(NotAllowed):
        cases.sign(case=case, passphrase="whatever it is", actor=both, at=at)


def test_the_head_of_a_city_may_act_below(case, budi, at, kelurahan):
    verify(case, budi, at)
    branch = kelurahan.parent.parent
    head = employ("fajar", "Fajar Hidayat", branch, "head", "Kepala Sudin", at)

    act(case, "send_back", head, at)

    assert Case.objects.get().state == "submitted"
