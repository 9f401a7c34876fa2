"""Queued jobs as the JSON documents the engine keeps."""

from typing import TypedDict
from uuid import UUID

from application.kernel.jobs import Payload, QueuedJob
from application.kernel.tracing import Trace
from domain.kernel.identifiers import JobId, OrganizationId


class JobDocument(TypedDict):
    id: str
    organization_id: str
    name: str
    payload: dict[str, str | int | bool | None]
    trace: str | None


def to_document(job: QueuedJob) -> JobDocument:
    return JobDocument(
        id=str(job.id),
        organization_id=str(job.organization_id),
        name=job.name,
        payload=dict(job.payload),
        trace=None if job.trace is None else str(job.trace),
    )


def to_job(document: JobDocument) -> QueuedJob:
    payload: Payload = document["payload"]
    return QueuedJob(
        id=JobId(UUID(document["id"])),
        organization_id=OrganizationId(UUID(document["organization_id"])),
        name=document["name"],
        payload=payload,
        trace=Trace.kept(document.get("trace")),  # jobs of an older release say nothing of it
    )
