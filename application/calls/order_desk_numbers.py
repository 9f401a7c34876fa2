"""Buy a telephone number of whoever carries the calls, and release it there.

What is asked for is written down first: if its answer is lost, asking again or the worker finds
out what came of it. The market is never asked while a transaction is open.
"""

from collections.abc import Sequence
from datetime import timedelta

import attrs

from application.calls.desk_number_ports import DeskNumberWork, NumberOrders
from application.calls.number_market import (
    NumberMarket,
    NumberMarkets,
    NumberOffer,
    NumberWish,
    Purchase,
)
from application.calls.telephony import NoTelephony, TelephonyRefused, TelephonyUnavailable
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, Stale, UnitOfWork
from application.kernel.versions import require_version
from domain.calls import number_orders as orders
from domain.calls.desk_numbers import (
    DeskNumber,
    NumberTerms,
    PhoneNumberInUse,
    PhoneNumberNotFound,
    PhoneNumberTaken,
    RingsFor,
)
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DeskNumberId

GIVEN_UP_AFTER = timedelta(minutes=10)
"""A number that was not bought by then never will be: requests take seconds."""


@attrs.frozen(kw_only=True)
class BuyDeskNumber:
    actor: Actor
    number: str
    label: str
    rings_for: RingsFor
    once: Once[DeskNumber] | None = None


@attrs.frozen(kw_only=True)
class ReleaseDeskNumber:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    desk_number_id: DeskNumberId
    version: int | None
    once: Once[DeskNumber] | None = None


@attrs.frozen(kw_only=True)
class SettleNumberOrders:
    actor: Actor
    limit: int = 100


@attrs.frozen(kw_only=True)
class FindNumbers:
    actor: Actor
    wish: NumberWish


@attrs.frozen(kw_only=True)
class FindNumbersHandler:
    markets: NumberMarkets

    async def __call__(self, command: FindNumbers, /) -> Sequence[NumberOffer]:
        """Raises NoTelephony, TelephonyRefused or TelephonyUnavailable."""
        return await self.markets.market(command.actor.organization_id).offers(command.wish)


class NotDoneYet(Stale):
    """Leads to the answer that was given before, if there is one."""


@attrs.frozen(kw_only=True)
class BuyDeskNumberHandler:
    unit_of_work: UnitOfWork[DeskNumberWork]
    markets: NumberMarkets
    clock: Clock
    new_id: NewId

    async def __call__(self, command: BuyDeskNumber, /) -> DeskNumber:
        """One that is bought, or is being, is bought once, whoever asks for it again.

        Raises BadPhoneNumber, PhoneNumberTaken, AgentNotFound, QueueNotFound, NoTelephony,
        TelephonyRefused, or TelephonyUnavailable: then it is found out later.
        """
        actor = command.actor
        market = self.markets.market(actor.organization_id)
        await _must_be_new(self.unit_of_work, actor, command.once)
        ordered = await self.unit_of_work(
            actor, lambda work: self._ordered(work, command, market.name)
        )
        if ordered.order is None:
            return await self.unit_of_work(
                actor, lambda work: work.desk_numbers.get(ordered.id), once=command.once
            )
        try:
            got = await market.buy(Purchase(key=str(ordered.id), number=ordered.number))
        except (TelephonyRefused, NoTelephony):
            await self.unit_of_work(actor, lambda work: self._given_up(work, ordered.id))
            raise

        def bought(work: DeskNumberWork) -> DeskNumber:
            found = work.desk_numbers.get(ordered.id)
            now = self.clock()
            return _kept(
                work, found, orders.bought(found, got.reference, got.capabilities, now=now)
            )

        return await self.unit_of_work(actor, bought, once=command.once)

    def _ordered(self, work: DeskNumberWork, command: BuyDeskNumber, provider: str) -> DeskNumber:
        numbers, now = work.desk_numbers, self.clock()
        known = numbers.called(command.number)
        if known is not None:
            if (
                not known.is_bought
                or orders.is_being_released(known)
                or known.provider != provider
            ):
                raise PhoneNumberTaken
            if known.order is None:
                return known
            return numbers.save(orders.order_again(known, now=now))
        if command.rings_for.agent_id is not None:
            work.agents.get(command.rings_for.agent_id)
        if command.rings_for.queue_id is not None:
            work.queues.get(command.rings_for.queue_id)
        terms = NumberTerms(label=command.label, rings_for=command.rings_for)
        id = DeskNumberId(self.new_id())
        return numbers.save(orders.order(id, command.number, terms, provider=provider, now=now))

    def _given_up(self, work: DeskNumberWork, desk_number_id: DeskNumberId) -> None:
        found = work.desk_numbers.get(desk_number_id)
        _kept(work, found, orders.not_bought(found, now=self.clock()))


