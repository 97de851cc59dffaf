from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks import task_backends
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist, TaskResultMismatch

from loket.jobs import leases, periodic, queries, services, worker
from loket.jobs.models import Job
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, NotFound

from . import sample_tasks as tasks

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
QUEUES = ("default",)
ADD = "tests.jobs.sample_tasks.add"


def names(jobs: list[Job | None]) -> list[object]:
    return [job and job.arguments["kwargs"]["name"] for job in jobs]


def queue_note(name: str, **more: object) -> Job:
    return services.enqueue("tests.jobs.sample_tasks.note", name=name, at=AT, **more)


def claim(at: datetime = AT, who: str = "w") -> Job | None:
    return leases.claim(worker=who, queues=QUEUES, at=at)


@pytest.mark.django_db
def test_enqueue_keeps_task_and_result_can_be_asked_for() -> None:
    result = tasks.add.enqueue(2, right=3)
    assert result.status == TaskResultStatus.READY
    assert services.work(at=clock.now()) == 1
    result.refresh()
    assert (result.status, result.return_value, result.attempts) == (
        TaskResultStatus.SUCCESSFUL,
        5,
        1,
    )
    assert tasks.add.get_result(result.id).return_value == 5


@pytest.mark.django_db
def test_get_result_refuses_unknown_and_other_task() -> None:
    result = tasks.add.enqueue(1, 2)
    with pytest.raises(TaskResultDoesNotExist):
        tasks.add.get_result("nothing")
    with pytest.raises(TaskResultMismatch):
        tasks.nap.get_result(result.id)


@pytest.mark.django_db
def test_context_tells_the_attempt() -> None:
    result = tasks.attempt.enqueue()
    services.work(at=clock.now())
    result.refresh()
    assert result.return_value == 1


@pytest.mark.django_db(transaction=True)
def test_enqueue_rolls_back_with_its_transaction() -> None:
    with transaction.atomic():
        tasks.add.enqueue(1, 2)
        transaction.set_rollback(True)
    assert Job.objects.count() == 0


@pytest.mark.django_db
def test_enqueue_with_a_key_happens_once() -> None:
    first = services.enqueue(ADD, left=1, right=2, key="sum", at=AT)
    services.work(at=AT)
    second = services.enqueue(ADD, left=3, right=4, key="sum", at=AT)
    assert (second.pk, second.state, second.result) == (first.pk, Job.State.DONE, 3)
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_enqueue_refuses_what_is_no_task() -> None:
    with pytest.raises(TypeError):
        services.enqueue("os.remove", path="x", at=AT)


@pytest.mark.django_db
def test_claim_takes_by_priority_then_age_and_not_before_its_time() -> None:
    queue_note("later", run_at=AT + timedelta(minutes=1))
    queue_note("first")
    queue_note("second")
    queue_note("urgent", priority=50)
    assert names([claim(), claim(), claim(), claim()]) == ["urgent", "first", "second", None]
    assert names([claim(AT + timedelta(minutes=1))]) == ["later"]


@pytest.mark.django_db
def test_finish_is_refused_when_the_lease_was_lost() -> None:
    queue_note("x")
    slow = claim(who="slow")
    later = AT + timedelta(minutes=2)
    assert slow
    assert leases.recover(at=AT + timedelta(seconds=59)) == 0
    assert leases.recover(at=later) == 1
    quick = claim(later, who="quick")
    assert quick
    assert quick.attempts == 2
    assert not leases.renew(slow, at=later)
    assert not leases.finish(slow, result=1, at=later)
    assert not leases.fail(slow, error="", hopeless=False, at=later)
    assert leases.finish(quick, result=2, at=later)
    quick.refresh_from_db()
    assert (quick.state, quick.result) == (Job.State.DONE, 2)


@pytest.mark.django_db
def test_renewed_lease_is_left_alone() -> None:
    queue_note("x")
    job = claim()
    assert job
    later = AT + timedelta(seconds=50)
    assert leases.renew(job, at=later)
    assert leases.recover(at=AT + timedelta(seconds=70)) == 0


