"""What was booked elsewhere, and what somebody else's feed makes of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import Enum

import attrs

from domain.bookings.busy_times import Span, is_over, overlap
from domain.bookings.channel_events import (
    ForeignBookingCancelled,
    ForeignBookingMoved,
    ForeignBookingTaken,
)
from domain.kernel.claims import Claim
from domain.kernel.events import Event
from domain.kernel.identifiers import ChannelId, ForeignBookingId, HoldId, PoolId, ResourceId

EventKey = tuple[str, str]
"""UID and RECURRENCE-ID: what an event is known by in its feed."""


class ForeignState(Enum):
    LIVE = "live"
    CANCELLED = "cancelled"


@attrs.frozen(kw_only=True)
class ForeignBooking:
    """`claims` is what it has, `short` what it needs and somebody else has: it was sold twice."""

    id: ForeignBookingId
    channel_id: ChannelId
    resource_id: ResourceId
    key: EventKey
    sequence: int
    span: Span
    claims: tuple[Claim, ...] = ()
    short: tuple[PoolId, ...] = ()
    state: ForeignState = ForeignState.LIVE
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @property
    def hold_id(self) -> HoldId:
        """The name under which inventory keeps what it has."""
        return HoldId(self.id)

    @property
    def is_live(self) -> bool:
        return self.state is ForeignState.LIVE

    def booked(
        self, claims: Sequence[Claim], short: Sequence[PoolId], *, now: datetime
    ) -> "ForeignBooking":
        """This is what it has from now on."""
        fact = ForeignBookingMoved if self.version else ForeignBookingTaken
        told = fact(
            foreign_booking_id=self.id,
            channel_id=self.channel_id,
            resource_id=self.resource_id,
            taken=len(claims),
            short=len(short),
            occurred_at=now,
        )
        return attrs.evolve(
            self,
            claims=tuple(claims),
            short=tuple(short),
            state=ForeignState.LIVE,
            events=(*self.events, told),
        )

    def cancelled(self, *, reason: str, sequence: int | None, now: datetime) -> "ForeignBooking":
        told = ForeignBookingCancelled(
            foreign_booking_id=self.id,
            channel_id=self.channel_id,
            resource_id=self.resource_id,
            reason=reason,
            occurred_at=now,
        )
        return attrs.evolve(
            self,
            claims=(),
            short=(),
            sequence=self.sequence if sequence is None else sequence,
            state=ForeignState.CANCELLED,
            events=(*self.events, told),
        )

    def is_over(self, *, today: date, now: datetime) -> bool:
        return is_over(self.span, today, now)


@attrs.frozen(kw_only=True)
class Told:
    """An event of their feed, on the calendar of the place."""

    key: EventKey
    sequence: int
    span: Span
    cancelled: bool = False


@attrs.frozen(kw_only=True)
class Retold:
    """What is to be done so that what we know is what they say.

    `new` and `moved` are to be booked, `same` too if something is still missing; of `renumbered`
    nothing but the sequence is new. `gone` vanished
    and is not cancelled by itself: too much did at once, or the feed could not all be read.
    """

    new: Sequence[Told] = ()
    moved: Sequence[tuple[ForeignBooking, Told]] = ()
    same: Sequence[ForeignBooking] = ()
    renumbered: Sequence[tuple[ForeignBooking, int]] = ()
    cancelled: Sequence[tuple[ForeignBooking, int]] = ()
    vanished: Sequence[ForeignBooking] = ()
    gone: Sequence[ForeignBooking] = ()
    stale: int = 0


def retold(
    known: Sequence[ForeignBooking],
    told: Sequence[Told],
    *,
    may_vanish: int | None,
    unread: Collection[str] | None = (),
) -> Retold:
    """`known` and `told` are what is not over, `unread` the UIDs of events that make no sense.

    With `unread` None there are some of whom not even that is known: then nothing has vanished
    for sure. `may_vanish` None is what a person says who has looked: all of it may. An event that
    vanished while another came for some of the same days is that one, under another name: many
    feeds name a period anew each day.
    """
    by_key = {one.key: one for one in known}
    latest = _latest(told)
    new = [one for one in latest.values() if one.key not in by_key and not one.cancelled]
    pairs = [(by_key[one.key], one) for one in latest.values() if one.key in by_key]
    heard = [(booking, one) for booking, one in pairs if one.sequence >= booking.sequence]
    going_on = [(booking, one) for booking, one in heard if not one.cancelled]
    as_before = [(b, one) for b, one in going_on if b.is_live and b.span == one.span]
    missing = [
        one
        for one in known
        if one.is_live and one.key not in latest and (unread is None or one.key[0] not in unread)
    ]
    renamed = _renamed(missing, new)
    here = {booking.id for booking, _ in renamed}
    renames = {one.key for _, one in renamed}
    missing = [one for one in missing if one.id not in here]
    for_sure = unread is not None and (may_vanish is None or len(missing) <= may_vanish)
    return Retold(
        new=[one for one in new if one.key not in renames],
        moved=[
            *((b, one) for b, one in going_on if not (b.is_live and b.span == one.span)),
            *renamed,
        ],
        same=[booking for booking, one in as_before if one.sequence == booking.sequence],
        renumbered=[
            (booking, one.sequence)
            for booking, one in as_before
            if one.sequence != booking.sequence
        ],
        cancelled=[(b, one.sequence) for b, one in heard if one.cancelled and b.is_live],
        vanished=missing if for_sure else (),
        gone=() if for_sure else missing,
        stale=len(pairs) - len(heard),
    )


def _latest(told: Sequence[Told]) -> Mapping[EventKey, Told]:
    """One event a key: that with the highest sequence, the last of several."""
    latest: dict[EventKey, Told] = {}
    for event in told:
        before = latest.get(event.key)
        if before is None or event.sequence >= before.sequence:
            latest[event.key] = event
    return latest


def _renamed(
    missing: Sequence[ForeignBooking], new: Sequence[Told]
) -> list[tuple[ForeignBooking, Told]]:
    """Which of the new events are missing ones, those first that have most days in common."""
    pairs = sorted(
        (
            (overlap(booking.span, event.span), place, number)
            for place, booking in enumerate(missing)
            for number, event in enumerate(new)
            if overlap(booking.span, event.span)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    found: list[tuple[ForeignBooking, Told]] = []
    places: set[int] = set()
    numbers: set[int] = set()
    for _, place, number in pairs:
        if place not in places and number not in numbers:
            places.add(place)
            numbers.add(number)
            found.append((missing[place], new[number]))
    return found
