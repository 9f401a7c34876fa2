"""Data sources come due as their schedules say, and were reached before anything is read."""

from collections.abc import Sequence

from sqlalchemy import exists, func, not_, or_, select

from adapters.mapping.data_sources import PART_OF_FILE
from adapters.readers.verification_checks import Check
from adapters.schema.data_sources import data_source_attempts, data_source_files, data_sources
from domain.pipelines.sources import DataSourceState

REACHED = [
    state.value
    for state in (DataSourceState.VERIFIED, DataSourceState.ACTIVE, DataSourceState.PAUSED)
]


def source_checks() -> Sequence[Check]:
    return (_data_sources_come_due(), _data_sources_were_reached(), _files_are_whole())


def _data_sources_come_due() -> Check:
    return Check(
        name="data_sources_come_due",
        question=select(data_sources.c.organization_id, data_sources.c.id.label("subject")).where(
            data_sources.c.schedule.is_not(None),
            data_sources.c.next_due_at.is_(None),
            data_sources.c.state != DataSourceState.ARCHIVED.value,
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


def _files_are_whole() -> Check:
    parts = data_source_files.c
    space, size = func.count() * PART_OF_FILE, func.max(parts.size)
    return Check(
        name="data_source_files_are_whole",
        question=select(parts.organization_id, parts.data_source_id.label("subject"))
        .group_by(parts.organization_id, parts.data_source_id)
        .having(
            or_(
                space < size,
                space - PART_OF_FILE >= size,
                func.count(parts.tag.distinct()) > 1,
                func.max(parts.number) != func.count() - 1,
            )
        ),
        detail="has a file of which parts are missing, or are of another",
    )
