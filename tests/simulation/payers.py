"""Somebody at a payment page: pays, is asked by the bank, thinks for too long, or gives up."""

import asyncio
from random import Random

import attrs

from application.bookings.pay_booking import PayBooking
from application.payments.carry_on_payment import CarriedOn, CarryOnPayment
from application.payments.gateway import PaymentProviderDown
from domain.kernel.identifiers import BookingId, PaymentId
from domain.payments.provider import ProviderStatus
from tests.fakes.gateway import CANCELLABLE
from tests.simulation.clients import Client, NoAnswer
from tests.simulation.desks import Desk
from tests.simulation.world import World


def begun(carried: CarriedOn) -> str:
    return carried.payment.id.hex


@attrs.define(kw_only=True)
class Payer:
    desk: Desk
    client: Client
    chance: Random
    world: World

    async def pays(self, name: str, booking_id: BookingId) -> None:
        payment_id = await self._begins(booking_id)
        if payment_id is None:
            return
        waits = self.chance.uniform(1, 60)
        if self.chance.random() < 0.25:
            waits = self.chance.uniform(900, 1500)  # longer than any hold
        if self.chance.random() < 0.4:
            self._becomes(payment_id, ProviderStatus.REQUIRES_ACTION)
            self.world.seen["the bank asks"] += 1
        await asyncio.sleep(waits)
        if self.chance.random() < 0.2:
            self._becomes(payment_id, ProviderStatus.REQUIRES_PAYMENT_METHOD, "card_declined")
            self.world.seen["the card is declined"] += 1
            return
        if self._becomes(payment_id, ProviderStatus.SUCCEEDED):
            self.world.seen["paid late" if waits > 900 else "paid"] += 1
        if self.chance.random() < 0.5:
            await self._comes_back(payment_id)

    async def _begins(self, booking_id: BookingId) -> PaymentId | None:
        command = PayBooking(actor=self.desk.actor, booking_id=booking_id)
        for _ in range(4):
            try:
                carried: CarriedOn = await self.client.ask(
                    lambda c: c.payments.pay_booking()(command)
                )
            except (PaymentProviderDown, NoAnswer):
                await asyncio.sleep(self.chance.uniform(1, 10))
            else:
                return carried.payment.id if carried.news is not None else None
        return None

    async def _comes_back(self, payment_id: PaymentId) -> None:
        command = CarryOnPayment(actor=self.desk.actor, payment_id=payment_id)
        await self.client.ask(lambda c: c.payments.carry_on_payment()(command))

    def _becomes(
        self, payment_id: PaymentId, status: ProviderStatus, failure: str | None = None
    ) -> bool:
        """Unless it was cancelled meanwhile."""
        account = self.world.accounts[self.desk.actor.organization_id]
        if account.of(payment_id).status not in CANCELLABLE - {ProviderStatus.CANCELED}:
            self.world.seen["too late to pay"] += 1
            return False
        account.becomes(payment_id, status, failure)
        return True
