"""Quotes: a price promised until a time, without promising that anything is left."""

from datetime import datetime, timedelta
from typing import ClassVar

import attrs

from domain.bookings.agreement import Agreement
from domain.bookings.consent import NOTHING_ACCEPTED, Acceptance
from domain.kernel.identifiers import QuoteId
from domain.kernel.refusals import Conflict, NotFound


@attrs.frozen
class QuoteNotFound(NotFound):
    code: ClassVar[str] = "quote_not_found"
    quote_id: QuoteId

    def __str__(self) -> str:
        return f"no quote {self.quote_id}"


@attrs.frozen
class QuoteExpired(Conflict):
    code: ClassVar[str] = "quote_expired"
    quote_id: QuoteId
    expired_at: datetime

    def __str__(self) -> str:
        return f"the quote expired at {self.expired_at.isoformat()}; ask for a new one"


@attrs.frozen(kw_only=True)
class Quote:
    """Never changes; holding it as often as one likes is harmless, since stock decides."""

    id: QuoteId
    agreement: Agreement
    expires_at: datetime

    @classmethod
    def promise(
        cls,
        id: QuoteId,
        agreement: Agreement,
        *,
        now: datetime,
        good_for: timedelta,
        closes_at: datetime,
    ) -> "Quote":
        """Good for that long, but never beyond the moment at which booking closes."""
        return cls(id=id, agreement=agreement, expires_at=min(now + good_for, closes_at))

    def accepted(self, *, now: datetime, acceptance: Acceptance = NOTHING_ACCEPTED) -> Agreement:
        """Raises QuoteExpired and TermsNotAccepted.

        A price binds by the clock, unlike a hold: nothing is taken yet.
        """
        if now >= self.expires_at:
            raise QuoteExpired(self.id, self.expires_at)
        consent = acceptance.of(self.agreement.conditions.terms_version, now=now)
        return attrs.evolve(self.agreement, consent=consent)
