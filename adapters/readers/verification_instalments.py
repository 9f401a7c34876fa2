"""Whoever still has to pay the rest of a deposit is watched, and looked at in time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, not_, select

from adapters.mapping.ledger import OF_JOURNAL
from adapters.readers.verification_checks import Check
from adapters.readers.verification_deposits import balance
from adapters.schema.bookings import bookings
from adapters.schema.instalments import instalments
from adapters.schema.ledger import journals, transfers
from adapters.schema.payments import disputes
from domain.bookings.life import BookingState
from domain.payments.ledger import Account

# By then the worker has looked, or somebody should know.
PATIENCE = timedelta(hours=1)


def instalment_checks(*, now: datetime) -> Sequence[Check]:
    late = now - PATIENCE
    return (_missing_instalments_are_watched(late), _watched_instalments_are_looked_at(late))


def _missing_instalments_are_watched(late: datetime) -> Check:
    """But for what a dispute took away again: somebody sees to that."""
    missing = balance(Account.RECEIVABLE)
    watched, disputed = (
        exists(
            select(table.c.id).where(
                table.c.organization_id == bookings.c.organization_id,
                table.c.booking_id == bookings.c.id,
            )
        )
        for table in (instalments, disputes)
    )
    return Check(
        name="missing_instalments_are_watched",
        question=select(
            bookings.c.organization_id,
            bookings.c.id.label("subject"),
            transfers.c.currency,
            missing.label("missing"),
        )
        .join_from(
            bookings,
            transfers,
            and_(
                transfers.c.organization_id == bookings.c.organization_id,
                transfers.c.booking_id == bookings.c.id,
            ),
        )
        .join(journals, OF_JOURNAL)
        .where(
            bookings.c.state == BookingState.CONFIRMED.value,
            bookings.c.agreement["conditions"]["deposit"]["percent"].as_integer().is_not(None),
            not_(watched),
            not_(disputed),
        )
        .group_by(bookings.c.organization_id, bookings.c.id, transfers.c.currency)
        .having(and_(func.max(journals.c.occurred_at) <= late, missing > 0)),
        detail="still owes {missing} {currency} after a deposit, and nobody watches it",
    )


def _watched_instalments_are_looked_at(late: datetime) -> Check:
    return Check(
        name="watched_instalments_are_looked_at",
        question=select(
            instalments.c.organization_id,
            instalments.c.id.label("subject"),
            instalments.c.stage,
            instalments.c.next_at,
        ).where(instalments.c.next_at <= late),
        detail="is {stage}, and nobody has looked since {next_at}",
    )
