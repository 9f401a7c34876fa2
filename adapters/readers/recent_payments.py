"""What has been paid lately, in SQL."""

from datetime import timedelta
from functools import lru_cache

import attrs
from sqlalchemy import Connection, Executable, Row, and_, bindparam, func, or_, select

from adapters.schema.bookings import bookings
from adapters.schema.payments import payments
from adapters.sql.database import Database
from application.kernel.ports import Clock
from application.payments.abuse_ports import RecentPayments
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from domain.kernel.money import Money
from domain.payments.abuse import Recent
from domain.payments.payment import PaymentState

LATELY = timedelta(hours=1)
LATEST = 500
"""So many payments are looked at to say what is usual, however many there are."""
ENOUGH = 20


@attrs.frozen(kw_only=True)
class SqlRecentPayments(RecentPayments):
    database: Database
    clock: Clock

    async def before(self, actor: Actor, booking_id: BookingId) -> Recent:
        key = {
            "p_organization_id": actor.organization_id,
            "p_booking_id": booking_id,
            "p_actor": actor.id,
            "p_since": self.clock() - LATELY,
        }

        def ask(connection: Connection) -> Recent:
            row = connection.execute(_recent(), key).one()
            return Recent(by_customer=row.by_customer, by_actor=row.by_actor, usual=_usual(row))

        return await self.database.read(ask, of=actor.organization_id)


def _usual(row: Row[tuple[int, ...]]) -> Money | None:
    if row.captured < ENOUGH:
        return None
    return Money(int(row.captured_minor) // row.captured, row.currency)


@lru_cache(maxsize=1)
def _recent() -> Executable:
    """One row: both counts of the last hour, and what the latest captured ones come to."""
    ours = payments.c.organization_id == bindparam("p_organization_id")
    lately = and_(ours, payments.c.created_at > bindparam("p_since"))
    this = bookings.alias("this")
    is_this = and_(
        this.c.organization_id == bindparam("p_organization_id"),
        this.c.id == bindparam("p_booking_id"),
    )
    by_customer = (
        select(func.count())
        .join_from(
            payments,
            bookings,
            and_(
                bookings.c.organization_id == payments.c.organization_id,
                bookings.c.id == payments.c.booking_id,
            ),
        )
        .where(
            lately,
            or_(payments.c.lead_id.is_(None), payments.c.lead_id == payments.c.id),
            bookings.c.email == select(this.c.email).where(is_this).scalar_subquery(),
        )
        .scalar_subquery()
    )
    by_actor = (
        select(func.count())
        .select_from(payments)
        .where(lately, payments.c.started_by == bindparam("p_actor"))
        .scalar_subquery()
    )
    currency = select(this.c.currency).where(is_this).scalar_subquery()
    latest = (
        select(payments.c.state, payments.c.currency, payments.c.captured_minor)
        .where(ours)
        .order_by(payments.c.created_at.desc(), payments.c.id.desc())
        .limit(LATEST)
        .subquery("latest")
    )
    return select(
        by_customer.label("by_customer"),
        by_actor.label("by_actor"),
        currency.label("currency"),
        func.count().label("captured"),
        func.coalesce(func.sum(latest.c.captured_minor), 0).label("captured_minor"),
    ).where(latest.c.state == PaymentState.CAPTURED.value, latest.c.currency == currency)
