"""Telephone numbers of Twilio: what can be had, bought and released."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import attrs

from adapters.twilio.failures import NOT_FOUND, told
from adapters.twilio.reading import PROVIDER
from adapters.twilio.telephony import Doors
from application.calls.number_market import (
    BoughtNumber,
    NumberKind,
    NumberMarket,
    NumberOffer,
    NumberWish,
    Purchase,
)
from application.calls.telephony import TelephonyRefused
from domain.calls.desk_numbers import Capability

FEW = 5


@attrs.frozen(kw_only=True)
class TwilioNumbers(NumberMarket):
    """Twilio knows no keys by which the same is done once, but each number has a name.

    The key is in that name, so that a number whose answer was lost is found by it, by whichever
    process; and Twilio sells a number once, so that two who buy it at once pay once.
    """

    client: Any = attrs.field(repr=False)
    doors: Callable[[], Awaitable[Doors]]
    seconds: float

    @property
    def name(self) -> str:
        return PROVIDER

    async def offers(self, wish: NumberWish) -> Sequence[NumberOffer]:
        """A country that Twilio has no such numbers of has no offers."""
        shelf = getattr(self.client.available_phone_numbers(wish.country), wish.kind.value)
        asked: dict[str, Any] = {f"{one.value}_enabled": True for one in wish.capabilities}
        if wish.contains is not None:
            asked["contains"] = wish.contains
        try:
            with told(self.seconds):
                found = await shelf.list_async(limit=wish.limit, page_size=wish.limit, **asked)
        except TelephonyRefused as refusal:
            if refusal.reason != str(NOT_FOUND):
                raise
            return ()
        return [_offer(one, wish.kind) for one in found]

    async def buy(self, purchase: Purchase) -> BoughtNumber:
        known = await self.find(purchase.key)
        if known is not None:
            return known
        doors = await self.doors()
        try:
            with told(self.seconds):
                bought = await self.client.incoming_phone_numbers.create_async(
                    phone_number=purchase.number,
                    friendly_name=_name(purchase.key),
                    voice_url=doors.voice,
                    voice_method="POST",
                    status_callback=doors.events,
                    status_callback_method="POST",
                )
        except TelephonyRefused:
            # Perhaps because somebody has just bought it with the same key.
            known = await self.find(purchase.key)
            if known is None:
                raise
            return known
        return _bought(bought)

    async def find(self, key: str) -> BoughtNumber | None:
        with told(self.seconds):
            found = await self.client.incoming_phone_numbers.list_async(
                friendly_name=_name(key), limit=FEW
            )
        return next((_bought(one) for one in found), None)

    async def release(self, reference: str) -> None:
        try:
            with told(self.seconds):
                await self.client.incoming_phone_numbers(reference).delete_async()
        except TelephonyRefused as refusal:
            if refusal.reason != str(NOT_FOUND):
                raise


def _name(key: str) -> str:
    return f"frontdesk {key}"


def _offer(one: Any, kind: NumberKind) -> NumberOffer:
    return NumberOffer(
        number=str(one.phone_number),
        country=str(one.iso_country),
        kind=kind,
        capabilities=_good_for(one.capabilities),
        locality=one.locality or None,
        region=one.region or None,
    )


def _bought(one: Any) -> BoughtNumber:
    return BoughtNumber(
        reference=str(one.sid),
        number=str(one.phone_number),
        capabilities=_good_for(one.capabilities),
    )


def _good_for(told: Any) -> tuple[Capability, ...]:
    """What it is called differs: offers say `SMS`, numbers say `sms`."""
    can = {str(name).lower() for name, does in dict(told or {}).items() if does}
    return tuple(one for one in Capability if one.value in can)
