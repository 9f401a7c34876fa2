"""Jobs that failed, as workflows: read and begun again by whoever has the engine's tables."""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from heapq import nlargest, nsmallest
from uuid import UUID

import attrs
from dbos import DBOS, DBOSClient, WorkflowStatus, error

from adapters.jobs.documents import to_job
from adapters.jobs.failures import JobFailed, described
from adapters.jobs.launching import QUEUE, WORKFLOW
from application.kernel.jobs import DeadJob, begins_again_at
from domain.kernel.identifiers import JobId

logger = logging.getLogger(__name__)

DEAD = ["ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
BEGUN_AGAIN = "begun_again"
FIRST = 1
PAGE = 500


@attrs.frozen
class FailedWorkflows:
    """`dbos` is the engine of this process, or a client of one that runs elsewhere."""

    dbos: type[DBOS] | DBOSClient

    def dead(self, *, limit: int) -> Sequence[DeadJob]:
        # The library sorts by submission only.
        every = map(_to_dead_job, self._every())
        return nlargest(limit, every, key=lambda job: job.failed_at)

    def retry(self, job_id: JobId) -> None:
        if self._rewound(job_id):
            self.dbos.update_workflow_attributes(str(job_id), None)

    def begin_again(self, now: datetime, *, limit: int) -> int:
        every = ((_again_at(workflow), workflow) for workflow in self._every(load_input=False))
        due = ((at, workflow) for at, workflow in every if at is not None and at <= now)
        chosen = nsmallest(limit, due, key=lambda one: one[0])
        for _, workflow in chosen:
            # Counted first: whoever dies in between has begun once less, never for ever.
            self.dbos.update_workflow_attributes(
                workflow.workflow_id, {BEGUN_AGAIN: _begun_again(workflow) + 1}, merge=True
            )
            job_id = JobId(UUID(workflow.workflow_id))
            self._rewound(job_id, to=self._failed_step(job_id))
        return len(chosen)

    def _failed_step(self, job_id: JobId) -> int:
        steps = self.dbos.list_workflow_steps(str(job_id))
        return min((step["function_id"] for step in steps if step["error"]), default=FIRST)

    def _every(self, *, load_input: bool = True) -> Iterator[WorkflowStatus]:
        """Page by page: there may be many thousands when a provider was away for a day.

        One that is begun again meanwhile moves others up a page: they are found the next time.
        """
        offset = 0
        while page := self.dbos.list_workflows(
            name=WORKFLOW, status=DEAD, limit=PAGE, offset=offset, load_input=load_input
        ):
            yield from page
            offset += len(page)

    def _rewound(self, job_id: JobId, *, to: int = FIRST) -> bool:
        workflow_id = str(job_id)
        found = self.dbos.list_workflows(workflow_ids=[workflow_id], status=DEAD)
        if not found:
            return False
        try:
            # In place: the id stays, so the job is not dead any more and still runs only once.
            self.dbos.rewind_workflow(
                workflow_id,
                start_step=to,
                queue_name=QUEUE,
                queue_partition_key=found[0].queue_partition_key,
            )
        except error.DBOSException:
            logger.info("somebody else retried the job first", extra={"job_id": workflow_id})
            return False
        return True


def _to_dead_job(workflow: WorkflowStatus) -> DeadJob:
    if workflow.input is None:
        raise ValueError(f"the job {workflow.workflow_id} is stored without its input")
    job = to_job(workflow.input["args"][0])
    failure = workflow.error
    return DeadJob(
        id=job.id,
        organization_id=job.organization_id,
        name=job.name,
        error=described(failure) if failure else "it lost its process too often",
        failed_at=_failed_at(workflow),
        of_passing_trouble=_of_passing_trouble(workflow),
        begun_again=_begun_again(workflow),
    )


def _again_at(workflow: WorkflowStatus) -> datetime | None:
    return begins_again_at(
        _failed_at(workflow),
        of_passing_trouble=_of_passing_trouble(workflow),
        begun_again=_begun_again(workflow),
    )


def _of_passing_trouble(workflow: WorkflowStatus) -> bool:
    return isinstance(workflow.error, JobFailed) and workflow.error.of_passing_trouble


def _begun_again(workflow: WorkflowStatus) -> int:
    return int((workflow.attributes or {}).get(BEGUN_AGAIN, 0))


def _failed_at(workflow: WorkflowStatus) -> datetime:
    if isinstance(workflow.error, JobFailed) and workflow.error.failed_at:
        return workflow.error.failed_at
    # What was put aside has only the library's own time, on SQLite in whole seconds.
    milliseconds = workflow.completed_at or workflow.updated_at or 0
    return datetime.fromtimestamp(milliseconds / 1000, timezone.utc)
