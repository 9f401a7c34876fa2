"""`python -m benchmarks.late_payments`: a thousand payments that come when their holds are gone.

Half of what they were for has been sold to others meanwhile, and no word of the provider arrives.
One look at all that fell silent later each is either confirmed, or given back in full.
"""

import argparse
import asyncio
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import attrs
import uvloop
from dependency_injector import providers

from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.expire_holds import ExpireHolds
from application.bookings.hold_booking import HoldBooking
from application.bookings.pay_booking import PayBooking
from application.bookings.settle_booking import SettleBooking
from application.payments.ask_about_silent import AskAboutSilent
from application.payments.carry_on_refund import CarryOnRefund
from benchmarks.counted import findings
from benchmarks.serving import NotMeasured
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, settings_for, stage
from benchmarks.tables import heading, table
from domain.bookings.booking import Booking
from domain.kernel.identifiers import BookingId, ResourceId
from domain.payments.refunds import RefundState
from entrypoints.wiring.ambient import utc_now
from entrypoints.wiring.container import Container
from tests.fakes.time import Time
from tests.servers import postgres_server

PAYMENTS = 1_000
AT_ONCE = 8


async def all_of(work: Any, things: Any) -> list[Any]:
    """In the order of the things, so many at once."""
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(thing: Any) -> Any:
        async with slots:
            return await work(thing)

    return list(await asyncio.gather(*map(one, things)))


@attrs.frozen
class Late:
    on: Stage
    clock: Time

    async def hold(self, room: ResourceId) -> Booking:
        quote_id = await self.on.quote(room)
        hold = self.on.container.bookings.hold_booking()
        booking: Booking = await hold(HoldBooking(actor=self.on.actor, quote_id=quote_id))
        return booking

    async def begin(self, booking: Booking) -> str:
        """The address at which the customer pays."""
        pay = self.on.container.payments.pay_booking()
        begun = await pay(PayBooking(actor=self.on.actor, booking_id=booking.id))
        return str(begun.news.redirect_url.rpartition("/")[2])

    async def resell(self, room: ResourceId) -> None:
        booking = await self.hold(room)
        confirm = self.on.container.bookings.confirm_booking()
        await confirm(ConfirmBooking(actor=self.on.actor, booking_id=booking.id, version=None))

    async def follow_up(self, booking_id: BookingId) -> str:
        """What the worker does once it has heard of a payment; how the booking has ended."""
        payments, actor = self.on.container.payments, self.on.actor
        settled = await payments.settle_booking()(
            SettleBooking(actor=actor, booking_id=booking_id)
        )
        refunds = await payments.unit_of_work()(
            actor, lambda work: work.refunds.of_booking(booking_id)
        )
        carry_on = payments.carry_on_refund()
        ends = [
            (await carry_on(CarryOnRefund(actor=actor, refund_id=one.id))).state for one in refunds
        ]
        given_back = ends == [RefundState.SUCCEEDED]
        return f"{settled.state.value}{' and given back' if given_back else ''}"


async def measure(name: str, url: str, number: int) -> None:
    clock = Time(utc_now())
    with fresh_folder() as folder:
        settings = attrs.evolve(settings_for(url), payments="simulator", data_dir=folder)
        container = Container(settings=settings, clock=providers.Object(clock))
        async with stage(url, container) as on:
            ends, took = await _ends(Late(on, clock), number)
            if found := await findings(on.container):
                raise NotMeasured(str(found))
    heading(f"{number} payments that came too late: {name}")
    table(["", "bookings"], [[end, count] for end, count in sorted(ends.items())])
    print(f"asked about and settled in {took:.1f} s, {number / took:.0f} a second")


async def _ends(late: Late, number: int) -> tuple[Counter[str], float]:
    on, container = late.on, late.on.container
    room = (await on.add_nights(1, capacity=number)).id
    bookings = await all_of(lambda _: late.hold(room), range(number))
    pages = await all_of(late.begin, bookings)
    late.clock.passes(timedelta(hours=2))
    await container.bookings.expire_holds()(ExpireHolds(actor=on.actor, limit=number))
    await all_of(lambda _: late.resell(room), range(number // 2))
    choose = container.payment_providers.pages().choose
    await all_of(lambda token: choose(token, "success"), pages)
    began = time.perf_counter()
    ask = container.payments.ask_about_silent()
    answered = await ask(AskAboutSilent(actor=on.actor, limit=number))
    if answered != number:
        raise NotMeasured(f"{answered} of {number} payments were answered for")
    ends = Counter(await all_of(lambda one: late.follow_up(one.id), bookings))
    took = time.perf_counter() - began
    rest = number - number // 2
    if ends != {"confirmed": rest, "expired and given back": number // 2}:
        raise NotMeasured(str(ends))
    return ends, took


async def run(number: int) -> None:
    with fresh_folder() as folder:
        await measure("SQLite", f"sqlite:///{folder / 'late.db'}", number)
    with postgres_server(durable=True) as admin_url:
        async with fresh_postgres(admin_url) as url:
            await measure("PostgreSQL", url, number)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.late_payments")
    parser.add_argument("--number", type=int, default=PAYMENTS)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(parser.parse_args().number))


if __name__ == "__main__":
    main()