@pytest.mark.django_db
def test_job_that_kills_its_workers_ends_dead() -> None:
    job = queue_note("x")
    at = AT
    for _ in range(job.max_attempts):
        assert claim(at)
        at += timedelta(minutes=2)
        leases.recover(at=at)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DEAD, job.max_attempts)
    assert claim(at) is None


@pytest.mark.django_db
def test_failing_job_waits_longer_each_time_and_ends_dead_without_messages() -> None:
    result = tasks.stumble.enqueue(person_id=7)
    waits = []
    for _ in range(3):
        began = clock.now()
        assert services.work(at=Job.objects.get().run_at) == 1
        again = Job.objects.get().run_at
        waits.append(((again - clock.now()).total_seconds(), (again - began).total_seconds()))
    job = Job.objects.get()
    assert (job.state, job.attempts) == (Job.State.DEAD, 3)
    # Counted from some moment between the two at which it failed, however long it took.
    for (least, most), (first, last) in zip(waits, [(7.5, 12.5), (22.5, 37.5)], strict=False):
        assert least <= last
        assert most >= first
    assert "builtins.ValueError" in job.error
    assert "sample_tasks.py" in job.error
    assert "3171" not in job.error
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert result.errors[0].exception_class is ValueError


@pytest.mark.django_db
def test_permanent_refusal_of_a_provider_is_not_tried_again() -> None:
    tasks.bounce.enqueue()
    services.work(at=clock.now())
    assert (Job.objects.get().state, Job.objects.get().attempts) == (Job.State.DEAD, 1)


@pytest.mark.django_db
def test_retry_revives_the_dead_only() -> None:
    actor = Actor.system("tests")
    tasks.bounce.enqueue()
    services.work(at=clock.now())
    job = Job.objects.get()
    assert list(queries.dead()) == [job]
    services.retry(job.ref, actor=actor, at=AT)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.READY, 0)
    with pytest.raises(Conflict):
        services.retry(job.ref, actor=actor, at=AT)
    with pytest.raises(NotFound):
        services.retry("nothing", actor=actor, at=AT)


@pytest.mark.django_db
def test_depth_and_lag_tell_how_far_behind_workers_are() -> None:
    assert (queries.depth(at=AT), queries.lag(at=AT)) == ({}, timedelta(0))
    queue_note("a")
    queue_note("b", run_at=AT + timedelta(hours=1))
    later = AT + timedelta(seconds=30)
    assert (queries.depth(at=later), queries.lag(at=later)) == (
        {"default": 1},
        timedelta(seconds=30),
    )


@pytest.mark.django_db
def test_purge_forgets_the_old_only() -> None:
    queue_note("ready")
    for state, days in (("done", 8), ("done", 6), ("dead", 8), ("dead", 91)):
        job = queue_note(f"{state} {days}")
        Job.objects.filter(pk=job.pk).update(state=state, ended_at=AT - timedelta(days=days))
    assert services.purge(at=AT) == 2
    left = [job.arguments["kwargs"]["name"] for job in Job.objects.order_by("id")]
    assert left == ["ready", "done 6", "dead 8"]


@pytest.mark.django_db
def test_periodic_work_is_queued_once_per_period() -> None:
    worker.offer_periodic(set())
    count = Job.objects.count()
    assert count == len(periodic.declared())
    worker.offer_periodic(set())
    assert Job.objects.count() == count
    assert set(Job.objects.values_list("max_attempts", flat=True)) == {3}


def test_periodic_keys_change_with_the_period() -> None:
    keys = [
        periodic.key("x", every=3600, at=AT + timedelta(seconds=s)) for s in (0, 3599, 3600)
    ]
    assert keys[0] == keys[1]
    assert keys[1] != keys[2]


def test_periodic_declarations_are_checked() -> None:
    assert periodic.problems() == []
    assert list(task_backends["default"].check()) == []
