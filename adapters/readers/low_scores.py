"""Calls that went badly, and who should know, in SQL."""

import attrs
from sqlalchemy import Connection, select

from adapters.schema.calls import calls
from adapters.schema.people import members
from adapters.sql.database import Database
from application.notifications.ports import LowScores
from domain.calls.bands import USUAL_BANDS, band_of
from domain.calls.quality_events import QaScoreUpdated
from domain.identity.members import MemberState
from domain.identity.roles import Role
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId
from domain.notifications.low_scores import LowScore, Owner


@attrs.frozen
class SqlLowScores(LowScores):
    database: Database

    async def of_call(self, actor: Actor, call_id: CallId) -> LowScore | None:
        theirs = select(members.c.id, members.c.email).where(
            members.c.organization_id == actor.organization_id,
            members.c.role == Role.OWNER.value,
            members.c.state == MemberState.ACTIVE.value,
        )
        score = select(calls.c.qa_milli).where(
            calls.c.organization_id == actor.organization_id, calls.c.id == call_id
        )

        def ask(connection: Connection) -> LowScore | None:
            found = connection.execute(score).scalar_one_or_none()
            if found is None or not 0 <= found < QaScoreUpdated.LOW_BELOW:
                return None
            rows = connection.execute(theirs.order_by(members.c.id))
            return LowScore(
                call_id=call_id,
                score=found,
                band=band_of(found, USUAL_BANDS),
                owners=tuple(Owner(member_id=row.id, email=row.email) for row in rows),
            )

        return await self.database.read(ask, of=actor.organization_id)
