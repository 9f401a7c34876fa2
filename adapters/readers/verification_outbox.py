"""What has been written for others to take on does not lie about for long."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from adapters.readers.verification_checks import Check
from adapters.schema.events import event_log
from adapters.schema.jobs import queued_jobs


def outbox_checks(*, since: datetime) -> Sequence[Check]:
    """Whatever has been waiting since then should have been fetched by now."""
    return (_events_are_numbered(since), _jobs_are_handed_over(since))


def _events_are_numbered(since: datetime) -> Check:
    return Check(
        name="events_are_numbered",
        question=select(
            event_log.c.organization_id,
            event_log.c.id.label("subject"),
            event_log.c.name,
            event_log.c.occurred_at,
        ).where(event_log.c.position.is_(None), event_log.c.occurred_at < since),
        detail="{name} waits for its position, of {occurred_at}",
    )


def _jobs_are_handed_over(since: datetime) -> Check:
    return Check(
        name="jobs_are_handed_over",
        question=select(
            queued_jobs.c.organization_id, queued_jobs.c.id.label("subject"), queued_jobs.c.name
        ).where(queued_jobs.c.id < _first_id(since)),
        detail="{name} waits to be handed over",
    )


def _first_id(moment: datetime) -> UUID:
    """Below every identifier drawn from then on: they begin with their time in milliseconds."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
