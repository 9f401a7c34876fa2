"""Jobs as workflows in the engine's tables: one workflow per job, called by the id of the job."""

import logging
from collections.abc import Sequence
from datetime import datetime

from dbos import DBOS, EnqueueOptions, WorkflowStatus

from adapters.jobs.documents import to_document
from adapters.jobs.launching import QUEUE, VERSION, WORKFLOW
from application.kernel.jobs import QueuedJob

logger = logging.getLogger(__name__)

PENDING = "PENDING"
FINISHED = "SUCCESS"
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
        DBOS.update_workflow_attributes(workflow.workflow_id, {TAKEOVERS: takeovers}, merge=True)
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
