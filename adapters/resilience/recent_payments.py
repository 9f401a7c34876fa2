"""A question that is not waited for any longer than this."""

import anyio
import attrs

from application.payments.abuse_ports import RecentPayments
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from domain.payments.abuse import Recent

SECONDS = 2.0


@attrs.frozen
class PromptRecentPayments(RecentPayments):
    recent_payments: RecentPayments
    seconds: float = SECONDS

    async def before(self, actor: Actor, booking_id: BookingId) -> Recent:
        """Raises TimeoutError."""
        with anyio.fail_after(self.seconds):
            return await self.recent_payments.before(actor, booking_id)
