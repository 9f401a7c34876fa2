"""What the simulated provider charges, and how long it takes."""

from datetime import timedelta

import attrs

from domain.kernel.money import Money


@attrs.frozen(kw_only=True)
class Terms:
    """`late_after` should be longer than any booking is held."""

    fee_basis_points: int = 150
    fee_minor: int = 20
    dispute_fee_minor: int = 1500
    slow_after: timedelta = timedelta(seconds=5)
    late_after: timedelta = timedelta(minutes=61)
    refunds_after: timedelta = timedelta(seconds=30)
    disputed_after: timedelta = timedelta(seconds=5)
    evidence_within: timedelta = timedelta(days=7)
    reviewed_for: timedelta = timedelta(seconds=30)
    authorised_for: timedelta = timedelta(days=7)

    def fee_of(self, captured: Money) -> Money:
        return captured.basis_points(self.fee_basis_points) + Money(
            self.fee_minor, captured.currency
        )
