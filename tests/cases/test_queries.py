"""Who sees what: one case, lists, status by code, looks, timelines."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case
from loket.journal import queries as journal
from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Invalid, NotFound
from loket.people import queries as people
from tests.factories import cases as factory

UNKNOWN = "0000000-0"


def refusal_of(question, **asked):
    with pytest.raises(NotFound) as refusal:
        question(**asked)
    return str(refusal.value)


def test_an_officer_sees_the_cases_of_his_unit_only(case, budi, citra, dewi, at):
    assert queries.get(code=case.code, actor=budi) == case
    assert queries.get(code=case.code.lower(), actor=dewi) == case
    assert list(queries.visible_to(citra)) == []


def test_forbidden_and_unknown_are_answered_alike(case, ayu, citra, at):
    other = factory.another_resident(at)
    answers = {
        refusal_of(queries.get, code=case.code, actor=citra),
        refusal_of(queries.get, code=case.code, actor=ayu),
        refusal_of(queries.get, code=UNKNOWN, actor=citra),
        refusal_of(queries.own, code=case.code, actor=other),
        refusal_of(queries.own, code=UNKNOWN, actor=ayu),
        refusal_of(queries.own, code=case.code, actor=Actor.visitor()),
    }

    assert len(answers) == 1


def test_a_resident_sees_an_own_case(case, ayu):
    assert queries.own(code=case.code, actor=ayu) == case
    assert list(queries.cases_of(ayu)) == [case]


@pytest.mark.parametrize("typed", ["ayu@warga.example", " AYU@warga.example "])
def test_status_is_found_by_code_and_contact(case, typed):
    assert queries.by_code_and_contact(code=case.code, contact=typed) == case


def test_status_says_the_same_of_a_wrong_code_and_a_wrong_contact(case):
    answers = {
        refusal_of(queries.by_code_and_contact, code=UNKNOWN, contact="ayu@warga.example"),
        refusal_of(queries.by_code_and_contact, code=case.code, contact="budi@warga.example"),
        refusal_of(queries.by_code_and_contact, code=case.code, contact=""),
        refusal_of(queries.by_code_and_contact, code=case.code, contact="ä"),
    }

    assert len(answers) == 1


def test_status_is_one_query(case, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.by_code_and_contact(code=case.code, contact="ayu@warga.example")
        assert found.service_version.service.title.id == "Akta kelahiran"


def test_the_worklist_shows_what_is_due_first(version, budi, citra, at):
    late, soon, _last = factory.file_many(3, at=at)
    Case.objects.filter(pk=late.pk).update(due_on=date(2026, 3, 20))
    Case.objects.filter(pk=soon.pk).update(due_on=date(2026, 3, 3))

    first = queries.worklist(actor=budi, limit=2, at=at)
    rest = queries.worklist(actor=budi, limit=2, after=first.after, at=at)

    assert [c.due_on for c in (*first.cases, *rest.cases)] == [
        date(2026, 3, 3),
        date(2026, 3, 5),
        date(2026, 3, 20),
    ]
    assert rest.after == ""
    assert queries.worklist(actor=citra, at=at).cases == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_worklist_costs_two_queries_whatever_its_length(
    version, budi, at, rows, django_assert_num_queries
):
    factory.file_many(rows, at=at)

    with django_assert_num_queries(2):
        found = queries.worklist(actor=budi, at=at)
        shown = [(c.service_version.service.title, c.unit.name) for c in found.cases]
    assert len(shown) == rows


def test_tabs_divide_the_cases_by_who_must_act(version, ayu, budi, dewi, at):
    mine, free = factory.file_many(2, at=at)
    cases.claim(case=mine, actor=budi, at=at)
    withdrawn = factory.case(ayu, at=at, child_name="Anak Lain")
    cases.withdraw(case=withdrawn, actor=ayu, at=at)

    def listed(tab):
        return {c.code for c in queries.worklist(actor=budi, tab=tab, at=at).cases}

    assert listed("officer") == {mine.code, free.code}
    assert listed("mine") == {mine.code}
    assert listed("closed") == {withdrawn.code}
    assert listed("head") == set()
    assert queries.counts(actor=budi, at=at) == {
        "officer": "2",
        "mine": "1",
        "head": "0",
        "resident": "0",
        "waiting": "0",
    }
    with pytest.raises(Invalid):
        queries.worklist(actor=budi, tab="all", at=at)


def test_counts_end_at_ninety_nine(case, budi, at):
    fields = {f.name: getattr(case, f.name) for f in Case._meta.concrete_fields}
    fields.pop("id")
    Case.objects.bulk_create(Case(**fields | {"code": f"C{n}"}) for n in range(101))

    assert queries.counts(actor=budi, at=at)["officer"] == "99+"


def test_who_sees_no_unit_finds_empty_lists(case, eka, at):
    assert queries.worklist(actor=eka, at=at).cases == []
    assert set(queries.counts(actor=eka, at=at).values()) == {"0"}


def test_endless_words_find_nothing(case, budi, at):
    assert queries.worklist(actor=budi, words="a" * 60_000, at=at).cases == []


def test_a_page_that_was_never_given_out_is_refused(case, budi, at):
    for after in ("x", "2026-03-05", "2026-03-05~x"):
        with pytest.raises(Invalid):
            queries.worklist(actor=budi, after=after, at=at)


def test_worklist_finds_by_code_and_by_words_what_may_be_seen(case, budi, citra, at):
    for words in (case.code, case.code.lower(), "lestari", "MELATI"):
        assert queries.worklist(actor=budi, words=words, at=at).cases == [case]
        assert queries.worklist(actor=citra, words=words, at=at).cases == []
    assert queries.worklist(actor=budi, words="tidak ada", at=at).cases == []


def test_the_same_child_reported_twice_is_shown_wherever_it_was_filed(
    version, ayu, budi, elsewhere, at
):
    far = factory.case(ayu, at=at, address={"region": "31.73.01.1001", "street": "Jl. Jauh 1"})
    near = factory.case(ayu, at=at, child_name="MELATI  Ayu Lestari")

    found = queries.duplicates(case=near, actor=budi)

    assert far.unit == elsewhere
    assert [(d.case, d.is_open_to_actor) for d in found] == [(far, False)]


def test_another_child_of_the_mother_is_no_duplicate(version, ayu, budi, at):
    factory.case(ayu, at=at, birth_order=1)
    twin = factory.case(ayu, at=at, birth_order=2)

    assert queries.duplicates(case=twin, actor=budi) == []


def test_every_look_of_staff_is_kept_and_the_resident_reads_it(case, ayu, budi, dewi, at):
    paper = queries.attachments(case).get()
    cases.look(case=case, reason="handling", actor=budi, at=at)
    cases.look_at_file(case=case, attachment=paper, actor=budi, at=at)
    cases.look(
        case=case, reason="other", words="Ditanya Ombudsman.", actor=dewi,
        at=at + timedelta(hours=1),
    )  # fmt: skip

    with override("en"):
        read = queries.lookers(resident=people.resident_of(ayu))

    assert [(look.who, look.reason, look.words, look.what) for look in read] == [
        ("Dewi Anggraini", "Another reason", "Ditanya Ombudsman.", ""),
        ("Budi Santoso", "To handle the application", "", "birth_letter (en)"),
        ("Budi Santoso", "To handle the application", "", ""),
    ]
    assert {(look.unit, look.case) for look in read} == {("Satpel Pejaten Barat", case.code)}


def test_a_look_needs_a_reason_and_the_right_to_look(case, budi, citra, ayu, at):
    for reason, words in [("", ""), ("curious", ""), ("other", " ")]:
        with pytest.raises(Invalid):
            cases.look(case=case, reason=reason, words=words, actor=budi, at=at)
    for actor in (citra, ayu):
        with pytest.raises(NotFound):
            cases.look(case=case, reason="handling", actor=actor, at=at)
    assert not Entry.objects.filter(name="case.viewed").exists()


def test_a_look_is_a_look_at_the_duplicates_shown_beside_it(version, ayu, budi, at):
    first = factory.case(ayu, at=at)
    second = factory.case(ayu, at=at, child_name="Melati")

    cases.look(case=second, reason="handling", actor=budi, at=at)

    seen = Entry.objects.filter(name="case.viewed").order_by("id")
    assert [(e.subject, e.facts["reason"]) for e in seen] == [
        (second.subject, "handling"),
        (first.subject, "duplicate"),
    ]


def test_the_applicant_reads_steps_without_names_staff_read_all(case, ayu, budi, at):
    cases.look(case=case, reason="handling", actor=budi, at=at)
    cases.claim(case=case, actor=budi, at=at)
    cases.move(
        case=case, action="return", reason="unreadable", words="Gelap.",
        questions=("birth_letter",), actor=budi, at=at,
    )  # fmt: skip

    with override("id"):
        read = queries.timeline(case=case)
    with override("en"):
        staff = queries.history(case=case)

    assert [(line.name, line.label, line.who) for line in read] == [
        ("case.submitted", read[0].label, ""),
        ("case.returned", "return done", ""),
    ]
    assert (read[1].reason, read[1].words, read[1].questions) == (
        "Foto ulang.", "Gelap.", ("birth_letter",),
    )  # fmt: skip
    assert [(line.name, line.who) for line in staff] == [
        ("case.submitted", "Ayu Lestari"),
        ("case.viewed", "Budi Santoso"),
        ("case.claimed", "Budi Santoso"),
        ("case.returned", "Budi Santoso"),
    ]
    assert staff[3].label == "return done (en)"


def test_timeline_and_audit_trail_are_the_same_rows(case, ayu, at):
    cases.withdraw(case=case, actor=ayu, at=at)

    audit = [(e.at, e.name) for e in journal.about(case.subject)]
    read = [(line.at, line.name) for line in queries.timeline(case=case)]

    assert read == [row for row in audit if row[1] != "case.closed"]


def test_the_clock_shows_each_day_with_its_number(case, at):
    face = queries.clock(case=case, at=at + timedelta(days=1))

    assert [(d.on.day, d.number) for d in face.days] == [(3, 1), (4, 2), (5, 3)]
    assert (face.counted, face.left, face.working_days) == (1, 2, 3)
    assert not face.is_late(date(2026, 3, 5))
    assert face.is_late(date(2026, 3, 6))
