"""What the books of days that are over come to, summed up in SQL."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update

from adapters.mapping.ledger import OF_JOURNAL
from adapters.mapping.summed_books import books_summed_anew
from adapters.mapping.sums import Summed
from adapters.schema.books_sums import books_summed_up, moved_days, moved_hours, moved_quarters
from adapters.schema.ledger import journals, transfers
from adapters.schema.times_of_moments import (
    HOURS_OF_A_DAY,
    QUARTERS_OF_A_DAY,
    DayOf,
    day_begins,
    number_of,
)
from adapters.sql.bulk import Bulk
from adapters.sql.database import Database, already_begun
from adapters.sql.scope import Scope
from application.analytics.sum_up_books import SummedBooks
from application.kernel.ports import NewId
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId

BEGUN = Bulk.into(books_summed_up)
AT_ONCE = 3
"""Days in one transaction: on SQLite every other writer waits for it."""
ONCE_MORE = 2
"""Days: whoever was held up in the middle of a transaction wrote into a day that was over."""


@attrs.frozen
class Days:
    """From one day of UTC until just before another, counted from 1970."""

    first: int
    until: int


@attrs.frozen(kw_only=True)
class SqlSummedBooks(SummedBooks):
    database: Database
    new_id: NewId

    async def sum_up(self, actor: Actor, *, before: date) -> int:
        def sum_up(connection: Connection) -> int:
            scope = Scope(connection, actor, self.new_id, already_begun)
            return _sum_up_some(scope, number_of(before))

        return await self.database.write(sum_up, of=actor.organization_id)


def sum_up_books_of(scope: Scope, booking_ids: Sequence[BookingId]) -> None:
    """Anew, for bookings of which something else is counted, or something for the first time."""
    until = _summed_until(scope) if booking_ids else None
    if until is None:
        return
    day = DayOf(journals.c.occurred_at)
    theirs = (
        select(day)
        .join_from(transfers, journals, OF_JOURNAL)
        .where(
            scope.owns(transfers),
            transfers.c.booking_id.in_(bindparam("p_ids", expanding=True)),
            day < until,
        )
        .distinct()
        .order_by(day)
    )
    for one in scope.ask(theirs, {"p_ids": list(booking_ids)}).scalars().all():
        _sum_up_anew(scope, Days(one, one + 1))


def sum_up_books_anew(scope: Scope) -> None:
    """All that are summed up."""
    until = _summed_until(scope)
    if until is not None:
        _sum_up_anew(scope, Days(_first_day(scope, until), until))


def _sum_up_some(scope: Scope, before: int) -> int:
    """How many days more are summed up than before."""
    since = _summed_until(scope)
    if since is None:
        scope.write(BEGUN, [{"until_day": _first_day(scope, before)}])
        since = _summed_until(scope) or before
    until = min(since + AT_ONCE, before)
    if since >= until:
        return 0
    ours = update(books_summed_up).where(scope.owns(books_summed_up))
    scope.execute(ours.values(until_day=until))
    _sum_up_anew(scope, Days(since - ONCE_MORE, until))
    return until - since


def _summed_until(scope: Scope) -> int | None:
    """Nobody else sums up the books of the organization until the transaction ends."""
    ours = select(books_summed_up.c.until_day).where(scope.owns(books_summed_up))
    return scope.execute(ours.with_for_update()).scalar_one_or_none()


def _first_day(scope: Scope, otherwise: int) -> int:
    first = select(DayOf(func.min(journals.c.occurred_at))).where(scope.owns(journals))
    day = scope.ask(first).scalar_one_or_none()
    return otherwise if day is None else min(day, otherwise)


def _sum_up_anew(scope: Scope, days: Days) -> None:
    for column, in_a_day in (
        (moved_quarters.c.quarter, QUARTERS_OF_A_DAY),
        (moved_hours.c.hour, HOURS_OF_A_DAY),
        (moved_days.c.day, 1),
    ):
        table, old = column.table, _between(column, days.first * in_a_day, days.until * in_a_day)
        scope.execute(delete(table).where(scope.owns(table), *old))
    for summed in books_summed_anew():
        of = summed.question.where(scope.owns(summed.over), *_within(summed, days))
        scope.execute(insert(summed.table).from_select(summed.columns, of))


def _within(summed: Summed, days: Days) -> Iterator[ColumnElement[bool]]:
    of = summed.over.c
    if "occurred_at" in of:
        return _between(of.occurred_at, day_begins(days.first), day_begins(days.until))
    quarters = (days.first * QUARTERS_OF_A_DAY, days.until * QUARTERS_OF_A_DAY)
    return _between(of.quarter, *quarters)


def _between(column: ColumnElement[Any], first: Any, until: Any) -> Iterator[ColumnElement[bool]]:
    yield column >= first
    yield column < until
