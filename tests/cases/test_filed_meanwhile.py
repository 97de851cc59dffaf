"""A case that is filed while the law changes: neither missed nor moved twice."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from loket.cases import handlers
from loket.cases import services as cases
from loket.cases.models import Case, DueMove
from loket.cases.services import rescheduling, submitting
from loket.jobs.models import Job
from loket.messaging.models import Message
from loket.policies import queries as law_now
from loket.policies import services as policies
from tests.factories import cases as factory
from tests.factories import policies as law

from .conftest import STOPPED, THREE_DAYS

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = date(2026, 3, 5), date(2026, 3, 10)
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
HAS_ONE_WRITER = connection.vendor == "sqlite"


class Beside(threading.Thread):
    """Something that is done at the same time, by somebody else."""

    def __init__(self, act):
        super().__init__()
        self.act = act
        self.start()

    def run(self):
        try:
            self.act()
        finally:
            connection.close()

    def until_it_waits(self):
        """Wait until it waits for somebody's lock itself; SQLite has nobody to ask."""
        while not HAS_ONE_WRITER and self.is_alive():
            with connection.cursor() as cursor:
                cursor.execute(WAITS)
                if cursor.fetchone() != (0,):
                    return

    def finished(self):
        self.join(30)
        assert not self.is_alive()


class Halt:
    """A place where one who comes by waits, until it is told to go on."""

    def __init__(self, monkeypatch, module, name):
        self.reached, self.go, act = threading.Event(), threading.Event(), getattr(module, name)

        def stop(*args, **kwargs):
            done = act(*args, **kwargs)
            self.reached.set()
            assert self.go.wait(30)
            return done

        monkeypatch.setattr(module, name, stop)


def jobs(task):
    return [job.arguments["kwargs"] for job in Job.objects.filter(task=task).order_by("pk")]


def do(task, act, at):
    for given in jobs(task):
        act(**given, actor=factory.SYSTEM, at=at)


def due():
    return [case.due_on for case in Case.objects.order_by("pk")]


@pytest.fixture
def enacting(version, eka, gita, at):
    """Return what enacts a circular that stops clocks from Wednesday to Friday."""
    row = law.draft(law.written(STOPPED, effective=THREE_DAYS), actor=eka, at=at)
    made = policies.simulate(circular=row, actor=eka, at=at)
    return lambda: policies.enact(circular=row, simulation=made, actor=gita, at=at)


def test_who_files_while_the_law_changes_is_counted_again_and_told_once(
    enacting, ayu, draft, at, monkeypatch
):
    """The change has counted all cases that it can see, and is not done yet."""
    halt = Halt(monkeypatch, handlers, "reschedule")
    change = Beside(enacting)
    assert halt.reached.wait(30)
    filing = Beside(lambda: cases.submit(draft=draft, actor=ayu, at=at))
    if HAS_ONE_WRITER:
        halt.go.set()
        filing.finished()
    else:
        filing.finished()  # It waits for nobody, and goes by the old law.
        assert due() == [OLD]
        again = Beside(lambda: do(rescheduling.COUNT_AGAIN, cases.count_again, at))
        again.until_it_waits()
        halt.go.set()
        again.finished()
    change.finished()

    assert due() == [NEW]
    assert len(jobs(rescheduling.COUNT_AGAIN)) == len(DueMove.objects.all())
    do(rescheduling.COUNT_AGAIN, cases.count_again, at)
    do(rescheduling.TELL, cases.tell_due_moves, at + timedelta(minutes=10))
    do(rescheduling.TELL, cases.tell_due_moves, at + timedelta(minutes=10))
    assert due() == [NEW]
    if not HAS_ONE_WRITER:
        [move] = DueMove.objects.all()
        assert (move.was, move.now, move.edition) == (OLD, NEW, law_now.edition())
        assert Message.objects.filter(notice="due_moved").count() == 1


def test_a_change_waits_for_who_is_just_filing_and_moves_the_case_once(
    enacting, ayu, draft, at, monkeypatch
):
    halt = Halt(monkeypatch, submitting, "announce_submitted")
    filing = Beside(lambda: cases.submit(draft=draft, actor=ayu, at=at))
    assert halt.reached.wait(30)
    change = Beside(enacting)
    change.until_it_waits()
    halt.go.set()
    filing.finished()
    change.finished()

    assert due() == [NEW]
    assert [(move.was, move.now) for move in DueMove.objects.all()] == [(OLD, NEW)]
    assert jobs(rescheduling.COUNT_AGAIN) == []
    assert len(jobs(rescheduling.TELL)) == 1


def test_nobody_moves_who_files_while_the_law_is_only_tried_out(
    version, eka, ayu, draft, at, monkeypatch
):
    row = law.draft(law.written(STOPPED, effective=THREE_DAYS), actor=eka, at=at)
    halt = Halt(monkeypatch, handlers, "reschedule")
    trial = Beside(lambda: policies.simulate(circular=row, actor=eka, at=at))
    assert halt.reached.wait(30)
    filing = Beside(lambda: cases.submit(draft=draft, actor=ayu, at=at))
    if not HAS_ONE_WRITER:
        filing.finished()
    halt.go.set()
    filing.finished()
    trial.finished()

    do(rescheduling.COUNT_AGAIN, cases.count_again, at)
    assert (due(), DueMove.objects.count()) == ([OLD], 0)
    assert jobs(rescheduling.TELL) == []
