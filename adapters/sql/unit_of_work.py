"""A transaction, and the repositories that share it."""

from collections.abc import Callable
from typing import Generic, TypeVar

import attrs
from sqlalchemy import Connection

from adapters.sql.answers import Replay, keep
from adapters.sql.database import Begin, Database
from adapters.sql.failures import Duplicate
from adapters.sql.scope import Explanation, Scope
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, Stale, UnitOfWork
from application.kernel.tracing import trace_at_hand
from domain.kernel.actors import Actor
from domain.kernel.refusals import Refusal

Work = TypeVar("Work")
Decision = TypeVar("Decision")


@attrs.frozen(kw_only=True)
class SqlUnitOfWork(UnitOfWork[Work], Generic[Work]):
    database: Database
    work_on: Callable[[Scope], Work]
    new_id: NewId
    clock: Clock

    async def __call__(
        self,
        actor: Actor,
        decide: Callable[[Work], Decision],
        /,
        *,
        once: Once[Decision] | None = None,
    ) -> Decision:
        explanations: dict[str, list[Explanation]] = {}
        trace = trace_at_hand()  # here: what runs may be on another thread

        def run(connection: Connection, begin: Begin) -> Decision:
            scope = Scope(
                connection, actor, self.new_id, begin, explanations=explanations, trace=trace
            )
            decision = decide(self.work_on(scope))
            if once is not None:
                keep(scope, once, decision, now=self.clock())
            scope.finish()
            return decision

        try:
            return await self.database.decide(run, of=actor.organization_id)
        except (Refusal, Stale) as error:
            # Perhaps because it has been done before: then this is no time to refuse it.
            if once is not None:
                await self.database.read(Replay(actor, once), of=actor.organization_id)
            if isinstance(error, Duplicate):
                for explain in explanations.get(error.table, ()):
                    await self.database.read(explain, of=actor.organization_id)
            raise
