"""What is asked about what calls came to, and who answers."""

from collections.abc import Mapping
from typing import Protocol

import attrs

from application.analytics.call_views import CallQuestion
from domain.analytics.call_outcomes import OutcomeTotals, SoldTotals
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class Conversion:
    """`sold` is by currency."""

    totals: OutcomeTotals
    sold: Mapping[str, SoldTotals]


class CallOutcomeViews(Protocol):
    async def resolution(self, actor: Actor, question: CallQuestion) -> OutcomeTotals: ...

    async def conversion(self, actor: Actor, question: CallQuestion) -> Conversion:
        """For whoever may read bookings. Raises NotPermitted."""
        ...
