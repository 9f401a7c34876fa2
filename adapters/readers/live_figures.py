"""What goes on right now, in SQL: each count goes by an index of what is open."""

from typing import Any

import attrs
from sqlalchemy import Connection, Select, func, select, text

from adapters.schema.bookings import bookings
from adapters.schema.calls import OPEN, SHOWN, calls
from adapters.schema.escalations import IN_LINE, agents, escalations
from adapters.sql.database import Database
from application.analytics.live_views import GoingOn, LiveFigures
from domain.kernel.actors import Actor

HELD = text("state = 'held'")


@attrs.frozen(kw_only=True)
class SqlLiveFigures(LiveFigures):
    database: Database

    async def going_on(self, actor: Actor) -> GoingOn:
        whose = actor.organization_id
        open_calls = _by(calls.c.status).where(calls.c.organization_id == whose, OPEN, SHOWN)
        present = _by(agents.c.presence).where(
            agents.c.organization_id == whose, agents.c.deleted_at.is_(None)
        )
        in_line = select(
            func.count().label("number"), func.min(escalations.c.requested_at).label("since")
        ).where(escalations.c.organization_id == whose, IN_LINE)
        held = (
            select(func.count())
            .select_from(bookings)
            .where(bookings.c.organization_id == whose, HELD)
        )

        def ask(connection: Connection) -> GoingOn:
            waiting = connection.execute(in_line).one()
            return GoingOn(
                calls=_counted(connection, open_calls),
                agents=_counted(connection, present),
                in_line=waiting.number,
                since=waiting.since,
                held=connection.execute(held).scalar_one(),
            )

        return await self.database.read(ask, of=whose)


def _by(column: Any) -> Select[Any]:
    return select(column.label("state"), func.count().label("number")).group_by(column)


def _counted(connection: Connection, asked: Select[Any]) -> dict[str, int]:
    return {row.state: row.number for row in connection.execute(asked)}
