"""Calls that should be over by now, and those whose end nobody has heard of, in SQL."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import attrs
from sqlalchemy import ColumnElement, and_, func, or_, select

from adapters.schema.calls import OPEN, calls
from adapters.sql.database import EVERYBODY, Database
from application.calls.reconcile_calls import OpenCalls
from application.calls.watch_calls import Patience, StuckCalls
from domain.calls.status import CallStatus
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId, OrganizationId

NOT_YET_UP = [
    status.value for status in (CallStatus.SCHEDULED, CallStatus.QUEUED, CallStatus.RINGING)
]
A_WHILE = timedelta(minutes=15)
OF_LATE = timedelta(days=1)
NOT_DOWN = [*NOT_YET_UP, CallStatus.IN_PROGRESS.value]


@attrs.frozen(kw_only=True)
class SqlStuckCalls(StuckCalls):
    database: Database
    patience: Patience

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        question = select(calls.c.organization_id).where(self._too_long(now)).distinct()
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )

    async def stuck(self, actor: Actor, *, now: datetime, limit: int) -> Sequence[CallId]:
        question = (
            select(calls.c.id)
            .where(calls.c.organization_id == actor.organization_id, self._too_long(now))
            .order_by(calls.c.started_at, calls.c.id)
            .limit(limit)
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(),
            of=actor.organization_id,
        )

    def _too_long(self, now: datetime) -> ColumnElement[bool]:
        patience, status = self.patience, calls.c.status
        too_long = or_(
            and_(status.in_(NOT_YET_UP), calls.c.started_at <= now - patience.rings),
            and_(
                status == CallStatus.IN_PROGRESS.value,
                calls.c.answered_at <= now - patience.talks,
            ),
            and_(status == CallStatus.WRAPPING.value, calls.c.ended_at <= now - patience.wraps),
        )
        return and_(OPEN, too_long)


@attrs.frozen
class SqlOpenCalls(OpenCalls):
    """Lines are asked about a while, and those of organizations that have had calls of late."""

    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        lately = and_(calls.c.deleted_at.is_(None), calls.c.started_at >= now - OF_LATE)
        question = select(calls.c.organization_id).where(or_(lately, _is_open())).distinct()
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )

    async def since(self, actor: Actor, *, now: datetime) -> datetime:
        question = select(func.min(calls.c.started_at)).where(
            calls.c.organization_id == actor.organization_id, _is_open()
        )
        oldest = await self.database.read(
            lambda connection: connection.execute(question).scalar_one(),
            of=actor.organization_id,
        )
        return min(oldest or now, now - A_WHILE)


def _is_open() -> ColumnElement[bool]:
    """At the provider: where it has no name, there is nothing to ask for."""
    return and_(OPEN, calls.c.status.in_(NOT_DOWN), calls.c.provider_call.is_not(None))
