"""Take bookings made elsewhere, each as if somebody had booked, changed or cancelled it here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from itertools import groupby
from typing import Any, ClassVar, Protocol

import attrs

from application.bookings.agreeing import agree
from application.bookings.changing import carried_over, must_be_allowed
from application.bookings.confirm_booking import confirm_alone
from application.bookings.freeing import Freeing
from application.bookings.ports import BookingWork
from application.bookings.taking import take
from application.kernel.apart import Apart
from application.kernel.ports import Chance
from application.kernel.rows import Row, RowRefused
from domain.bookings.agreement import Agreement
from domain.bookings.booking import Booking
from domain.bookings.conditions import SoldOnRequest
from domain.bookings.consent import Acceptance
from domain.bookings.holding import HoldPolicy
from domain.bookings.house_rules import HouseRules
from domain.bookings.life import BookingState, HoldPurpose
from domain.bookings.references import Reference
from domain.bookings.requests import BaseBookingRequest
from domain.kernel.identifiers import BookingId, PoolId
from domain.kernel.money import Money
from domain.kernel.refusals import Conflict, Invalid, Refusal

OVER = (BookingState.CANCELLED, BookingState.RELEASED, BookingState.EXPIRED)


@attrs.frozen
class OtherPrice(Invalid):
    code: ClassVar[str] = "other_price"
    field: ClassVar[str] = "total_minor"

    def __str__(self) -> str:
        return "what was agreed on elsewhere is not what it costs here"


@attrs.frozen
class HalfAPrice(Invalid):
    code: ClassVar[str] = "half_a_price"
    field: ClassVar[str] = "currency"

    def __str__(self) -> str:
        return "an amount is of a currency, and a currency of an amount"


@attrs.frozen
class TwiceInOne(Conflict):
    code: ClassVar[str] = "twice_in_one"

    def __str__(self) -> str:
        return "another row says something of the same booking"


class Wanted(Enum):
    """What becomes of it. What is sold on request stays held until somebody has approved of it."""

    HELD = "held"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


@attrs.frozen(kw_only=True)
class BookingRow:
    """With a `total`, it has to cost that. The `id` follows from what it is called elsewhere."""

    id: BookingId
    request: BaseBookingRequest
    wanted: Wanted = Wanted.CONFIRMED
    terms_accepted: bool = False
    total: Money | None = None


@attrs.frozen(kw_only=True)
class DeskTerms:
    """On what terms an organization sells."""

    reference_prefix: str
    policy: HoldPolicy
    house: HouseRules


class TakingWork(BookingWork, Protocol):
    @property
    def apart(self) -> Apart: ...


@attrs.frozen(kw_only=True)
class NewBooking:
    """Of which nothing is there yet; it is held first, in a version of its own, as everywhere."""

    booking: Booking
    confirms: bool


@attrs.frozen(kw_only=True)
class Step:
    """What is to be done about a row, and of which pools it takes or gives units.

    What is `new` may be booked together with others that are.
    """

    row: Row
    do: Callable[[], None]
    pools: frozenset[PoolId] = frozenset()
    new: NewBooking | None = None


@attrs.frozen(kw_only=True)
class TakeBookings:
    """One transaction for many, in which a row that is refused leaves no trace."""

    chance: Chance
    freeing: Freeing
    terms_of: Callable[[Mapping[str, Any]], DeskTerms]

    def __call__(
        self, work: TakingWork, rows: Sequence[Row], /, *, now: datetime
    ) -> Sequence[RowRefused]:
        terms = self.terms_of(work.own_settings.values())
        known = work.bookings.known({row.value.id for row in rows})
        steps: list[Step] = []
        refused: list[RowRefused] = []
        seen: set[BookingId] = set()
        for row in rows:
            try:
                if row.value.id in seen:
                    raise TwiceInOne
                steps.append(self._step(work, row, known.get(row.value.id), terms, now))
            except Refusal as refusal:
                refused.append(RowRefused.because(row.line, refusal))
            seen.add(row.value.id)
        # All of them first and upwards, or two pages would wait for each other.
        work.inventory.lock(sorted({pool for step in steps for pool in step.pools}))
        for are_new, some in groupby(steps, lambda step: step.new is not None):
            alike = list(some)
            refused += _at_once(work, alike, now) if are_new else _in_turn(work, alike)
        return refused

    def _step(
        self,
        work: TakingWork,
        row: Row,
        booking: Booking | None,
        terms: DeskTerms,
        now: datetime,
    ) -> Step:
        """Raises what agreeing refuses."""
        if booking is None:
            return self._new(work, row, terms, now)
        said: BookingRow = row.value
        had = booking.agreement
        if said.wanted is Wanted.CANCELLED:
            return Step(
                row=row, do=lambda: self._end(work, booking, now), pools=_pools(had.claims)
            )
        asked = attrs.evolve(said.request, contact=had.request.contact)
        agreement = None
        if asked != had.request:
            agreement = _otherwise(work, booking, asked, terms.house, now)
        _must_cost(said, agreement or had)
        claims = (*had.claims, *(() if agreement is None else agreement.claims))
        return Step(
            row=row,
            do=lambda: self._change(work, booking, said, agreement, now),
            pools=_pools(claims),
        )

    def _new(self, work: TakingWork, row: Row, terms: DeskTerms, now: datetime) -> Step:
        """What was cancelled before it was heard of is nothing to us."""
        said: BookingRow = row.value
        if said.wanted is Wanted.CANCELLED:
            return Step(row=row, do=lambda: None)
        offer = agree(work, said.request, now=now, house=terms.house)
        _must_cost(said, offer.agreement)
        conditions = offer.agreement.conditions
        consent = Acceptance(terms=said.terms_accepted).of(conditions.terms_version, now=now)
        booking = Booking.hold(
            said.id,
            attrs.evolve(offer.agreement, consent=consent),
            reference=Reference.draw(terms.reference_prefix, self.chance),
            terms=terms.policy.of(conditions.purpose, conditions),
            now=now,
            purpose=conditions.purpose,
        )
        confirms = said.wanted is Wanted.CONFIRMED and booking.purpose is HoldPurpose.PAYMENT
        new = NewBooking(booking=booking, confirms=confirms)
        return Step(
            row=row,
            do=lambda: _book(work, [new], now),
            pools=_pools(booking.agreement.claims),
            new=new,
        )

    def _change(
        self,
        work: TakingWork,
        booking: Booking,
        said: BookingRow,
        agreement: Agreement | None,
        now: datetime,
    ) -> None:
        if agreement is not None:
            before, booking = booking, work.bookings.save(booking.reschedule(agreement, now=now))
            self.freeing.swap(work, before, booking)
        if said.request.contact != booking.agreement.request.contact:
            booking = work.bookings.save(booking.change_contact(said.request.contact, now=now))
        if said.wanted is Wanted.CONFIRMED and booking.state is BookingState.HELD:
            confirm_alone(work, booking, now=now)

    def _end(self, work: TakingWork, booking: Booking, now: datetime) -> None:
        if booking.state in OVER:
            return
        booking.must_be_held_alone()
        held = booking.state is BookingState.HELD
        ended = booking.release(now=now) if held else booking.cancel(now=now)
        self.freeing(work, [work.bookings.save(ended)])


def _at_once(work: TakingWork, steps: Sequence[Step], now: datetime) -> Sequence[RowRefused]:
    """In as few statements as if they were one; each by itself if one of them is refused."""
    new = [step.new for step in steps if step.new is not None]
    if work.apart(lambda: _book(work, new, now)) is None:
        return ()
    return _in_turn(work, steps)


def _in_turn(work: TakingWork, steps: Iterable[Step]) -> Sequence[RowRefused]:
    reasons = [(step.row.line, work.apart(step.do)) for step in steps]
    return [RowRefused.because(line, why) for line, why in reasons if why is not None]


def _book(work: TakingWork, new: Sequence[NewBooking], now: datetime) -> None:
    take(work, [each.booking for each in new])
    held = [work.bookings.save(each.booking) for each in new]
    work.bookings.save_states(
        [
            booking.confirm(now=now)
            for booking, each in zip(held, new, strict=True)
            if each.confirms
        ]
    )


def _otherwise(
    work: TakingWork,
    booking: Booking,
    request: BaseBookingRequest,
    house: HouseRules,
    now: datetime,
) -> Agreement:
    """Raises what changing a booking refuses."""
    asked = request.with_discount_of(booking.agreement.request)
    must_be_allowed(work, booking, asked, now=now)
    asked = carried_over(work, booking, asked)
    agreement = agree(work, asked, now=now, house=house, instead_of=booking.agreement).agreement
    moves = asked.resource_id != booking.agreement.request.resource_id
    if moves and agreement.conditions.on_request:
        raise SoldOnRequest(asked.resource_id)
    booking.must_allow(agreement, now=now)
    return agreement


def _must_cost(said: BookingRow, agreement: Agreement) -> None:
    """Raises OtherPrice."""
    if said.total is not None and said.total != agreement.price.total:
        raise OtherPrice


def _pools(claims: Sequence[Any]) -> frozenset[PoolId]:
    return frozenset(claim.pool_id for claim in claims)
