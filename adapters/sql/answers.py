"""Answers by idempotency key, stored in the transaction that holds the effect.

The primary key decides whether a key is new, not a look beforehand: whoever repeats a request
runs into it, or waits for it while the first is under way, and is then told the answer. There is
no lease to run out: while a transaction is open nothing has happened, and once it is over, effect
and answer are there together, or neither.
"""

from datetime import datetime
from typing import Any, TypeVar

import attrs
from sqlalchemy import Connection, select

from adapters.schema.idempotency import answers
from adapters.sql.scope import Scope
from application.kernel.once import Answer, KeyReused, Once, Replayed
from domain.kernel.actors import Actor

Decision = TypeVar("Decision")


def keep(scope: Scope, once: Once[Decision], decision: Decision, *, now: datetime) -> None:
    """Adds the answer to what the unit of work changes."""
    answer = once.answer(decision)
    scope.add(
        answers,
        actor_id=scope.actor.id,
        key=once.key,
        fingerprint=once.fingerprint,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        answered_at=now,
    )


@attrs.frozen
class Replay:
    """Looks for the answer that was given under a key."""

    actor: Actor
    once: Once[Any]

    def __call__(self, connection: Connection) -> None:
        """Returns if the key is new. Raises Replayed, or KeyReused for another request."""
        row = connection.execute(
            select(answers).where(
                answers.c.organization_id == self.actor.organization_id,
                answers.c.actor_id == self.actor.id,
                answers.c.key == self.once.key,
            )
        ).one_or_none()
        if row is None:
            return
        if bytes(row.fingerprint) != self.once.fingerprint:
            raise KeyReused
        headers = tuple((str(name), str(value)) for name, value in row.headers)
        raise Replayed(Answer(status=row.status, headers=headers, body=bytes(row.body)))
