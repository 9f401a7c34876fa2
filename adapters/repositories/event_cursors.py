"""How far each subscriber has come in the log of an organization, in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import (
    Executable,
    Row,
    bindparam,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)

from adapters.schema.events import event_heads, event_log, receipts
from adapters.sql.bulk import Bulk
from adapters.sql.scope import Scope
from application.kernel.events import Passed
from application.kernel.subscribers import Subscriber

LOOKED_AHEAD = 1000
"""Events whose names are read at once; who is further behind than that is delivered to."""

# Whoever has moved on meanwhile, with the effect of what it heard, is never put back.
FURTHER = Bulk.into(receipts).replacing(
    "position", "attempts", "retry_at", only_if=lambda new: receipts.c.position < new.position
)


@attrs.frozen(kw_only=True)
class Cursor:
    """Behind the event at `position`; `attempts` to hear the next one have failed in a row."""

    position: int = 0
    attempts: int = 0
    retry_at: datetime | None = None
    is_kept: bool = False


@attrs.frozen
class Cursors:
    scope: Scope

    def locked(self, subscriber: str) -> Cursor:
        found = self._locked([subscriber])
        return found.get(subscriber, Cursor())

    def store(self, subscriber: str, cursor: Cursor) -> None:
        """Raises Stale, at the latest at the end, if somebody else has begun one meanwhile."""
        state = attrs.asdict(cursor, filter=attrs.filters.exclude("is_kept"))
        if cursor.is_kept:
            key = self._of(p_subscriber=subscriber)
            new = {f"p_{name}": value for name, value in state.items()}
            self.scope.execute(_moving(), {**key, **new})
        else:
            self.scope.add(receipts, subscriber=subscriber, **state)

    def following(self, position: int, limit: int) -> Sequence[Row[Any]]:
        return self.scope.execute(_events(), self._of(p_position=position, p_limit=limit)).all()

    def pass_by(self, subscribers: Sequence[Subscriber]) -> Passed:
        kept = self._locked([subscriber.name for subscriber in subscribers])
        begun = {one.name: kept.get(one.name, Cursor()).position for one in subscribers}
        asked = self._of(p_position=min(begun.values()), p_limit=LOOKED_AHEAD)
        events = [(row.position, row.name) for row in self.scope.execute(_names(), asked)]
        moved, hearing = dict[str, int](), set[str]()
        for subscriber in subscribers:
            name = subscriber.name
            ahead = [event for event in events if event[0] > begun[name]]
            heard = next((at for at, event in ahead if event in subscriber.hears), None)
            if heard is not None or not ahead:
                hearing.add(name)
            until = begun[name] if not ahead else ahead[-1][0] if heard is None else heard - 1
            if until > begun[name]:
                moved[name] = until
        if moved:
            self.scope.write(
                FURTHER,
                [
                    {"subscriber": name, "position": moved[name], "attempts": 0, "retry_at": None}
                    for name in sorted(moved)
                ],
            )
        passed = sum(until - begun[name] for name, until in moved.items())
        return Passed(moved=passed, hearing=frozenset(hearing))

    def _locked(self, subscribers: Sequence[str]) -> Mapping[str, Cursor]:
        rows = self.scope.execute(_locked(), self._of(p_subscribers=list(subscribers)))
        return {
            row.subscriber: Cursor(
                position=row.position,
                attempts=row.attempts,
                retry_at=row.retry_at,
                is_kept=True,
            )
            for row in rows
        }

    def _of(self, **members: Any) -> Mapping[str, Any]:
        return {"p_organization_id": self.scope.organization_id, **members}


@lru_cache(maxsize=64)
def all_behind(subscribers: tuple[str, ...]) -> Executable:
    """Every organization with the names of those who may hear something in it by `p_now`."""
    asked = union_all(*(select(literal(name).label("name")) for name in subscribers)).subquery()
    theirs = (receipts.c.organization_id == event_heads.c.organization_id) & (
        receipts.c.subscriber == asked.c.name
    )
    return (
        select(event_heads.c.organization_id, asked.c.name)
        .select_from(event_heads.join(asked, true()).outerjoin(receipts, theirs))
        .where(
            or_(receipts.c.position.is_(None), receipts.c.position < event_heads.c.position),
            or_(receipts.c.retry_at.is_(None), receipts.c.retry_at <= bindparam("p_now")),
        )
        .order_by(event_heads.c.organization_id)
    )


@lru_cache(maxsize=1)
def _locked() -> Executable:
    # In one order for everybody, so that nobody waits in a circle.
    return (
        select(receipts)
        .where(
            receipts.c.organization_id == bindparam("p_organization_id"),
            receipts.c.subscriber.in_(bindparam("p_subscribers", expanding=True)),
        )
        .order_by(receipts.c.subscriber)
        .with_for_update()
    )


@lru_cache(maxsize=1)
def _moving() -> Executable:
    return (
        update(receipts)
        .where(
            receipts.c.organization_id == bindparam("p_organization_id"),
            receipts.c.subscriber == bindparam("p_subscriber"),
        )
        .values({name: bindparam(f"p_{name}") for name in ("position", "attempts", "retry_at")})
    )


@lru_cache(maxsize=1)
def _events() -> Executable:
    return _behind_position(event_log)


@lru_cache(maxsize=1)
def _names() -> Executable:
    return _behind_position(event_log.c.position, event_log.c.name)


def _behind_position(*wanted: Any) -> Executable:
    return (
        select(*wanted)
        .where(
            event_log.c.organization_id == bindparam("p_organization_id"),
            event_log.c.position > bindparam("p_position"),
        )
        .order_by(event_log.c.position)
        .limit(bindparam("p_limit"))
    )
