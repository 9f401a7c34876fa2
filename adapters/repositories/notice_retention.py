"""Forgetting notices in SQL, a few rows a transaction."""

from datetime import datetime

import attrs
from sqlalchemy import Connection, delete, or_, select, tuple_

from adapters.schema.notices import notices
from adapters.sql.database import Database
from application.notifications.notice_ports import NoticeRetention
from domain.kernel.actors import Actor


@attrs.frozen
class SqlNoticeRetention(NoticeRetention):
    database: Database

    async def forget_notices(
        self, actor: Actor, *, read_before: datetime, given_before: datetime, limit: int
    ) -> int:
        theirs = notices.c.organization_id == actor.organization_id
        old = (
            select(notices.c.member_id, notices.c.id)
            .where(
                theirs,
                notices.c.given_at < max(read_before, given_before),  # none is read long before
                or_(notices.c.read_at < read_before, notices.c.given_at < given_before),
            )
            .limit(limit)
        )
        forgetting = delete(notices).where(
            theirs, tuple_(notices.c.member_id, notices.c.id).in_(old)
        )

        def forget(connection: Connection) -> int:
            return connection.execute(forgetting).rowcount

        return await self.database.write(forget, of=actor.organization_id)
