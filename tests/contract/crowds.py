"""Many customers at once."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TypeVar
from uuid import uuid4

import anyio
import attrs
from sqlalchemy import text

from adapters.sql.database import NOBODY, Database
from application.bookings.cancel_booking import CancelBooking, CancelBookingHandler
from application.bookings.confirm_booking import ConfirmBooking, ConfirmBookingHandler
from application.bookings.duplicates import Duplicates
from application.bookings.expire_holds import ExpireHolds, ExpireHoldsHandler
from application.bookings.hold_booking import HoldBooking, HoldBookingHandler
from application.bookings.join_waiting_list import JoinWaitingList, JoinWaitingListHandler
from application.bookings.lapse_waiting import LapseWaiting, LapseWaitingHandler
from application.bookings.ports import BookingWork
from application.bookings.quote_booking import QuoteBooking, QuoteBookingHandler
from application.bookings.reclaiming import Reclaiming
from application.bookings.release_booking import ReleaseBooking, ReleaseBookingHandler
from application.bookings.withdraw_from_waiting_list import (
    WithdrawFromWaitingList,
    WithdrawFromWaitingListHandler,
)
from application.kernel.ports import Clock, Stale, UnitOfWork, UseCase
from application.kernel.retry_stale import RetryStale
from domain.bookings.booking import Booking
from domain.bookings.quotes import Quote
from domain.bookings.waiting import WaitingEntry, WaitingRules
from entrypoints.wiring.ambient import below
from tests.contract.databases import CONNECTIONS
from tests.freeing import WAITING_RULES, freeing
from tests.samples import HOLD_POLICY, NOW, QUOTE_GOOD_FOR

Result = TypeVar("Result")

TRIES = 1_000
"""Each time somebody was faster, who is then done: a crowd of tests comes nowhere near."""


@attrs.frozen(kw_only=True)
class UseCases:
    quote: UseCase[QuoteBooking, Quote]
    hold: UseCase[HoldBooking, Booking]
    confirm: UseCase[ConfirmBooking, Booking]
    release: UseCase[ReleaseBooking, Booking]
    cancel: UseCase[CancelBooking, Booking]
    expire: UseCase[ExpireHolds, int]
    join: UseCase[JoinWaitingList, WaitingEntry]
    withdraw: UseCase[WithdrawFromWaitingList, WaitingEntry]
    lapse: UseCase[LapseWaiting, int]


def use_cases(
    work: UnitOfWork[BookingWork],
    clock: Clock = lambda: NOW,
    rules: WaitingRules = WAITING_RULES,
) -> UseCases:
    """As they are wired, but for permissions."""
    frees = freeing(clock, rules=rules)
    quote = QuoteBookingHandler(
        unit_of_work=work, clock=clock, new_id=uuid4, good_for=QUOTE_GOOD_FOR
    )
    hold = HoldBookingHandler(
        reclaiming=Reclaiming(unit_of_work=work, clock=clock, freeing=frees),
        duplicates=Duplicates(unit_of_work=work, clock=clock),
        unit_of_work=work,
        clock=clock,
        new_id=uuid4,
        chance=below,
        reference_prefix="FD",
        policy=HOLD_POLICY,
    )
    join = JoinWaitingListHandler(unit_of_work=work, clock=clock, new_id=uuid4)
    withdraw = WithdrawFromWaitingListHandler(unit_of_work=work, clock=clock, offers=frees.offers)
    lapse = LapseWaitingHandler(unit_of_work=work, clock=clock, offers=frees.offers)
    return UseCases(
        join=RetryStale(join),
        withdraw=RetryStale(withdraw),
        lapse=RetryStale(lapse),
        quote=RetryStale(quote),
        hold=RetryStale(hold),
        confirm=RetryStale(ConfirmBookingHandler(unit_of_work=work, clock=clock)),
        release=RetryStale(ReleaseBookingHandler(unit_of_work=work, clock=clock, freeing=frees)),
        cancel=RetryStale(CancelBookingHandler(unit_of_work=work, clock=clock, freeing=frees)),
        expire=RetryStale(ExpireHoldsHandler(unit_of_work=work, clock=clock, freeing=frees)),
    )


async def race(attempts: Sequence[Awaitable[object]]) -> list[object]:
    """What each attempt came to, in its place: a result or an exception."""
    outcomes: list[object] = [None] * len(attempts)

    async def run(place: int, attempt: Awaitable[object]) -> None:
        try:
            outcomes[place] = await attempt
        except Exception as refusal:  # noqa: BLE001  (the test looks at it)
            outcomes[place] = refusal

    async with anyio.create_task_group() as crowd:
        for place, attempt in enumerate(attempts):
            crowd.start_soon(run, place, attempt)
    return outcomes


async def at_the_doors(database: Database) -> None:
    """Opens every connection, which takes longer than what the crowd is about to do with them."""
    if database.engine.dialect.name == "postgresql":
        wait = text("SELECT pg_sleep(0.1)")
        await race(
            [database.read(lambda it: it.execute(wait), of=NOBODY) for _ in range(CONNECTIONS)]
        )


async def until_decided(attempt: Callable[[], Awaitable[Result]]) -> Result:
    """Again and again while somebody else is faster. Raises Stale if that never ends."""
    for _ in range(TRIES - 1):
        with suppress(Stale):
            return await attempt()
    return await attempt()
