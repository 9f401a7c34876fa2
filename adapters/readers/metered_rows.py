"""How many rows came in, in one statement."""

from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Connection, Table, func, select

from adapters.mapping.sums import total_of
from adapters.schema.pipelines import pipeline_runs, posted_events
from adapters.sql.database import Database
from application.analytics.metering import CountedRows, MovedRows
from domain.kernel.actors import Actor
from domain.kernel.periods import Period


@attrs.frozen
class SqlCountedRows(CountedRows):
    database: Database

    async def moved(self, actor: Actor, period: Period) -> MovedRows:
        def of(value: ColumnElement[Any], at: ColumnElement[datetime], table: Table) -> Any:
            return (
                select(value)
                .select_from(table)
                .where(
                    table.c.organization_id == actor.organization_id,
                    at >= period.starts_at,
                    at < period.ends_at,
                )
                .scalar_subquery()
            )

        question = select(
            of(
                total_of(pipeline_runs.c.new + pipeline_runs.c.changed),
                pipeline_runs.c.queued_at,
                pipeline_runs,
            ).label("brought_in"),
            of(func.count(), posted_events.c.received_at, posted_events).label("posted"),
        )

        def ask(connection: Connection) -> MovedRows:
            row = connection.execute(question).one()
            return MovedRows(brought_in=row.brought_in, posted_events=row.posted)

        return await self.database.read(ask, of=actor.organization_id)
