"""Recordings that have been kept for long enough, in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import attrs
from sqlalchemy import and_, or_, select

from adapters.schema.calls import calls
from adapters.sql.database import EVERYBODY, Database
from application.calls.lapse_recordings import OldRecordings
from domain.calls.recordings import RecordingBasis
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId, OrganizationId

SHORTEST = timedelta(days=1)  # that any organization may keep them


@attrs.frozen
class SqlOldRecordings(OldRecordings):
    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        """Those that might have some: how long each keeps them is not looked at."""
        question = (
            select(calls.c.organization_id)
            .where(calls.c.recorded_at.is_not(None), calls.c.recorded_at < now - SHORTEST)
            .distinct()
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )

    async def begun_before(
        self, actor: Actor, moments: Mapping[RecordingBasis, datetime], *, limit: int
    ) -> Sequence[CallId]:
        old = or_(
            *(
                and_(calls.c.recorded_on == basis.value, calls.c.recorded_at < moment)
                for basis, moment in moments.items()
            )
        )
        question = (
            select(calls.c.id)
            .where(
                calls.c.organization_id == actor.organization_id,
                calls.c.recorded_at.is_not(None),
                old,
            )
            .order_by(calls.c.recorded_at)
            .limit(limit)
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(),
            of=actor.organization_id,
        )
