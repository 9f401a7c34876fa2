"""How suspicious a payment looks before it begins, and what is done about it."""

from collections.abc import Iterator
from datetime import datetime
from enum import Enum

import attrs

from domain.kernel.identifiers import ActorId
from domain.kernel.money import Money


class Signal(Enum):
    """What may look suspicious; `not_checked` if nobody could say whether anything does."""

    EMAIL_VELOCITY = "email_velocity"
    ACTOR_VELOCITY = "actor_velocity"
    UNUSUAL_AMOUNT = "unusual_amount"
    DISPOSABLE_EMAIL = "disposable_email"
    COUNTRY_MISMATCH = "country_mismatch"
    FOREIGN_CURRENCY = "foreign_currency"
    NOT_CHECKED = "not_checked"


class Ruling(Enum):
    ALLOW = "allow"
    REVIEW = "review"
    BLOCK = "block"


class Review(Enum):
    """What has become of a payment that was not allowed at once."""

    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"
    BLOCKED = "blocked"


@attrs.frozen(kw_only=True)
class Reason:
    """`found` is what was counted, and `limit` from where on that weighs something."""

    signal: Signal
    weight: int
    found: int = 1
    limit: int = 1


@attrs.frozen(kw_only=True)
class Check:
    """What was made of a payment: for whoever operates payments, and never for customers."""

    score: int
    ruling: Ruling
    reasons: tuple[Reason, ...] = ()
    decided_by: ActorId | None = None
    decided_at: datetime | None = None
    note: str = ""


@attrs.frozen(kw_only=True)
class Recent:
    """What has happened lately, without the payment in question.

    Payments of the last hour under the same e-mail address, and by the same actor; `usual` is the
    average of what the organization has been paid in this currency, once there is enough of it.
    """

    by_customer: int
    by_actor: int
    usual: Money | None


@attrs.frozen(kw_only=True)
class Circumstances:
    recent: Recent
    amount: Money
    disposable: bool
    countries_differ: bool
    foreign_currency: bool


@attrs.frozen(kw_only=True)
class AbuseRules:
    """From a limit on, its weight is added to the score; from twice the limit on, twice of it.

    Weights are not below zero: whatever is found besides never makes a payment less suspicious.
    """

    per_customer: int = 5
    customer_weight: int = 30
    per_actor: int = 200
    actor_weight: int = 20
    times_usual: int = 3
    amount_weight: int = 20
    disposable_weight: int = 40
    country_weight: int = 15
    currency_weight: int = 0
    review_at: int = 40
    block_at: int = 80

    def judge(self, found: Circumstances) -> Check:
        reasons = tuple(reason for reason in self._reasons(found) if reason.weight > 0)
        score = sum(reason.weight for reason in reasons)
        return Check(score=score, ruling=self._ruling(score), reasons=reasons)

    def unchecked(self) -> Check:
        """Nobody knows: somebody has to look."""
        reason = Reason(signal=Signal.NOT_CHECKED, weight=self.review_at)
        return Check(score=self.review_at, ruling=Ruling.REVIEW, reasons=(reason,))

    def _reasons(self, found: Circumstances) -> Iterator[Reason]:
        recent, usual = found.recent, found.recent.usual
        by_customer, by_actor = recent.by_customer + 1, recent.by_actor + 1
        yield _graded(Signal.EMAIL_VELOCITY, by_customer, self.per_customer, self.customer_weight)
        yield _graded(Signal.ACTOR_VELOCITY, by_actor, self.per_actor, self.actor_weight)
        if usual is not None and usual.minor > 0 and usual.currency == found.amount.currency:
            times = found.amount.minor // usual.minor
            yield _graded(Signal.UNUSUAL_AMOUNT, times, self.times_usual, self.amount_weight)
        if found.disposable:
            yield Reason(signal=Signal.DISPOSABLE_EMAIL, weight=self.disposable_weight)
        if found.countries_differ:
            yield Reason(signal=Signal.COUNTRY_MISMATCH, weight=self.country_weight)
        if found.foreign_currency:
            yield Reason(signal=Signal.FOREIGN_CURRENCY, weight=self.currency_weight)

    def _ruling(self, score: int) -> Ruling:
        if score >= self.block_at:
            return Ruling.BLOCK
        return Ruling.REVIEW if score >= self.review_at else Ruling.ALLOW


USUAL_RULES = AbuseRules()
"""For whoever has set none."""


def _graded(signal: Signal, found: int, limit: int, weight: int) -> Reason:
    steps = min(found // limit, 2)
    return Reason(signal=signal, weight=steps * weight, found=found, limit=limit)
