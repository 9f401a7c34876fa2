"""How the whole installation stands, in SQL: a handful of statements, none of them about rows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    func,
    literal_column,
    select,
    text,
)

from adapters.readers.schedules import due_first
from adapters.readers.verification_payments import unresolved
from adapters.readers.vitals import vitals_of
from adapters.schema.bookings import bookings
from adapters.schema.calls import calls
from adapters.schema.escalations import escalations
from adapters.schema.events import event_heads, event_log, receipts
from adapters.schema.jobs import queued_jobs
from adapters.schema.payments import payments
from adapters.sql.database import EVERYBODY, NOBODY, Database
from adapters.sql.server_clock import NOW
from application.kernel.ports import Clock
from application.kernel.standing import NOTHING, Standing, Standings
from domain.calls.status import CallStatus

Question = Select[*tuple[Any, ...]]

HELD = literal_column("'held'", String)
LIVE = [status.value for status in (CallStatus.QUEUED, CallStatus.RINGING, CallStatus.IN_PROGRESS)]


@attrs.frozen(kw_only=True)
class SqlStandings(Standings):
    """`pending` says whether steps of the schema are missing; `machine` is the time of this host
    by itself.
    """

    database: Database
    clock: Clock
    machine: Clock
    subscribers: Sequence[str]
    pending: Callable[[Connection], bool]

    async def __call__(self) -> Standing:
        now = self.clock()
        waiting = await self._one(_waiting_events())
        unresolved_payments = await self._one(_unresolved())
        overdue = await self._one(_overdue(now))
        due = await due_first(self.database, now=now)
        jobs = await self._one(select(func.count()).select_from(queued_jobs))
        live = await self._one(_count(calls.c.status.in_(LIVE)))
        talking = await self._one(_count(escalations.c.ended_at.is_(None)))
        return Standing(
            events_waiting=waiting[0],
            events_waiting_for=_since(waiting[1], now),
            unheard=await self._unheard(),
            jobs_waiting=jobs[0],
            unresolved_payments=unresolved_payments[0],
            unresolved_for=_since(unresolved_payments[1], now),
            holds_overdue_for=_since(overdue[0], now),
            late_for={kind: _since(moment, now) for kind, moment in due.items()},
            calls_live=live[0],
            escalations_open=talking[0],
            schema_is_current=not await self.database.read(self.pending, of=NOBODY),
            clocks_differ_by=await self._clocks_differ(),
            vitals=await self.database.read(vitals_of, of=NOBODY),
        )

    async def _one(self, question: Question) -> Any:
        return await self.database.read(
            lambda connection: connection.execute(question).one(), of=EVERYBODY
        )

    async def _unheard(self) -> Mapping[str, int]:
        every = await self._one(select(func.coalesce(func.sum(event_heads.c.position), 0)))
        question = select(receipts.c.subscriber, func.sum(receipts.c.position)).group_by(
            receipts.c.subscriber
        )
        heard = await self.database.read(
            lambda connection: dict(connection.execute(question).all()), of=EVERYBODY
        )
        return {name: int(every[0] - heard.get(name, 0)) for name in self.subscribers}

    async def _clocks_differ(self) -> timedelta:
        began = self.machine()
        micros = await self.database.read(_now, of=NOBODY)
        middle = began + (self.machine() - began) / 2
        return abs(timedelta(microseconds=micros - middle.timestamp() * 1_000_000))


def _waiting_events() -> Question:
    return select(func.count(), func.min(event_log.c.occurred_at)).where(
        event_log.c.position.is_(None)
    )


def _unresolved() -> Question:
    theirs = and_(
        bookings.c.organization_id == payments.c.organization_id,
        bookings.c.id == payments.c.booking_id,
    )
    return (
        select(func.count(), func.min(payments.c.heard_at))
        .join_from(payments, bookings, theirs)
        .where(unresolved())
    )


def _overdue(now: datetime) -> Question:
    return select(func.min(bookings.c.expires_at)).where(
        bookings.c.state == HELD, bookings.c.expires_at <= now
    )


def _count(condition: ColumnElement[bool]) -> Question:
    return select(func.count()).where(condition)


def _since(moment: datetime | None, now: datetime) -> timedelta:
    return NOTHING if moment is None else max(now - moment, NOTHING)


def _now(connection: Connection) -> int:
    return int(connection.execute(text(f"SELECT {NOW[connection.dialect.name]}")).scalar_one())
