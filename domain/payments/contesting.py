"""What disputes make of the payment that they are about."""

from collections.abc import Sequence

import attrs

from domain.payments.disputes import Dispute, DisputeOutcome
from domain.payments.payment import Payment


def contested(payment: Payment, dispute: Dispute, others: Sequence[Dispute] = ()) -> Payment:
    """Nothing is given back while one of them lasts, and what is lost is not given back again.

    `dispute` is the one that has changed.
    """
    lost = dispute.outcome is DisputeOutcome.LOST
    gone = payment.refunding + dispute.amount
    return attrs.evolve(
        payment,
        disputed=any(one.is_open and not one.inquiry for one in (dispute, *others)),
        refunding=min(payment.captured, gone) if lost else payment.refunding,
    )
