"""What has a schedule and should have had its turn, in one statement over all organizations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, func, literal, select, union_all

from adapters.schema.channels import channels
from adapters.schema.crawls import sites
from adapters.schema.data_sources import data_sources
from adapters.schema.pipelines import pipelines
from adapters.schema.report_schedules import report_schedules
from adapters.sql.database import EVERYBODY, Database

DUE = {
    "channels": channels.c.next_sync_at,
    "pipelines": pipelines.c.next_run_at,
    "reports": report_schedules.c.next_due_at,
    "sites": sites.c.next_read_at,
    "sources": data_sources.c.next_due_at,
}


async def due_first(database: Database, *, now: datetime) -> Mapping[str, datetime | None]:
    """When the one of each kind was due that has waited longest; None if all had their turn."""
    question = _earliest(now)
    return await database.read(
        lambda connection: {row.kind: row.moment for row in connection.execute(question)},
        of=EVERYBODY,
    )


def _earliest(now: datetime) -> CompoundSelect[Any]:
    return union_all(
        *(
            select(literal(kind).label("kind"), func.min(moment).label("moment")).where(
                moment <= now
            )
            for kind, moment in DUE.items()
        )
    )
