"""What is left of gift credit is what was issued, less what was used and is not given back."""

from collections.abc import Sequence

from sqlalchemy import and_, func, select

from adapters.readers.verification_checks import Check
from adapters.schema.gift_credits import gift_credits
from adapters.schema.payments import payments, refunds
from domain.payments.payment import Method
from domain.payments.refunds import RefundState


def gift_credit_checks() -> Sequence[Check]:
    return (_gift_credit_adds_up(),)


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
    left = gift_credits.c.amount_minor - used + restored
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
