"""What cancelling costs, and until when."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import ClassVar

import attrs

from domain.kernel.money import Money
from domain.kernel.refusals import Invalid


@attrs.frozen
class BadTiers(Invalid):
    code: ClassVar[str] = "bad_cancellation_tiers"
    field: ClassVar[str] = "cancellation"

    def __str__(self) -> str:
        return (
            "cancellation tiers go from the most hours before the start to the fewest, each "
            "giving back less than the one before, from 100 down to 1 percent"
        )


@attrs.frozen(kw_only=True)
class Tier:
    """Cancelled at least `hours_before` the start, `refund_percent` of the price is given back."""

    hours_before: int
    refund_percent: int


@attrs.frozen(kw_only=True)
class Cancellation:
    """How a price is split when its booking is cancelled, and whether that was the company."""

    fee: Money
    refund: Money
    by_company: bool = False
    reason: str = ""


@attrs.frozen(kw_only=True)
class CancellationTerms:
    """The most generous tier that is still open counts; when none is, nothing is given back.

    Hours are counted back from the moment the booking starts. That moment was fixed from the wall
    clock of the place, so a clock change in between moves no deadline.
    """

    tiers: tuple[Tier, ...]

    def __attrs_post_init__(self) -> None:
        in_range = all(t.hours_before >= 0 and 1 <= t.refund_percent <= 100 for t in self.tiers)  # noqa: PLR2004
        falling = all(
            one.hours_before > next.hours_before and one.refund_percent > next.refund_percent
            for one, next in pairwise(self.tiers)
        )
        if not (in_range and falling):
            raise BadTiers

    def split(
        self, price: Money, *, starts_at: datetime, now: datetime, kept: Money | None = None
    ) -> Cancellation:
        """`kept` is the part of the price that is not given back in any case."""
        notice = starts_at - now
        open_tiers = (t for t in self.tiers if notice >= timedelta(hours=t.hours_before))
        percent = next((tier.refund_percent for tier in open_tiers), 0)
        refundable = price if kept is None else price - kept
        refund = refundable.percent(percent)
        return Cancellation(fee=price - refund, refund=refund)


USUAL_TERMS = CancellationTerms(
    tiers=(
        Tier(hours_before=7 * 24, refund_percent=100),
        Tier(hours_before=3 * 24, refund_percent=50),
    )
)
