"""Whoever found nothing left: waits, and accepts what is offered, declines or forgets it."""

import asyncio
from random import Random
from typing import Any
from uuid import UUID

import attrs

from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.join_waiting_list import JoinWaitingList
from application.bookings.release_booking import ReleaseBooking
from application.bookings.withdraw_from_waiting_list import WithdrawFromWaitingList
from application.kernel.refusals import TEMPORARY
from domain.bookings.booking import Booking
from domain.bookings.waiting import WaitingEntry, WaitingState
from domain.kernel.identifiers import BookingId, WaitingId
from tests.simulation.clients import Client, NoAnswer, once
from tests.simulation.desks import NIGHTS, Desk
from tests.simulation.world import World

LOOKS = 14
"""How often somebody looks whether there is an offer, before they give up."""


def standing(booking: Booking) -> str:
    return f"{booking.id.hex} {booking.state.value}"


def named(entry: WaitingEntry) -> str:
    return entry.id.hex


@attrs.define(kw_only=True)
class Hopeful:
    desk: Desk
    client: Client
    chance: Random
    world: World

    async def waits(self, name: str) -> None:
        first = self.chance.randrange(NIGHTS)
        nights = 1 + self.chance.randrange(NIGHTS - first)
        join = JoinWaitingList(
            actor=self.desk.actor,
            request=self.desk.request(name, first, nights),
            once=once(f"w-{name}", named),
        )
        entry_id = WaitingId(
            UUID(
                await self.client.insist(
                    f"w-{name}", lambda c: c.waiting.join_waiting_list()(join), named
                )
            )
        )
        self.world.seen["waits"] += 1
        offer = await self._offer(entry_id)
        if offer is None:
            await self._gives_up(name, entry_id)
        else:
            self.world.seen["is offered something"] += 1
            await self._answers(name, offer)

    async def _offer(self, entry_id: WaitingId) -> BookingId | None:
        for _ in range(LOOKS):
            await asyncio.sleep(self.chance.uniform(20, 90))
            try:
                place = await self.client.ask(
                    lambda c: c.waiting.views().entry(self.desk.actor, entry_id)
                )
            except (*TEMPORARY, NoAnswer):
                continue
            if place.entry.state is WaitingState.OFFERED:
                offered: BookingId | None = place.entry.booking_id
                return offered
        return None

    async def _answers(self, name: str, booking_id: BookingId) -> None:
        step: dict[str, Any] = {
            "actor": self.desk.actor,
            "booking_id": booking_id,
            "version": None,
        }
        what = self.chance.random()
        if what < 0.4:
            confirm = ConfirmBooking(**step, once=once(f"ow-{name}", standing))
            await self._told(f"ow-{name}", lambda c: c.bookings.confirm_booking()(confirm))
            self.world.seen["an offer is accepted"] += 1
        elif what < 0.85:
            release = ReleaseBooking(**step, once=once(f"od-{name}", standing))
            await self._told(f"od-{name}", lambda c: c.bookings.release_booking()(release))
            self.world.seen["an offer is declined"] += 1
        else:
            self.world.seen["an offer is forgotten"] += 1

    async def _told(self, key: str, ask: Any) -> None:
        id, state = (await self.client.insist(key, ask, standing)).split()
        self.client.history.states[id] = state

    async def _gives_up(self, name: str, entry_id: WaitingId) -> None:
        if self.chance.random() < 0.25:
            return
        leave = WithdrawFromWaitingList(
            actor=self.desk.actor,
            waiting_id=entry_id,
            version=None,
            once=once(f"wx-{name}", named),
        )
        await self.client.insist(
            f"wx-{name}", lambda c: c.waiting.withdraw_from_waiting_list()(leave), named
        )
        self.world.seen["waits no longer"] += 1
