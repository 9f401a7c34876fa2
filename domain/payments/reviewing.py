"""A payment that looks suspicious waits for somebody, or never begins."""

from datetime import datetime

import attrs

from domain.kernel.identifiers import ActorId
from domain.payments.abuse import Check, Review, Ruling
from domain.payments.events import PaymentFailed, PaymentParked, PaymentReviewed
from domain.payments.payment import Payment, PaymentState
from domain.payments.refusals import PaymentNotParked

NOT_ACCEPTED = "not_accepted"
"""All that customers are told, whatever was found."""


def checked(payment: Payment, check: Check, *, now: datetime) -> Payment:
    """As it begins: it goes on to the provider, is parked before, or has failed."""
    known = attrs.evolve(payment, check=check)
    match check.ruling:
        case Ruling.ALLOW:
            return known
        case Ruling.REVIEW:
            return known.told(PaymentParked, {}, now=now, review=Review.PENDING)
        case Ruling.BLOCK:
            return _not_accepted(known, Review.BLOCKED, now)


def approved(payment: Payment, *, by: ActorId, note: str, now: datetime) -> Payment:
    """It goes on as if nothing had been found. Raises PaymentNotParked."""
    decided = _decided(payment, by=by, note=note, now=now)
    said = {"approved": True}
    return decided.told(PaymentReviewed, said, now=now, review=Review.APPROVED)


def declined(payment: Payment, *, by: ActorId, note: str, now: datetime) -> Payment:
    """The provider never hears of it. Raises PaymentNotParked."""
    decided = _decided(payment, by=by, note=note, now=now)
    known = decided.told(PaymentReviewed, {"approved": False}, now=now)
    return _not_accepted(known, Review.DECLINED, now)


def _decided(payment: Payment, *, by: ActorId, note: str, now: datetime) -> Payment:
    if not payment.is_parked or payment.check is None:
        raise PaymentNotParked(payment.id)
    check = attrs.evolve(payment.check, decided_by=by, decided_at=now, note=note)
    return attrs.evolve(payment, check=check)


def _not_accepted(payment: Payment, review: Review, now: datetime) -> Payment:
    said = {"failure": NOT_ACCEPTED}
    return payment.told(
        PaymentFailed,
        said,
        now=now,
        state=PaymentState.FAILED,
        failure=NOT_ACCEPTED,
        review=review,
    )
