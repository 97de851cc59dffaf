"""The backend of Django's Tasks API that keeps tasks as rows beside the data they are about.

Enqueueing is a plain insert in the caller's transaction: if that rolls back, there is no job;
if it commits, no crash can lose it. The API's signals are not sent: nothing here listens, and
the API's own listener would log error messages, which may quote personal data.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar, cast

from django.core import checks
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from loket.kernel import clock

from . import periodic
from .models import Job

P = ParamSpec("P")
T = TypeVar("T")

STATUS = {
    Job.State.READY: TaskResultStatus.READY,
    Job.State.RUNNING: TaskResultStatus.RUNNING,
    Job.State.DONE: TaskResultStatus.SUCCESSFUL,
    Job.State.DEAD: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseTask(Task[P, T]):
    """A task that is tried ``max_attempts`` times: ``@task(max_attempts=3)``."""

    max_attempts: int = 8


class DatabaseBackend(BaseTaskBackend):
    """Keep tasks in the table of jobs."""

    task_class = DatabaseTask
    supports_defer = True
    supports_async_task = True
    supports_get_result = True
    supports_priority = True

    def enqueue(
        self, task: Task[P, T], args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> TaskResult[T]:
        """Queue a task in the caller's transaction."""
        ours = cast("DatabaseTask[P, T]", task)  # by task_class
        return result_of(insert(ours, args=args, kwargs=kwargs, at=clock.now()), task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Return what became of a task.

        :raises TaskResultDoesNotExist: if there is no such job, or it was purged.
        """
        job = Job.objects.filter(ref=result_id).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, load(job.task))

    def check(self, **kwargs: Any) -> Iterable[checks.CheckMessage]:
        """Refuse periodic work that cannot be found or has an unfit period."""
        del kwargs
        return [checks.Error(problem, id="jobs.E001") for problem in periodic.problems()]


def insert(
    task: DatabaseTask[P, T],
    *,
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    at: datetime,
    key: str | None = None,
) -> Job:
    """Write the row of a job; with a key that is already there, return the row that has it."""
    task.get_backend().validate_task(task)
    job = Job(
        ref=secrets.token_hex(16),
        task=task.module_path,
        arguments={"args": normalize_json(args), "kwargs": normalize_json(kwargs)},
        queue=task.queue_name,
        priority=task.priority,
        dedupe=key,
        run_at=task.run_after or at,
        max_attempts=task.max_attempts,
        queued_at=at,
    )
    if key is None:
        job.save(force_insert=True)
        return job
    # ON CONFLICT DO NOTHING: a failed insert would end the caller's transaction on PostgreSQL.
    Job.objects.bulk_create([job], ignore_conflicts=True)
    return Job.objects.get(dedupe=key)


def load(path: str) -> DatabaseTask[..., Any]:
    """Return the task at a dotted path.

    :raises TypeError: if something else is there: rows must not name any function at all.
    """
    task = import_string(path)
    if not isinstance(task, DatabaseTask):
        raise TypeError(f"{path} is not a task")
    return task


def result_of(job: Job, task: Task[Any, T]) -> TaskResult[T]:
    """Return a job as the Tasks API describes it."""
    state = Job.State(job.state)
    result: TaskResult[T] = TaskResult(
        task=task,
        id=job.ref,
        status=STATUS[state],
        enqueued_at=job.queued_at,
        started_at=job.started_at,
        last_attempted_at=job.started_at,
        finished_at=job.ended_at,
        args=job.arguments.get("args", []),
        kwargs=job.arguments.get("kwargs", {}),
        backend=task.backend,
        errors=_errors(job),
        worker_ids=[job.worker] * job.attempts,
    )
    object.__setattr__(result, "_return_value", job.result)
    return result


def _errors(job: Job) -> list[TaskError]:
    if not job.error:
        return []
    kinds = [line for line in job.error.splitlines() if not line.startswith(" ")]
    return [TaskError(exception_class_path=kinds[-1], traceback=job.error)]
