"""No more calls than an account may place: Twilio lines up what is more, where nobody sees it."""

from collections.abc import Awaitable, Callable

import attrs

from application.calls.telephony import TelephonyUnavailable
from application.kernel.rate_limits import Bucket, RateLimiter
from domain.kernel.identifiers import OrganizationId
from domain.kernel.quotas import Quota

PER_SECOND = Quota(name="telephony-calls", most=1, seconds=1)
LONGEST_WAIT = 5
"""Seconds; whoever would wait longer is told so."""


@attrs.frozen(kw_only=True)
class Pace:
    """Of one account, whichever process places the call."""

    account: str
    organization_id: OrganizationId
    rates: RateLimiter
    pause: Callable[[float], Awaitable[None]]

    async def __call__(self) -> float:
        """How many seconds it took until the account was free. Raises TelephonyUnavailable."""
        bucket = Bucket(
            quota=PER_SECOND, subject=self.account, organization_id=self.organization_id
        )
        for waited in range(LONGEST_WAIT + 1):
            if (await self.rates.take(bucket)).granted:
                return float(waited)
            if waited < LONGEST_WAIT:
                await self.pause(1)
        raise TelephonyUnavailable(retry_after=LONGEST_WAIT)
