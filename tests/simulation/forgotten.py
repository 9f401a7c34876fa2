"""Somebody who wants to be forgotten."""

import asyncio
from random import Random

import attrs

from application.bookings.erase_customer import EraseCustomer
from domain.bookings.customer_events import CustomerErased
from domain.kernel.refusals import Refusal
from tests.simulation.clients import Client, NoAnswer, once
from tests.simulation.desks import Desk, address_of
from tests.simulation.world import World


def request_id(erased: CustomerErased) -> str:
    return erased.request_id.hex


@attrs.define(kw_only=True)
class Forgetting:
    desk: Desk
    client: Client
    chance: Random
    world: World

    async def __call__(self, name: str, *, within: float) -> None:
        """At some moment, whatever else of theirs is under way."""
        await asyncio.sleep(self.chance.uniform(0, within))
        key = f"f-{name}"
        erase = EraseCustomer(
            actor=self.desk.actor,
            email=address_of(name),
            even_if_booked=True,
            once=once(key, request_id),
        )
        try:
            await self.client.insist(
                key, lambda c: c.customers.erase_customer()(erase), request_id
            )
        except (Refusal, NoAnswer) as refused:
            self.world.seen[f"refused: {type(refused).__name__}"] += 1
        else:
            self.world.forgotten.add(name)
            self.world.seen["is forgotten"] += 1
