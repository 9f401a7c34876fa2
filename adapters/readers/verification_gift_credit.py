"""What is left of gift credit is what was issued, less what was used and is not given back, and
what has lapsed.
"""

from collections.abc import Sequence

from sqlalchemy import and_, func, literal, select, union_all

from adapters.mapping.ledger import OF_JOURNAL
from adapters.readers.verification_checks import Check
from adapters.schema.gift_credits import gift_credits
from adapters.schema.ledger import journals, transfers
from adapters.schema.payments import payments, refunds
from domain.payments.ledger import Cause
from domain.payments.payment import Method
from domain.payments.refunds import RefundState


def gift_credit_checks() -> Sequence[Check]:
    return (_gift_credit_adds_up(), _lapsed_gift_credit_is_in_the_books())


def _gift_credit_adds_up() -> Check:
    of_credit = and_(
        payments.c.organization_id == gift_credits.c.organization_id,
        payments.c.gift_credit_id == gift_credits.c.id,
    )
    used = (
        select(func.coalesce(func.sum(payments.c.captured_minor), 0))
        .where(of_credit)
        .scalar_subquery()
    )
    restored = (
        select(func.coalesce(func.sum(refunds.c.amount_minor - refunds.c.fee_minor), 0))
        .join_from(
            refunds,
            payments,
            and_(
                payments.c.organization_id == refunds.c.organization_id,
                payments.c.id == refunds.c.payment_id,
            ),
        )
        .where(
            of_credit,
            refunds.c.method == Method.GIFT_CREDIT.value,
            refunds.c.state == RefundState.SUCCEEDED.value,
        )
        .scalar_subquery()
    )
    left = gift_credits.c.amount_minor - used + restored - gift_credits.c.lapsed_minor
    return Check(
        name="gift_credit_adds_up",
        question=select(
            gift_credits.c.organization_id,
            gift_credits.c.id.label("subject"),
            gift_credits.c.balance_minor,
            left.label("should_be"),
        ).where(gift_credits.c.balance_minor != left),
        detail="has {balance_minor} left, and {should_be} should be",
    )


def _lapsed_gift_credit_is_in_the_books() -> Check:
    """All that has lapsed in a currency was written, and nothing else was."""
    lapsed = select(
        gift_credits.c.organization_id,
        gift_credits.c.currency,
        gift_credits.c.lapsed_minor.label("lapsed"),
        literal(0).label("written"),
    ).where(gift_credits.c.lapsed_minor > 0)
    written = (
        select(
            transfers.c.organization_id,
            transfers.c.currency,
            literal(0),
            transfers.c.amount_minor,
        )
        .join_from(transfers, journals, OF_JOURNAL)
        .where(journals.c.cause == Cause.GIFT_LAPSED.value)
    )
    both = union_all(lapsed, written).subquery("both")
    has_lapsed, is_written = func.sum(both.c.lapsed), func.sum(both.c.written)
    return Check(
        name="lapsed_gift_credit_is_in_the_books",
        question=select(
            both.c.organization_id,
            both.c.currency.label("subject"),
            has_lapsed.label("has_lapsed"),
            is_written.label("is_written"),
        )
        .group_by(both.c.organization_id, both.c.currency)
        .having(has_lapsed != is_written),
        detail="{has_lapsed} have lapsed, and {is_written} are in the books",
    )
