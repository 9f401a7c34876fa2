"""Jobs as workflows in the engine's tables: one workflow per job, called by the id of the job."""

import logging
from collections.abc import Sequence
from datetime import datetime, timezone
from heapq import nlargest

from dbos import DBOS, EnqueueOptions, WorkflowStatus, error

from adapters.jobs.documents import to_document, to_job
from adapters.jobs.failures import JobFailed, described
from adapters.jobs.launching import QUEUE, VERSION, WORKFLOW
from application.kernel.jobs import DeadJob, QueuedJob
from domain.kernel.identifiers import JobId

logger = logging.getLogger(__name__)

PENDING = "PENDING"
FINISHED = "SUCCESS"
DEAD = ["ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
TAKEOVERS = "takeovers"
PAGE = 1000


def submit(jobs: Sequence[QueuedJob]) -> None:
    for job in jobs:
        DBOS.enqueue_workflow_with_options(
            EnqueueOptions(
                workflow_name=WORKFLOW,
                workflow_id=str(job.id),
                queue_name=QUEUE,
                queue_partition_key=str(job.organization_id),
                app_version=VERSION,
            ),
            to_document(job),
        )


def dead(*, limit: int) -> Sequence[DeadJob]:
    # The library sorts by submission only.
    failed = DBOS.list_workflows(name=WORKFLOW, status=DEAD)
    return tuple(map(_to_dead_job, nlargest(limit, failed, key=_failed_at)))


def retry(job_id: JobId) -> None:
    workflow_id = str(job_id)
    workflow = DBOS.get_workflow_status(workflow_id)
    if workflow is None or workflow.status not in DEAD:
        return
    try:
        # In place: the id stays, so the job is not dead any more and still runs only once.
        DBOS.rewind_workflow(
            workflow_id, queue_name=QUEUE, queue_partition_key=workflow.queue_partition_key
        )
    except error.DBOSException:
        logger.info("somebody else retried the job first", extra={"job_id": workflow_id})
    else:
        DBOS.update_workflow_attributes(workflow_id, None)


def forget_finished(before: datetime) -> int:
    forgotten = 0
    while True:
        finished = DBOS.list_workflows(
            name=WORKFLOW,
            status=FINISHED,
            completed_before=before.isoformat(),
            limit=PAGE,
            load_input=False,
            load_output=False,
        )
        DBOS.delete_workflows([workflow.workflow_id for workflow in finished])
        forgotten += len(finished)
        if len(finished) < PAGE:
            return forgotten


def pending(executor_id: str | None = None) -> Sequence[WorkflowStatus]:
    """What runs, or would if its executor had not died."""
    return DBOS.list_workflows(
        name=WORKFLOW,
        status=PENDING,
        app_version=VERSION,
        executor_id=executor_id,
        load_input=False,
        load_output=False,
    )


def take_over(executor_id: str, *, at_most: int) -> None:
    """Queues again what a dead executor left, unless it died of it."""
    left = pending(executor_id)
    for workflow in left:
        takeovers = int((workflow.attributes or {}).get(TAKEOVERS, 0)) + 1
        DBOS.update_workflow_attributes(workflow.workflow_id, {TAKEOVERS: takeovers})
        if takeovers > at_most:
            DBOS.cancel_workflow(workflow.workflow_id)
            logger.error(
                "a job is dead: it lost its process too often",
                extra={"job_id": workflow.workflow_id, "takeovers": takeovers},
            )
        else:
            DBOS.resume_workflow(workflow.workflow_id, queue_name=QUEUE)
    if left:
        logger.warning("took over %d jobs of the dead executor %s", len(left), executor_id)


def _to_dead_job(workflow: WorkflowStatus) -> DeadJob:
    if workflow.input is None:
        raise ValueError(f"the job {workflow.workflow_id} is stored without its input")
    job = to_job(workflow.input["args"][0])
    return DeadJob(
        id=job.id,
        organization_id=job.organization_id,
        name=job.name,
        error=described(workflow.error) if workflow.error else "it lost its process too often",
        failed_at=_failed_at(workflow),
    )


def _failed_at(workflow: WorkflowStatus) -> datetime:
    if isinstance(workflow.error, JobFailed) and workflow.error.failed_at:
        return workflow.error.failed_at
    # What was put aside has only the library's own time, on SQLite in whole seconds.
    milliseconds = workflow.completed_at or workflow.updated_at or 0
    return datetime.fromtimestamp(milliseconds / 1000, timezone.utc)
