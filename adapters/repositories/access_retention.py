"""Forgetting in SQL what lets nobody in any more, a few rows a transaction."""

from datetime import datetime

import attrs
from sqlalchemy import Connection, Delete, delete, or_, select

from adapters.schema.people import mail_tokens, member_sessions, sign_in_tries
from adapters.schema.realtime import member_tickets, tickets
from adapters.sql.database import Database
from application.kernel.rate_limits import PUBLIC
from application.kernel.retention import AccessRetention
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId


@attrs.frozen
class SqlAccessRetention(AccessRetention):
    """Conditions stand twice: what is used at this moment, after all, stays."""

    database: Database

    async def forget_sessions(
        self, actor: Actor, *, before: datetime, unseen_since: datetime, limit: int
    ) -> int:
        sessions = member_sessions.c
        theirs = sessions.organization_id == actor.organization_id
        ended = or_(sessions.expires_at < before, sessions.seen_at < unseen_since)
        old = select(sessions.id).where(theirs, ended).limit(limit)
        return await self._forget(
            actor.organization_id,
            delete(member_sessions).where(theirs, ended, sessions.id.in_(old)),
        )

    async def forget_links(self, actor: Actor, *, before: datetime, limit: int) -> int:
        forgotten = 0
        for table in (mail_tokens, tickets, member_tickets):
            theirs = table.c.organization_id == actor.organization_id
            ended = table.c.expires_at < before
            old = select(table.c.digest).where(theirs, ended).limit(limit - forgotten)
            forgotten += await self._forget(
                actor.organization_id, delete(table).where(theirs, table.c.digest.in_(old))
            )
        return forgotten

    async def forget_tries(self, *, before: datetime, limit: int) -> int:
        public = sign_in_tries.c.organization_id == PUBLIC
        ended = sign_in_tries.c.began_at < before
        old = select(sign_in_tries.c.digest).where(public, ended).limit(limit)
        return await self._forget(
            PUBLIC,
            delete(sign_in_tries).where(public, ended, sign_in_tries.c.digest.in_(old)),
        )

    async def _forget(self, of: OrganizationId, statement: Delete) -> int:
        def forget(connection: Connection) -> int:
            return connection.execute(statement).rowcount

        return await self.database.write(forget, of=of)
