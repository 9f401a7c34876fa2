"""Money is where the books say it is, and what was paid was for something."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    case,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)

from adapters.mapping.ledger import OF_JOURNAL
from adapters.readers.verification_checks import Check
from adapters.readers.verification_deposits import deposits_are_used, surplus_goes_back
from adapters.readers.verification_joint_payments import shares_add_up
from adapters.readers.verification_paper_fees import paper_fees_are_charged
from adapters.schema.bookings import bookings
from adapters.schema.ledger import journals, transfers
from adapters.schema.payments import disputes, payments, refunds
from domain.bookings.life import BookingState
from domain.payments.abuse import Review
from domain.payments.disputes import DisputeOutcome
from domain.payments.ledger import Cause
from domain.payments.payment import OPEN, PaymentState
from domain.payments.refunds import RefundState

# By then whatever happens to a payment has been seen to, or somebody should know.
PATIENCE = timedelta(hours=1)
FOR_NOTHING = [
    state.value for state in (BookingState.EXPIRED, BookingState.RELEASED, BookingState.DECLINED)
]
CAPTURED = payments.c.state == PaymentState.CAPTURED.value
REJECTED = refunds.c.state == RefundState.REJECTED.value
_of_payment = and_(
    refunds.c.organization_id == payments.c.organization_id,
    refunds.c.payment_id == payments.c.id,
)


def payment_checks(*, now: datetime) -> Sequence[Check]:
    late = now - PATIENCE
    return (
        _one_open_payment_a_booking(),
        _parked_payments_are_unheard_of(),
        shares_add_up(),
        _refunds_match_payments(),
        _payments_are_for_something(late),
        _transfers_belong_to_journals(),
        _is_in_the_books("captured_money_is_in_the_books", _captured(), Cause.CAPTURED),
        _is_in_the_books(
            "refunds_are_set_aside_in_the_books",
            _refunded(not_(REJECTED)),
            Cause.REFUND_SET_ASIDE,
            Cause.REFUND_DROPPED,
        ),
        _is_in_the_books(
            "refunds_are_paid_in_the_books",
            _refunded(refunds.c.state == RefundState.SUCCEEDED.value),
            Cause.REFUND_PAID,
            Cause.REFUND_RETURNED,
        ),
        paper_fees_are_charged(late),
        deposits_are_used(late),
        surplus_goes_back(late),
    )


def _one_open_payment_a_booking() -> Check:
    return Check(
        name="one_open_payment_a_booking",
        question=select(
            payments.c.organization_id,
            payments.c.booking_id.label("subject"),
            func.count().label("number"),
        )
        .where(payments.c.state.in_([state.value for state in OPEN]))
        .group_by(payments.c.organization_id, payments.c.booking_id)
        .having(func.count() > 1),
        detail="has {number} open payments",
    )


def _parked_payments_are_unheard_of() -> Check:
    """Nobody pays before somebody has looked, or after it was refused."""
    return Check(
        name="parked_payments_are_unheard_of",
        question=select(
            payments.c.organization_id, payments.c.id.label("subject"), payments.c.review
        ).where(
            payments.c.review.is_not(None),
            payments.c.review != Review.APPROVED.value,
            payments.c.provider_reference.is_not(None),
        ),
        detail="is {review} and at the provider all the same",
    )


def _refunds_match_payments() -> Check:
    """What was lost in a dispute is gone like what was given back."""
    given = (
        select(func.coalesce(func.sum(refunds.c.amount_minor), 0))
        .where(_of_payment, not_(REJECTED))
        .scalar_subquery()
    )
    lost = (
        select(func.coalesce(func.sum(disputes.c.details["amount"]["minor"].as_integer()), 0))
        .where(
            disputes.c.organization_id == payments.c.organization_id,
            disputes.c.payment_id == payments.c.id,
            disputes.c.details["outcome"].as_string() == DisputeOutcome.LOST.value,
        )
        .scalar_subquery()
    )
    gone = given + lost
    expected = case((gone > payments.c.captured_minor, payments.c.captured_minor), else_=gone)
    return Check(
        name="refunds_match_payments",
        question=select(
            payments.c.organization_id,
            payments.c.id.label("subject"),
            payments.c.refunding_minor,
            gone.label("gone"),
            payments.c.captured_minor,
        ).where(or_(payments.c.refunding_minor != expected, given > payments.c.captured_minor)),
        detail="gives back {refunding_minor} of {captured_minor}, and its refunds are {gone}",
    )


def _payments_are_for_something(late: datetime) -> Check:
    return Check(
        name="payments_are_for_something",
        question=select(
            payments.c.organization_id,
            payments.c.id.label("subject"),
            bookings.c.state,
            (payments.c.captured_minor - payments.c.refunding_minor).label("kept"),
        )
        .join_from(
            payments,
            bookings,
            and_(
                bookings.c.organization_id == payments.c.organization_id,
                bookings.c.id == payments.c.booking_id,
            ),
        )
        .where(payments.c.heard_at <= late, unresolved()),
        detail="keeps {kept} of what was paid for a booking that is {state}",
    )


def unresolved() -> ColumnElement[bool]:
    """Paid for what is not promised, it goes back, unless somebody has decided otherwise."""
    return and_(
        CAPTURED,
        payments.c.captured_minor > payments.c.refunding_minor,
        not_(payments.c.disputed),
        bookings.c.state.in_(FOR_NOTHING),
        not_(exists(select(refunds.c.id).where(_of_payment, REJECTED))),
    )


def _transfers_belong_to_journals() -> Check:
    """And take as much off one account as they put on another: all of them add up to nothing."""
    return Check(
        name="transfers_belong_to_journals",
        question=select(
            transfers.c.organization_id,
            transfers.c.journal_id.label("subject"),
            transfers.c.number,
        )
        .outerjoin_from(transfers, journals, OF_JOURNAL)
        .where(
            or_(
                journals.c.id.is_(None),
                journals.c.booking_id != transfers.c.booking_id,
                journals.c.booking_id.is_(None) != transfers.c.booking_id.is_(None),
                transfers.c.debit == transfers.c.credit,
                transfers.c.amount_minor < 1,
            )
        ),
        detail="transfer {number} is of no journal, of another booking, or of nothing",
    )


def _captured() -> Select[Any]:
    return _happened(payments, payments.c.captured_minor).where(CAPTURED)


def _refunded(condition: ColumnElement[bool]) -> Select[Any]:
    return _happened(refunds, refunds.c.amount_minor).where(condition)


def _happened(table: Table, amount: ColumnElement[int]) -> Select[Any]:
    return select(
        table.c.organization_id,
        table.c.booking_id,
        table.c.currency,
        amount.label("happened"),
        literal(0).label("written"),
    )


def _written(cause: Cause, undone: Cause | None) -> Select[Any]:
    causes = [one.value for one in (cause, undone) if one is not None]
    amount = transfers.c.amount_minor
    return (
        select(
            transfers.c.organization_id,
            transfers.c.booking_id,
            transfers.c.currency,
            literal(0),
            case((journals.c.cause == cause.value, amount), else_=-amount),
        )
        .join_from(transfers, journals, OF_JOURNAL)
        .where(journals.c.cause.in_(causes))
    )


def _is_in_the_books(
    name: str, happened: Select[Any], cause: Cause, undone: Cause | None = None
) -> Check:
    """As much as has happened about a booking was written, less what was undone."""
    both = union_all(happened, _written(cause, undone)).subquery("both")
    should_be, is_there = func.sum(both.c.happened), func.sum(both.c.written)
    return Check(
        name=name,
        question=select(
            both.c.organization_id,
            both.c.booking_id.label("subject"),
            both.c.currency,
            should_be.label("happened"),
            is_there.label("written"),
        )
        .group_by(both.c.organization_id, both.c.booking_id, both.c.currency)
        .having(should_be != is_there),
        detail="{happened} {currency} should be in the books, and {written} is",
    )
