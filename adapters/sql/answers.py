"""Answers by idempotency key, stored in the transaction that holds the effect.

There is no lease to run out: as long as the transaction is open nothing has happened, and once it
is over effect and answer are there together, or neither.
"""

from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import TypeVar

import attrs
from sqlalchemy import (
    BigInteger,
    BindParameter,
    Executable,
    Row,
    and_,
    bindparam,
    func,
    select,
    true,
)

from adapters.schema.idempotency import answers
from adapters.sql.scope import Scope
from application.kernel.once import Answer, KeyInUse, KeyReused, Once, Replayed

Decision = TypeVar("Decision")


@attrs.frozen
class Answers:
    scope: Scope

    def replay(self, once: Once[Decision]) -> None:
        """Returns if the key is new. Raises Replayed, KeyReused or KeyInUse if it is not."""
        row = self.scope.execute(
            _looking_up(self.scope.connection.dialect.name),
            {
                "p_organization_id": self.scope.organization_id,
                "p_actor_id": self.scope.actor.id,
                "p_key": once.key,
                "p_lock": self._lock(once.key),
            },
        ).one()
        if row.fingerprint is not None:
            raise _known(row, once)
        if not row.alone:
            raise KeyInUse

    def keep(self, once: Once[Decision], decision: Decision, *, now: datetime) -> None:
        answer = once.answer(decision)
        self.scope.add(
            answers,
            actor_id=self.scope.actor.id,
            key=once.key,
            fingerprint=once.fingerprint,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            answered_at=now,
        )

    def _lock(self, key: str) -> int:
        """The number of an advisory lock; whoever shares one by chance is told to come again."""
        whose = f"{self.scope.organization_id}:{self.scope.actor.id}:{key}"
        return int.from_bytes(sha256(whose.encode()).digest()[:8], "big", signed=True)


@lru_cache(maxsize=2)
def _looking_up(dialect: str) -> Executable:
    # Whoever gets the lock but looked before the other's commit runs into the primary key.
    lock: BindParameter[int] = bindparam("p_lock", type_=BigInteger())
    alone = func.pg_try_advisory_xact_lock(lock) if dialect == "postgresql" else true()
    attempt = select(alone.label("alone")).subquery("attempt")
    known = and_(
        answers.c.organization_id == bindparam("p_organization_id"),
        answers.c.actor_id == bindparam("p_actor_id"),
        answers.c.key == bindparam("p_key"),
    )
    columns = (answers.c.fingerprint, answers.c.status, answers.c.headers, answers.c.body)
    return select(attempt.c.alone, *columns).select_from(attempt.outerjoin(answers, known))


def _known(row: Row[tuple[object, ...]], once: Once[Decision]) -> Exception:
    if bytes(row.fingerprint) != once.fingerprint:
        return KeyReused()
    headers = tuple((str(name), str(value)) for name, value in row.headers)
    return Replayed(Answer(status=row.status, headers=headers, body=bytes(row.body)))
