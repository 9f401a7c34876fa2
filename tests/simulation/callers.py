"""Who rings a desk, and who answers there: two agents, each one call at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

import attrs

from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.hold_booking import HoldBooking
from application.bookings.quote_booking import QuoteBooking
from application.calls.accept_call import AcceptCall
from application.calls.end_call import EndCall
from application.calls.hold_call import HoldCall
from application.calls.resume_call import ResumeCall
from domain.bookings.quotes import Quote
from domain.calls.call import Call
from domain.calls.status import CallStatus
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, BookingId, CallId, QuoteId
from domain.kernel.refusals import Refusal
from tests.simulation.clients import Client, NoAnswer, once
from tests.simulation.desks import NIGHTS, Desk
from tests.simulation.hopefuls import standing
from tests.simulation.telephone import Exchange
from tests.simulation.world import World

CALLERS, AGENTS = 3, 2
"""At each desk."""
BEGINS = 16.0
"""Seconds after which all of them have rung."""
PATIENCE = 12
"""How often an agent looks whether a call is over by itself."""


def named(call: Call) -> str:
    return call.id.hex


def shown(quote: Quote) -> str:
    return quote.id.hex


@attrs.define(kw_only=True)
class Caller:
    number: str
    exchange: Exchange
    chance: Random
    world: World

    async def __call__(self) -> None:
        await asyncio.sleep(self.chance.uniform(0, 15))
        name = self.exchange.rings(self.number)
        self.world.seen["rings"] += 1
        await asyncio.sleep(self.chance.uniform(2, 20))
        if self.chance.random() < 0.15:
            self.exchange.becomes(name, CallStatus.NO_ANSWER)
            self.world.seen["rings in vain"] += 1
            return
        self.exchange.becomes(name, CallStatus.IN_PROGRESS)
        await asyncio.sleep(self.chance.uniform(60, 200))
        self.exchange.becomes(name, CallStatus.COMPLETED)


@attrs.define(kw_only=True)
class Agent:
    """Takes what rings until nobody is on the line any more; `calls` are how many they tried."""

    name: str
    desk: Desk
    actor: Actor
    exchange: Exchange
    client: Client
    chance: Random
    world: World
    calls: int = 0
    at_home: bool = False

    async def works(self) -> None:
        await asyncio.sleep(BEGINS)
        while not self.at_home and self._somebody_is_on_the_line():
            await asyncio.sleep(self.chance.uniform(3, 8))
            call_id = self._rings()
            if call_id is not None:
                await self._takes(call_id)

    def _somebody_is_on_the_line(self) -> bool:
        return any(not call.status.is_over for call in self.exchange.calls.values())

    def _rings(self) -> CallId | None:
        """As the screen shows it."""
        waiting = self.world.eye.rows(
            "SELECT id FROM calls WHERE organization_id = ? AND handler_id IS NULL"
            " AND status IN ('ringing', 'in_progress') ORDER BY started_at",
            self.desk.actor.organization_id.hex,
        )
        return CallId(UUID(str(waiting[0][0]))) if waiting else None

    async def _takes(self, call_id: CallId) -> None:
        self.calls += 1
        key = f"{self.name}-{self.calls}"
        accept = AcceptCall(actor=self.actor, call_id=call_id, once=once(f"a-{key}", named))
        try:
            await self.client.insist(f"a-{key}", lambda c: c.calls.accept_call()(accept), named)
        except (Refusal, NoAnswer) as refused:
            self.world.seen[f"refused: {type(refused).__name__}"] += 1
            return
        self.world.seen["a call is accepted"] += 1
        self.client.history.had_by.setdefault(call_id.hex, set()).add(self.name)
        await self._sells(key, call_id)
        await self._has_them_wait(call_id)
        await self._ends(key, call_id)

    async def _sells(self, name: str, call_id: CallId) -> None:
        actor = attrs.evolve(self.actor, call_id=call_id)
        request = self.desk.request_by_telephone(name, self.chance.randrange(NIGHTS))
        quote = QuoteBooking(actor=actor, request=request, once=once(f"q-{name}", shown))
        try:
            quote_id = await self.client.insist(
                f"q-{name}", lambda c: c.bookings.quote_booking()(quote), shown
            )
            hold = HoldBooking(
                actor=actor, quote_id=QuoteId(UUID(quote_id)), once=once(f"h-{name}", standing)
            )
            said = await self.client.insist(
                f"h-{name}", lambda c: c.bookings.hold_booking()(hold), standing
            )
            self.world.seen["is held in a call"] += 1
            if self.chance.random() < 0.3:
                confirm = ConfirmBooking(
                    actor=actor,
                    booking_id=BookingId(UUID(said.split()[0])),
                    version=None,
                    once=once(f"c-{name}", standing),
                )
                await self.client.insist(
                    f"c-{name}", lambda c: c.bookings.confirm_booking()(confirm), standing
                )
                self.world.seen["is confirmed in a call"] += 1
        except (Refusal, NoAnswer) as refused:
            self.world.seen[f"refused: {type(refused).__name__}"] += 1

    async def _has_them_wait(self, call_id: CallId) -> None:
        if self.chance.random() < 0.5:
            return
        step: dict[str, Any] = {"actor": self.actor, "call_id": call_id}
        await self._perhaps(lambda c: c.calls.hold_call()(HoldCall(**step)))
        await asyncio.sleep(self.chance.uniform(1, 20))
        await self._perhaps(lambda c: c.calls.resume_call()(ResumeCall(**step)))

    async def _perhaps(self, ask: Callable[[Any], Awaitable[Any]]) -> None:
        try:
            await self.client.ask(ask)
        except (Refusal, NoAnswer) as refused:
            self.world.seen[f"refused: {type(refused).__name__}"] += 1

    async def _ends(self, key: str, call_id: CallId) -> None:
        """Hangs up, or waits for the other to do so; free is who knows that it is over.

        Some go home meanwhile: that call is over when the line says so, if it does.
        """
        if self.chance.random() < 0.35:
            self.at_home = True
            self.world.seen["goes home"] += 1
            return
        if self.chance.random() < 0.5:
            for _ in range(PATIENCE):
                if self._is_over(call_id):
                    return
                await asyncio.sleep(self.chance.uniform(5, 20))
        end = EndCall(actor=self.actor, call_id=call_id, once=once(f"z-{key}", named))
        try:
            await self.client.insist(f"z-{key}", lambda c: c.calls.end_call()(end), named)
        except (Refusal, NoAnswer) as refused:
            self.world.seen[f"refused: {type(refused).__name__}"] += 1
        else:
            self.world.seen["hangs up"] += 1
            self._must_be_down(call_id)

    def _is_over(self, call_id: CallId) -> bool:
        question = "SELECT status FROM calls WHERE id = ?"
        ((status,),) = self.world.eye.rows(question, call_id.hex)
        return CallStatus(status).line_is_down

    def _must_be_down(self, call_id: CallId) -> None:
        """As whoever has hung up was told."""
        question = "SELECT provider_call FROM calls WHERE id = ?"
        ((name,),) = self.world.eye.rows(question, call_id.hex)
        if not self.exchange.calls[str(name)].status.is_over:
            self.world.found("the line and the desk agree", f"{name} goes on")


async def calls(world: World) -> None:
    """All who ring in a morning, and all who answer."""
    await asyncio.gather(
        *(world.elsewhere(partial(_at_a_desk, world, desk)) for desk in world.desks)
    )


async def _at_a_desk(world: World, desk: Desk) -> None:
    exchange = world.exchanges[desk.actor.organization_id]
    chance = world.chance(f"calls of {desk.slug}")
    callers = [
        Caller(number=f"+4420794600{n:02}", exchange=exchange, chance=chance, world=world)
        for n in range(CALLERS)
    ]
    agents = []
    for n in range(AGENTS):
        name = f"{desk.slug}-agent{n}"
        agents.append(
            Agent(
                name=name,
                desk=desk,
                actor=attrs.evolve(desk.actor, id=ActorId(UUID(int=chance.getrandbits(128)))),
                exchange=exchange,
                client=world.client(name),
                chance=chance,
                world=world,
            )
        )
    working = [world.elsewhere(agent.works) for agent in agents]
    await asyncio.gather(*(world.elsewhere(caller) for caller in callers), *working)
