"""Whatever happens in whatever order, every pool counts what stands on it, and no more."""

from asyncio import Runner
from collections import Counter
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from application.inventory.open_pools import OpenPools, OpenPoolsHandler
from domain.bookings.booking import Booking
from domain.bookings.events import BookingHeld
from domain.bookings.life import BookingState
from domain.inventory.pools import CapacityBelowTaken, NotOnSale, SoldOut
from domain.kernel.identifiers import BookingId, PoolId
from domain.kernel.periods import DateRange
from domain.kernel.refusals import Conflict
from tests.samples import DESK, DOUBLE_ROOMS, day, hotel, night
from tests.unit.desk import Desk

Result = TypeVar("Result")

NIGHTS = 6
SPANS = st.lists(st.integers(0, NIGHTS), min_size=2, max_size=2, unique=True).map(sorted)
BOOKINGS: "Bundle[BookingId]" = Bundle("bookings")


class FrontDesk(RuleBasedStateMachine):
    """A small hotel; its last night is not on sale to begin with."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = Runner()
        self.desk = self.run(Desk.open(capacity=2, days=NIGHTS - 1))

    def teardown(self) -> None:
        self.runner.close()

    def run(self, doing: Coroutine[Any, Any, Result]) -> Result:
        return self.runner.run(doing)

    def step(self, doing: Coroutine[Any, Any, Booking]) -> None:
        """A step that is refused changes nothing."""
        before = self.desk.memory.rows(DESK)
        try:
            self.run(doing)
        except Conflict:
            assert self.desk.memory.rows(DESK) == before

    @rule(
        span=SPANS,
        capacity=st.integers(0, 4),
        allowance=st.integers(0, 2),
        closed=st.sampled_from([False, False, True]),
    )
    def open_pools(self, span: list[int], capacity: int, allowance: int, *, closed: bool) -> None:
        first, until = span
        too_much = [
            night(number)
            for number in range(first, until)
            if self.standing()[night(number)] > capacity + allowance
        ]
        command = OpenPools(
            actor=DESK,
            resource_id=DOUBLE_ROOMS.id,
            dates=DateRange(day(first), day(until)),
            capacity=capacity,
            allowance=allowance,
            closed=closed,
        )
        handler = OpenPoolsHandler(
            unit_of_work=self.desk.memory,
            clock=self.desk.clock,
            waiting=self.desk.freeing.offers,
        )
        refused: tuple[PoolId, ...] = ()
        try:
            self.run(handler(command))
        except CapacityBelowTaken as below:
            refused = below.pool_ids
        assert list(refused) == too_much

    @rule(target=BOOKINGS, span=SPANS, rooms=st.integers(1, 3))
    def hold(self, span: list[int], rooms: int) -> Any:
        first, until = span
        try:
            booking = self.run(self.desk.hold(hotel(first, until, rooms=rooms)))
        except NotOnSale as refused:
            self.must_be_missing(refused)
            return multiple()
        except SoldOut as refused:
            self.must_be_short(refused, rooms)
            return multiple()
        return booking.id

    def must_be_missing(self, refused: NotOnSale) -> None:
        assert not set(refused.pool_ids) & self.desk.pools.keys()

    def must_be_short(self, refused: SoldOut, rooms: int) -> None:
        """Nobody is sent away while there is room, or while a hold that is over takes it."""
        overdue = self.standing(overdue=True)
        for shortage in refused.shortages:
            assert self.desk.pools[shortage.pool_id].free == shortage.free < rooms
            assert not overdue[shortage.pool_id]

    @rule(id=BOOKINGS)
    def confirm(self, id: BookingId) -> None:
        self.step(self.desk.confirm(id))

    @rule(id=BOOKINGS)
    def release(self, id: BookingId) -> None:
        self.step(self.desk.release(id))

    @rule(id=BOOKINGS)
    def cancel(self, id: BookingId) -> None:
        self.step(self.desk.cancel(id))

    @rule(id=BOOKINGS)
    def extend(self, id: BookingId) -> None:
        self.step(self.desk.extend(id))

    @rule(id=BOOKINGS)
    def change_contact(self, id: BookingId) -> None:
        self.step(self.desk.change_contact(id))

    @rule(limit=st.integers(1, 3))
    def expire(self, limit: int) -> None:
        overdue = self.overdue()

        assert self.run(self.desk.expire_holds(limit)) == min(limit, len(overdue))

        left = self.overdue()
        expired = [booking for booking in overdue if booking not in left]
        assert all(gone.expires_at <= kept.expires_at for gone in expired for kept in left)

    @rule(minutes=st.sampled_from([1, 5, 14, 15, 60]))
    def time_passes(self, minutes: int) -> None:
        self.desk.clock.passes(timedelta(minutes=minutes))

    def bookings(self) -> list[Booking]:
        return list(self.desk.memory.rows(DESK).bookings.values())

    def overdue(self) -> list[Booking]:
        now = self.desk.clock()
        held = [booking for booking in self.bookings() if booking.state is BookingState.HELD]
        return [booking for booking in held if booking.expires_at <= now]

    def standing(self, *, overdue: bool = False) -> Counter[PoolId]:
        """The units that bookings have a right to, by pool."""
        units: Counter[PoolId] = Counter()
        for booking in self.overdue() if overdue else self.bookings():
            if booking.state in (BookingState.HELD, BookingState.CONFIRMED):
                for claim in booking.agreement.claims:
                    units[claim.pool_id] += claim.units
        return units

    @invariant()
    def every_pool_counts_what_stands_on_it(self) -> None:
        standing = self.standing()
        for pool in self.desk.pools.values():
            assert 0 <= pool.taken <= pool.capacity + pool.allowance
            assert pool.taken == standing[pool.id]
        assert standing.keys() <= self.desk.pools.keys()

    @invariant()
    def claims_stand_exactly_as_long_as_their_bookings(self) -> None:
        rows = self.desk.memory.rows(DESK)
        assert rows.claims == {
            booking.hold_id: booking.agreement.claims
            for booking in self.bookings()
            if booking.state in (BookingState.HELD, BookingState.CONFIRMED)
        }

    @invariant()
    def no_hold_outlasts_its_cap_and_every_step_is_told_once(self) -> None:
        facts = Counter(event.subject for event in self.desk.events)
        for booking in self.bookings():
            assert booking.extendable_until >= booking.expires_at
            assert facts[booking.id] == booking.version
        held = [event for event in self.desk.events if isinstance(event, BookingHeld)]
        assert len(held) == len(self.bookings())


TestFrontDesk = FrontDesk.TestCase
