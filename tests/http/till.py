"""A desk that takes payments, and a customer at the page of the simulated provider."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
import httpx

from application.bookings.settle_booking import SettleBooking
from application.payments.carry_on_refund import CarryOnRefund
from application.payments.gateway import PaymentGateway
from domain.kernel.identifiers import BookingId, RefundId
from tests.fakes.time import Time
from tests.http.desk import Desk, program

PAGES = "http://127.0.0.1:8000"
SHOP = "https://shop.example.com/thanks"


@attrs.frozen
class Till:
    desk: Desk

    @classmethod
    @asynccontextmanager
    async def opened(
        cls, url: str, clock: Time, folder: Path, **changes: Any
    ) -> AsyncIterator["Till"]:
        changes = {"payments": "simulator", "data_dir": folder, **changes}
        async with program(url, clock, **changes) as container:
            yield cls(await Desk.opened(container, clock))

    @property
    def gateway(self) -> PaymentGateway:
        gateways = self.desk.container.payment_providers.gateways()
        gateway: PaymentGateway = gateways.of(self.desk.actor.organization_id)
        return gateway

    async def held(self) -> httpx.Response:
        held = await self.desk.hold(await self.desk.rooms())
        assert held.status_code == 201, held.text
        return held

    async def begin(self, booking: httpx.Response, **options: Any) -> httpx.Response:
        path = f"/v1/bookings/{booking.json()['id']}/payments"
        return await self.desk.post(path, {"return_url": SHOP, **options})

    async def choose(self, begun: httpx.Response, *choices: str) -> None:
        """What the customer does on the page."""
        page = begun.json()["next_action"]["redirect_url"].removeprefix(PAGES)
        for choice in choices:
            made = await self.desk.http.post(f"{page}/{choice}")
            assert made.status_code == 303, made.text

    async def come_back(self, begun: httpx.Response) -> httpx.Response:
        path = f"/v1/payments/{begun.json()['payment']['id']}/continue"
        return await self.desk.post(path)

    async def paid(self) -> tuple[httpx.Response, httpx.Response]:
        """A confirmed booking, and its payment."""
        booking = await self.held()
        begun = await self.begin(booking)
        await self.choose(begun, "success")
        await self.come_back(begun)
        return await self.booking(booking), begun

    async def booking(self, known: httpx.Response) -> httpx.Response:
        return await self.desk.get(f"/v1/bookings/{known.json()['id']}")

    async def money(self, known: httpx.Response) -> dict[str, int]:
        shown = (await self.desk.get(f"/v1/bookings/{known.json()['id']}/money")).json()
        return {name: shown[name]["minor"] for name in ("owed", "paid", "due")}

    async def refunds(self, known: httpx.Response) -> list[dict[str, Any]]:
        found = await self.desk.get(f"/v1/refunds?booking_id={known.json()['id']}")
        items: list[dict[str, Any]] = found.json()["items"]
        return items

    async def work(self, known: httpx.Response) -> None:
        """What the worker makes of it."""
        payments, actor = self.desk.container.payments, self.desk.actor
        booking_id = BookingId(UUID(known.json()["id"]))
        await payments.settle_booking()(SettleBooking(actor=actor, booking_id=booking_id))
        for refund in await self.refunds(known):
            if refund["state"] == "approved":
                refund_id = RefundId(UUID(refund["id"]))
                await payments.carry_on_refund()(CarryOnRefund(actor=actor, refund_id=refund_id))

    async def hear_about_money(self) -> None:
        """What has happened, as the worker tells those who mind money."""
        await self.desk.relay()
        payments, relay = self.desk.container.payments, self.desk.container.event_relay()
        organization_id = self.desk.actor.organization_id
        for hears in (
            payments.keep_books,
            payments.settle_what_is_paid,
            payments.watch_instalments,
        ):
            await relay.deliver(hears(), organization_id, limit=100)
