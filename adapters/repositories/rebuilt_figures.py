"""What figures about calls are read from, built anew from the event log, in SQL."""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import Connection, delete, exists, select

from adapters.mapping.summed_calls import calls_summed_anew
from adapters.repositories.call_figures import SqlCallFigures
from adapters.repositories.sums import sum_up_anew
from adapters.schema.call_figures import call_figures
from adapters.schema.calls import calls
from adapters.schema.events import event_log, receipts
from adapters.sql.database import Database, already_begun
from adapters.sql.scope import Scope
from application.analytics.count_calls import CHANGING, CountCalls
from application.analytics.rebuilding import Rebuilding
from application.kernel.ports import NewId
from domain.calls.events import CallEvent
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId

TOLD_OF_CALLS = sorted(event.name for event in CHANGING if issubclass(event, CallEvent))
PAGE = 500


@attrs.frozen(kw_only=True)
class SqlRebuilding(Rebuilding):
    """Page by page, and in each transaction alone with its organization's figures: whoever hears
    events holds the same row."""

    database: Database
    new_id: NewId

    async def __call__(self, organization_id: OrganizationId, /) -> int:
        done, after = 0, UUID(int=0)
        while page := await self._page(organization_id, after):
            done, after = done + len(page), page[-1]
        await self.database.write(
            lambda connection: _sum_up(self._scope(connection, organization_id)),
            of=organization_id,
        )
        return done

    async def _page(self, organization_id: OrganizationId, after: UUID) -> Sequence[UUID]:
        def count(connection: Connection) -> Sequence[UUID]:
            scope = self._scope(connection, organization_id)
            _be_alone(scope)
            page = scope.execute(
                select(event_log.c.subject)
                .where(
                    scope.owns(event_log),
                    event_log.c.subject > after,
                    event_log.c.name.in_(TOLD_OF_CALLS),
                )
                .distinct()
                .order_by(event_log.c.subject)
                .limit(PAGE)
            )
            call_ids = page.scalars().all()
            SqlCallFigures(scope).count(call_ids)
            return call_ids

        return await self.database.write(count, of=organization_id)

    def _scope(self, connection: Connection, organization_id: OrganizationId) -> Scope:
        return Scope(connection, Actor.system(organization_id), self.new_id, already_begun)


def _be_alone(scope: Scope) -> None:
    ours = (scope.owns(receipts), receipts.c.subscriber == CountCalls.name)
    scope.execute(select(receipts.c.position).where(*ours).with_for_update())


def _sum_up(scope: Scope) -> None:
    """What was counted of calls that are not there is gone after this."""
    _be_alone(scope)
    there = exists().where(
        calls.c.organization_id == call_figures.c.organization_id,
        calls.c.id == call_figures.c.id,
        calls.c.deleted_at.is_(None),
    )
    scope.execute(delete(call_figures).where(scope.owns(call_figures), ~there))
    sum_up_anew(scope, calls_summed_anew())
