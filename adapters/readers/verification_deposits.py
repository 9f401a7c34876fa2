"""What customers have paid is used for what they owe, and what is left of it goes back."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select

from adapters.mapping.ledger import OF_JOURNAL
from adapters.readers.verification_checks import Check
from adapters.schema.bookings import bookings
from adapters.schema.ledger import journals, transfers
from adapters.schema.payments import payments, refunds
from domain.bookings.life import BookingState
from domain.bookings.owing import SOLD
from domain.payments.ledger import Account
from domain.payments.refunds import RefundState

PROMISED = [state.value for state in (*SOLD, BookingState.CANCELLED)]


def deposits_are_used(late: datetime) -> Check:
    """Nobody owes what he has paid already; whoever was about to set that right has had time."""
    of_receivable, of_deposits = balance(Account.RECEIVABLE), balance(Account.DEPOSITS)
    return Check(
        name="deposits_are_used",
        question=select(
            transfers.c.organization_id,
            transfers.c.booking_id.label("subject"),
            transfers.c.currency,
            of_receivable.label("receivable"),
            of_deposits.label("deposits"),
        )
        .join_from(transfers, journals, OF_JOURNAL)
        .where(transfers.c.booking_id.is_not(None))
        .group_by(transfers.c.organization_id, transfers.c.booking_id, transfers.c.currency)
        .having(
            func.max(journals.c.occurred_at) <= late,
            or_(of_receivable < 0, of_deposits > 0, and_(of_receivable > 0, of_deposits < 0)),
        ),
        detail="is owed {receivable} {currency} while its deposits are {deposits}",
    )


def surplus_goes_back(late: datetime) -> Check:
    """What was paid for something else than a promise is looked at by itself; what is disputed,
    or was refused to be given back, somebody has seen.
    """
    surplus = -balance(Account.DEPOSITS)
    seen_to = or_(
        exists(
            select(payments.c.id).where(
                payments.c.organization_id == bookings.c.organization_id,
                payments.c.booking_id == bookings.c.id,
                payments.c.disputed,
            )
        ),
        exists(
            select(refunds.c.id).where(
                refunds.c.organization_id == bookings.c.organization_id,
                refunds.c.booking_id == bookings.c.id,
                refunds.c.state == RefundState.REJECTED.value,
            )
        ),
    )
    return Check(
        name="surplus_goes_back",
        question=select(
            bookings.c.organization_id,
            bookings.c.id.label("subject"),
            bookings.c.state,
            transfers.c.currency,
            surplus.label("surplus"),
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
        .where(bookings.c.state.in_(PROMISED), not_(seen_to))
        .group_by(
            bookings.c.organization_id, bookings.c.id, bookings.c.state, transfers.c.currency
        )
        .having(
            func.max(journals.c.occurred_at) <= late,
            surplus > 0,
            balance(Account.RECEIVABLE) == 0,
        ),
        detail="is {state}, and {surplus} {currency} too much was paid for it",
    )


def balance(account: Account) -> ColumnElement[int]:
    """Debits less credits."""
    amount = transfers.c.amount_minor
    return func.sum(
        case(
            (transfers.c.debit == account.value, amount),
            (transfers.c.credit == account.value, -amount),
            else_=0,
        )
    )
