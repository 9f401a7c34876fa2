"""A transaction, and the repositories that share it."""

from collections.abc import Callable
from typing import Generic, TypeVar

import attrs
from sqlalchemy import Connection

from adapters.sql.answers import Answers
from adapters.sql.database import Database
from adapters.sql.scope import Scope
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.kernel.actors import Actor

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
        def run(connection: Connection) -> Decision:
            scope = Scope(connection, actor, self.new_id)
            answers = Answers(scope)
            if once is not None:
                answers.replay(once)
            decision = decide(self.work_on(scope))
            if once is not None:
                answers.keep(once, decision, now=self.clock())
            scope.flush()
            return decision

        return await self.database.write(run)
