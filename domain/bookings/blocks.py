"""Blocks: units set aside for somebody, who has bookings made of them until a release date."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.bookings.block_events import BlockDrawn, BlockOpened, BlockReleased
from domain.bookings.contacts import Contact
from domain.kernel.claims import Claim
from domain.kernel.events import Event
from domain.kernel.identifiers import BlockId, BookingId, HoldId, PoolId, ResourceId
from domain.kernel.personal import personal
from domain.kernel.refusals import Conflict, Invalid, NotFound


@attrs.frozen
class BlockNotFound(NotFound):
    code: ClassVar[str] = "block_not_found"
    block_id: BlockId

    def __str__(self) -> str:
        return f"no block {self.block_id}"


@attrs.frozen
class BlockNotOpen(Conflict):
    code: ClassVar[str] = "block_not_open"
    block_id: BlockId
    state: str

    def __str__(self) -> str:
        return f"block {self.block_id} is {self.state}, not open"


@attrs.frozen
class ReleasedAtOnce(Invalid):
    code: ClassVar[str] = "released_at_once"
    field: ClassVar[str] = "release_at"
    release_at: datetime

    def __str__(self) -> str:
        return (
            f"{self.release_at.isoformat()} is over: units are set aside until some time to come"
        )


class BlockState(Enum):
    """`open` ends as used up, once nothing is left, or as released, with what was left."""

    OPEN = "open"
    USED_UP = "used_up"
    RELEASED = "released"


@attrs.frozen(kw_only=True)
class Block:
    """`claims` is what was set aside, `left` what still is.

    A block is good until somebody has released it: no step but that compares clocks.
    """

    LONGEST_NOTE: ClassVar[int] = 1000

    id: BlockId
    stock_id: ResourceId
    resource_id: ResourceId
    contact: Contact
    note: str = attrs.field(default="", repr=False, metadata=personal("to know what it is for"))
    claims: tuple[Claim, ...]
    left: tuple[Claim, ...]
    release_at: datetime
    state: BlockState = BlockState.OPEN
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def open(
        cls,
        id: BlockId,
        *,
        stock_id: ResourceId,
        resource_id: ResourceId,
        pools: Sequence[PoolId],
        units: int,
        contact: Contact,
        note: str,
        release_at: datetime,
        now: datetime,
    ) -> "Block":
        """Raises ReleasedAtOnce."""
        if release_at <= now:
            raise ReleasedAtOnce(release_at)
        claims = tuple(Claim(pool_id, units) for pool_id in sorted(pools))
        opened = BlockOpened(
            block_id=id,
            resource_id=resource_id,
            units=units,
            pools=len(claims),
            release_at=release_at,
            occurred_at=now,
        )
        return cls(
            id=id,
            stock_id=stock_id,
            resource_id=resource_id,
            contact=contact,
            note=note,
            claims=claims,
            left=claims,
            release_at=release_at,
            events=(opened,),
        )

    @property
    def hold_id(self) -> HoldId:
        """The name under which inventory keeps what is left."""
        return HoldId(self.id)

    def draw(self, claims: Sequence[Claim], booking_id: BookingId, *, now: datetime) -> "Block":
        """These units are the booking's now; inventory has said that they are there."""
        self._must_be_open()
        left = self._without({claim.pool_id: claim.units for claim in claims})
        drawn = BlockDrawn(
            block_id=self.id,
            resource_id=self.resource_id,
            booking_id=booking_id,
            occurred_at=now,
        )
        state = BlockState.OPEN if left else BlockState.USED_UP
        return attrs.evolve(self, left=left, state=state, events=(*self.events, drawn))

    def release(
        self, *, now: datetime, units: int | None = None, reason: str | None = None
    ) -> "Block":
        """Everybody may have what is left, or so many units of each pool of it.

        `reason` is why it does not take place, if it does not.
        """
        self._must_be_open()
        left = () if units is None else self._without({c.pool_id: units for c in self.left})
        freed = sum(claim.units for claim in self.left) - sum(claim.units for claim in left)
        released = BlockReleased(
            block_id=self.id,
            resource_id=self.resource_id,
            units=freed,
            last=not left,
            reason=reason,
            occurred_at=now,
        )
        state = BlockState.OPEN if left else BlockState.RELEASED
        return attrs.evolve(self, left=left, state=state, events=(*self.events, released))

    def _without(self, units: Mapping[PoolId, int]) -> tuple[Claim, ...]:
        return tuple(
            attrs.evolve(claim, units=claim.units - units.get(claim.pool_id, 0))
            for claim in self.left
            if claim.units > units.get(claim.pool_id, 0)
        )

    def _must_be_open(self) -> None:
        if self.state is not BlockState.OPEN:
            raise BlockNotOpen(self.id, self.state.value)
