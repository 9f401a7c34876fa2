"""Data sources come due as their schedules say, and were reached before anything is read."""

from collections.abc import Sequence

from sqlalchemy import exists, not_, select

from adapters.readers.verification_checks import Check
from adapters.schema.data_sources import data_source_attempts, data_sources
from domain.pipelines.sources import SourceState

REACHED = [state.value for state in (SourceState.VERIFIED, SourceState.ACTIVE, SourceState.PAUSED)]


def source_checks() -> Sequence[Check]:
    return (_data_sources_come_due(), _data_sources_were_reached())


def _data_sources_come_due() -> Check:
    return Check(
        name="data_sources_come_due",
        question=select(data_sources.c.organization_id, data_sources.c.id.label("subject")).where(
            data_sources.c.schedule.is_not(None),
            data_sources.c.next_due_at.is_(None),
            data_sources.c.state != SourceState.ARCHIVED.value,
        ),
        detail="has a schedule, by which it is never due",
    )


def _data_sources_were_reached() -> Check:
    reached = exists().where(
        data_source_attempts.c.organization_id == data_sources.c.organization_id,
        data_source_attempts.c.data_source_id == data_sources.c.id,
        data_source_attempts.c.reason.is_(None),
    )
    return Check(
        name="data_sources_were_reached",
        question=select(
            data_sources.c.organization_id,
            data_sources.c.id.label("subject"),
            data_sources.c.state,
        ).where(data_sources.c.state.in_(REACHED), not_(reached)),
        detail="is {state}, and was never reached",
    )
