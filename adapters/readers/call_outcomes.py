"""What calls came to, in SQL."""

from collections.abc import Mapping
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, select

from adapters.mapping.call_outcomes import HANDLED, SOLD_IN_CALL, STANDS, conversion, resolution
from adapters.readers.sources_of_call_figures import of_calls
from adapters.schema.analytics import booking_facts
from adapters.schema.call_figures import call_figures
from adapters.schema.events import event_log
from adapters.sql.database import Database
from application.analytics.call_views import CallQuestion
from application.analytics.outcome_views import CallOutcomeViews, Conversion
from application.kernel.ports import Clock
from domain.analytics.call_outcomes import OutcomeTotals, SoldTotals
from domain.kernel.actors import Actor, Permission


@attrs.frozen(kw_only=True)
class SqlCallOutcomeViews(CallOutcomeViews):
    database: Database
    clock: Clock

    async def resolution(self, actor: Actor, question: CallQuestion) -> OutcomeTotals:
        which = resolution(self.clock(), question.again_within_days)
        asked = _numbers(actor, question, which)

        def ask(connection: Connection) -> OutcomeTotals:
            row = connection.execute(asked).one()
            return OutcomeTotals(
                contacts=int(row.contacts), resolved=int(row.resolved_at_first_contact)
            )

        return await self.database.read(ask, of=actor.organization_id)

    async def conversion(self, actor: Actor, question: CallQuestion) -> Conversion:
        actor.must(Permission.READ_BOOKINGS)
        asked = _numbers(actor, question, {"handled": HANDLED, **conversion()})
        sold = _sold(actor, question)

        def ask(connection: Connection) -> Conversion:
            numbers = {
                name: int(number)
                for name, number in connection.execute(asked).one()._mapping.items()  # noqa: SLF001
            }
            totals = OutcomeTotals(**numbers)
            rows = connection.execute(sold).all()
            return Conversion(
                totals=totals, sold={row.currency: _of_currency(row, totals) for row in rows}
            )

        return await self.database.read(ask, of=actor.organization_id)


def _numbers(
    actor: Actor, question: CallQuestion, which: Mapping[str, ColumnElement[bool]]
) -> Select[Any]:
    numbers = [func.count(case((condition, 1))).label(name) for name, condition in which.items()]
    return of_calls(actor, question, *numbers).select_from(call_figures)


def _sold(actor: Actor, question: CallQuestion) -> Select[Any]:
    """Whatever was held in one call and confirmed in another is one booking."""
    of = booking_facts.c
    each = (
        of_calls(actor, question, of.id, of.currency, of.total_minor)
        .where(HANDLED)
        .select_from(call_figures)
        .join(event_log, SOLD_IN_CALL)
        .join(booking_facts, STANDS)
        .distinct()
        .subquery()
    )
    return (
        select(
            each.c.currency,
            func.count().label("bookings"),
            func.sum(each.c.total_minor).label("total_minor"),
        )
        .group_by(each.c.currency)
        .order_by(each.c.currency)
    )


def _of_currency(row: Row[Any], totals: OutcomeTotals) -> SoldTotals:
    return SoldTotals(
        handled=totals.handled, bookings=int(row.bookings), total_minor=int(row.total_minor)
    )