@attrs.frozen(kw_only=True)
class ReleaseDeskNumberHandler:
    unit_of_work: UnitOfWork[DeskNumberWork]
    markets: NumberMarkets
    clock: Clock

    async def __call__(self, command: ReleaseDeskNumber, /) -> DeskNumber:
        """Raises PhoneNumberNotFound, PhoneNumberNotBought, PhoneNumberInUse, NoTelephony,
        TelephonyRefused, or TelephonyUnavailable: then it is released later.
        """
        actor = command.actor
        await _must_be_new(self.unit_of_work, actor, command.once)
        await self.unit_of_work(actor, lambda work: self._to_be_released(work, command))
        market = self.markets.market(actor.organization_id)
        asked = await self.unit_of_work(
            actor, lambda work: work.desk_numbers.save(self._to_be_released(work, command))
        )
        try:
            await market.release(asked.reference or "")
        except TelephonyRefused:
            await self.unit_of_work(actor, lambda work: self._step(work, asked.id, done=False))
            raise
        return await self.unit_of_work(
            actor, lambda work: self._step(work, asked.id, done=True), once=command.once
        )

    def _to_be_released(self, work: DeskNumberWork, command: ReleaseDeskNumber) -> DeskNumber:
        found = work.desk_numbers.get(command.desk_number_id)
        if orders.is_being_released(found):
            return found
        require_version(found.version, command.version)
        if work.desk_numbers.is_on_a_call(found.number):
            raise PhoneNumberInUse(found.id)
        return orders.let_go(found, now=self.clock())

    def _step(self, work: DeskNumberWork, id: DeskNumberId, *, done: bool) -> DeskNumber:
        found, step = work.desk_numbers.get(id), orders.released if done else orders.not_released
        return _kept(work, found, step(found, now=self.clock()))


@attrs.frozen(kw_only=True)
class SettleNumberOrdersHandler:
    """Nothing is bought here: what was not, though it was asked for long ago, is forgotten."""

    unit_of_work: UnitOfWork[DeskNumberWork]
    markets: NumberMarkets
    orders: NumberOrders
    clock: Clock

    async def __call__(self, command: SettleNumberOrders, /) -> int:
        """How many were settled; what cannot be asked about now is left for later."""
        actor, limit = command.actor, command.limit
        open = await self.orders.open(actor, now=self.clock(), limit=limit)
        return sum([await self._looked_into(actor, one) for one in open])

    async def _looked_into(self, actor: Actor, id: DeskNumberId) -> bool:
        try:
            number = await self.unit_of_work(actor, lambda work: work.desk_numbers.get(id))
            market = self.markets.market(actor.organization_id)
            if market.name != number.provider:
                return False
            if orders.is_being_bought(number):
                return await self._found_out(actor, number, market)
            return await self._released(actor, number, market)
        except (NoTelephony, TelephonyUnavailable, TelephonyRefused, PhoneNumberNotFound):
            return False

    async def _found_out(self, actor: Actor, number: DeskNumber, market: NumberMarket) -> bool:
        got = await market.find(str(number.id))

        def settle(work: DeskNumberWork) -> bool:
            found, now = work.desk_numbers.get(number.id), self.clock()
            if got is not None:
                after = orders.bought(found, got.reference, got.capabilities, now=now)
            elif found.order is not None and found.order.asked_at <= now - GIVEN_UP_AFTER:
                after = orders.not_bought(found, now=now)
            else:
                return False
            _kept(work, found, after)
            return True

        return await self.unit_of_work(actor, settle)

    async def _released(self, actor: Actor, number: DeskNumber, market: NumberMarket) -> bool:
        try:
            await market.release(number.reference or "")
        except TelephonyRefused:
            step = orders.not_released
        else:
            step = orders.released

        def settle(work: DeskNumberWork) -> bool:
            found = work.desk_numbers.get(number.id)
            _kept(work, found, step(found, now=self.clock()))
            return True

        return await self.unit_of_work(actor, settle)


def _kept(work: DeskNumberWork, before: DeskNumber, after: DeskNumber) -> DeskNumber:
    return before if after is before else work.desk_numbers.save(after)


async def _must_be_new(
    unit_of_work: UnitOfWork[DeskNumberWork], actor: Actor, once: Once[DeskNumber] | None
) -> None:
    """Raises Replayed."""
    if once is None:
        return

    def refuse(_: DeskNumberWork) -> DeskNumber:
        raise NotDoneYet

    try:
        await unit_of_work(actor, refuse, once=once)
    except NotDoneYet:
        return
