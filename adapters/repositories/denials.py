"""Denials counted in SQL: one row for who was denied what, and as many times as there were."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from adapters.schema.people import denials
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.identity.denial_ports import (
    CountedDenials,
    DenialCounts,
    DenialViews,
    DenialWork,
)
from application.kernel.ports import Clock
from domain.identity.denials import SUMMED_FOR, Denial, Denials
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId


@attrs.frozen(kw_only=True)
class SqlDenialCounts(DenialCounts):
    database: Database
    clock: Clock

    async def note(self, denial: Denial) -> None:
        row = {**attrs.asdict(denial), "began_at": self.clock(), "number": 1}

        def note(connection: Connection) -> None:
            connection.execute(_once_more(connection.dialect.name), row)

        await self.database.write(note, of=denial.organization_id)


@lru_cache(maxsize=2)
def _once_more(dialect: str) -> Any:
    insert: Any = {"postgresql": postgresql, "sqlite": sqlite}[dialect].insert(denials)
    return insert.on_conflict_do_update(
        index_elements=[denials.c.organization_id, denials.c.subject, denials.c.what],
        set_={"number": denials.c.number + 1, "origin": insert.excluded.origin},
    )


@attrs.frozen
class SqlDenialViews(DenialViews):
    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        question = (
            select(denials.c.organization_id)
            .where(denials.c.began_at <= now - SUMMED_FOR)
            .distinct()
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )

    async def due(self, actor: Actor, *, now: datetime, limit: int) -> Sequence[Denial]:
        question = (
            select(denials)
            .where(
                denials.c.organization_id == actor.organization_id,
                denials.c.began_at <= now - SUMMED_FOR,
            )
            .order_by(denials.c.began_at)
            .limit(limit)
        )
        return await self.database.read(
            lambda connection: [_denial_of(row) for row in connection.execute(question)],
            of=actor.organization_id,
        )


@attrs.frozen
class SqlCountedDenials(CountedDenials):
    """Two who tell of the same both delete its row, and one of them has it."""

    scope: Scope

    def take(self, denial: Denial) -> Denials | None:
        taken = self.scope.execute(
            delete(denials)
            .where(
                self.scope.owns(denials),
                denials.c.subject == denial.subject,
                denials.c.what == denial.what,
            )
            .returning(denials)
        ).one_or_none()
        if taken is None:
            return None
        return Denials(denial=_denial_of(taken), since=taken.began_at, number=taken.number)


def _denial_of(row: Any) -> Denial:
    return Denial(
        organization_id=row.organization_id,
        subject=row.subject,
        what=row.what,
        origin=row.origin,
    )


@attrs.frozen
class SqlDenialWork(DenialWork):
    denials: SqlCountedDenials
    facts: EventLog

    @classmethod
    def on(cls, scope: Scope) -> "SqlDenialWork":
        return cls(SqlCountedDenials(scope), EventLog(scope))
