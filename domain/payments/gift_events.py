"""What other features may know about gift credit: never its code."""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, GiftCreditId
from domain.kernel.money import Money


@attrs.frozen(kw_only=True)
class GiftCreditEvent(Event):
    gift_credit_id: GiftCreditId
    amount: Money

    @property
    def subject(self) -> UUID:
        return self.gift_credit_id


@attrs.frozen(kw_only=True)
class GiftCreditIssued(GiftCreditEvent):
    name: ClassVar[str] = "gift_credit_issued"
    paid_by: str


@attrs.frozen(kw_only=True)
class GiftCreditUsed(GiftCreditEvent):
    name: ClassVar[str] = "gift_credit_used"
    booking_id: BookingId


@attrs.frozen(kw_only=True)
class GiftCreditRestored(GiftCreditEvent):
    """What was paid with it has been given back, to it."""

    name: ClassVar[str] = "gift_credit_restored"
    booking_id: BookingId


@attrs.frozen(kw_only=True)
class GiftCreditLapsed(GiftCreditEvent):
    """What was left of it when it had expired is not owed any more."""

    name: ClassVar[str] = "gift_credit_lapsed"


EVERY = (GiftCreditIssued, GiftCreditUsed, GiftCreditRestored, GiftCreditLapsed)
