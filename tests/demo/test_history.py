from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import pytest

from loket.cases import queries as cases
from loket.cases.models import Case
from loket.demo import cast, history, roles, samples
from loket.demo.history import telling
from loket.demo.history.plots import plots
from loket.demo.papers import KINDS, Look, draw, facts_of
from loket.documents.models import Document
from loket.documents.queries import verify_code
from loket.files.rules.inspect import inspect
from loket.insight import queries as insight
from loket.jobs.models import Job
from loket.journal.models import Entry
from loket.kernel.identifiers import kk, nik
from loket.messaging.models import Message

from .conftest import CASES

NUMBERS = re.compile(r"\b\d{16}\b")


def silent(_done, _total):
    pass


def outline():
    rows = Case.objects.order_by("submitted_at", "contact__email")
    return list(
        rows.values_list(
            "contact__email", "service_code", "state", "title", "submitted_at", "due_on"
        )
    )


def test_history_repeats_itself_and_grows_only_as_far_as_asked(told, settings):
    first = outline()
    assert len(first) == CASES + 1
    before = Entry.objects.count()
    again = history.fill(cases=CASES, seed=7, at=told, progress=silent)
    assert (again.added, again.known, Entry.objects.count()) == (0, CASES, before)
    more = history.fill(cases=CASES + 2, seed=7, at=told, progress=silent)
    assert (more.added, more.known) == (2, CASES)


def test_plots_are_the_same_for_the_same_seed(government):
    hours, until = telling.hours_of(government), telling.midnight(government)
    made = [
        list(plots(seed=seed, numbers=range(40), hours=hours, until=until))
        for seed in (7, 7, 8)
    ]
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_history_leaves_nothing_undone(told):
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert not Message.objects.filter(sent_at__gt=told).exists()


def test_journal_messages_and_lists_hold_no_nik(told):
    words = [str(entry.facts) for entry in Entry.objects.all()]
    words += [f"{m.title} {m.body}" for m in Message.objects.all()]
    words += list(Case.objects.values_list("title", flat=True))
    assert [NUMBERS.findall(text) for text in words if NUMBERS.search(text)] == []


def test_timeline_journal_and_figures_agree(told):
    everybody = cast.SYSTEM
    figures = insight.figures(
        unit_path="/31/",
        since=history.begins(told),
        until=told,
        actor=everybody,
        at=told,
    )
    names = Counter(
        Entry.objects.filter(subject__startswith="case:").values_list("name", flat=True)
    )
    assert figures.counts == {f: names[name] for f, name in insight.COUNTED.items()}
    assert figures.counts["received"] == Case.objects.count()
    assert figures.counts["closed"] == Case.objects.exclude(closed_at=None).count()
    for case in Case.objects.select_related("service_version"):
        steps = [e.facts["target"] for e in Entry.objects.filter(subject=case.subject).order_by("id")
                 if "target" in e.facts]  # fmt: skip
        assert (steps or ["submitted"])[-1] == case.state
        at = [line.at for line in cases.timeline(case=case)]
        assert at in (sorted(at), sorted(at, reverse=True))


def test_offices_work_only_when_they_are_open(told):
    acts = Entry.objects.filter(
        name__in=["case.claimed", "case.verified", "case.signed", "case.refused"]
    )
    local = [entry.at + timedelta(hours=7) for entry in acts]
    assert {moment.weekday() for moment in local} <= {0, 1, 2, 3, 4}
    assert {7 <= moment.hour < 17 for moment in local} == {True}


def test_pejaten_barat_has_something_of_everything(told):
    unit = f"{roles.HOME}-DUKCAPIL"
    states = Counter(Case.objects.filter(unit__code=unit).values_list("state", flat=True))
    assert states["submitted"] >= 8
    assert states["awaiting_signature"] >= 5
    waiting = {"returned", "in_printing", "ready_for_pickup", "awaiting_biometrics"}
    assert waiting <= set(states)
    open_ = Case.objects.filter(unit__code=unit, state="submitted")
    assert open_.filter(due_on__lt=told.date()).count() >= 2
    twins = Counter(open_.values_list("duplicate_key", flat=True))
    assert sorted(n for n in twins.values() if n > 1) == [2]


def test_certificates_verify_as_what_became_of_them(told):
    found = {d.state: verify_code(d.code).state for d in Document.objects.all()}
    assert found == {"valid": "valid", "superseded": "superseded", "revoked": "revoked"}


def test_numbers_of_people_are_well_formed_and_look_invented(told):
    numbers = {n for case in Case.objects.all() for n in NUMBERS.findall(str(case.answers))}
    assert numbers
    assert [n for n in numbers if nik.problems(n) and kk.problems(n)] == []
    assert {n[12] for n in numbers} == {"9"}


def test_ayu_has_one_finished_case(told):
    mine = Case.objects.get(contact__email=roles.RESIDENT_EMAIL)
    assert (mine.service_code, mine.state) == ("KK-LOST", "issued")


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("look", list(Look))
def test_papers_are_small_and_accepted(kind, look):
    paper = draw(kind, facts_of(kind, samples.STORY), look)
    assert len(paper) < 45_000
    assert inspect(paper, f"{kind}.jpg").outcome != "refused"


def test_samples_are_accepted(government):
    folder = samples.write(on=government.date())
    verdicts = {p.name: inspect(p.read_bytes(), p.name).outcome for p in folder.iterdir()}
    assert set(verdicts) == {
        "surat-kelahiran.jpg", "buku-nikah.pdf", "kartu-keluarga.jpg", "kartu-keluarga-buram.jpg"
    }  # fmt: skip
    assert "refused" not in verdicts.values()
