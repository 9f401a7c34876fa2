"""Claims: what a request needs from inventory, whatever it is a request for."""

from datetime import date
from typing import ClassVar

import attrs

from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.periods import Period
from domain.kernel.refusals import Invalid


@attrs.frozen
class NothingClaimed(Invalid):
    code: ClassVar[str] = "nothing_claimed"
    units: int

    def __str__(self) -> str:
        return f"a claim takes at least one unit, not {self.units}"


@attrs.frozen
class Claim:
    """So many of a pool's interchangeable units; which ones is nobody's business yet."""

    pool_id: PoolId
    units: int

    def __attrs_post_init__(self) -> None:
        if self.units < 1:
            raise NothingClaimed(self.units)


@attrs.frozen(kw_only=True)
class ExclusiveClaim:
    """What only one booking may have: a seat number of a flight, a person's place in a session.

    `what` says which sort of thing it is, in one word; `name` is the thing, and holds nothing
    personal: it is seen in refusals.
    """

    resource_id: ResourceId
    what: str
    name: str


@attrs.frozen(kw_only=True)
class IntervalClaim:
    """One unit of a fleet, any one, for a time of its own: a car from 9:10 to 17:40.

    The period includes what the unit needs before it can be given to somebody else.
    """

    resource_id: ResourceId
    period: Period


def day_pool(resource_id: ResourceId, day: date) -> PoolId:
    """What a resource has to offer on one local date: for a hotel, the night that begins on it."""
    return PoolId(f"{resource_id}:{day.isoformat()}")


def part_pool(resource_id: ResourceId, part: str) -> PoolId:
    """One part of what a resource offers once and for all: a fare class of a flight."""
    return PoolId(f"{resource_id}:{part}")


def part_of(pool_id: PoolId, day: date) -> str | None:
    """Which part the pool is of what is sold in parts; `day` is the one on which it begins."""
    _, _, part = pool_id.partition(":")
    return None if part in ("", day.isoformat()) else part


def whole_pool(resource_id: ResourceId) -> PoolId:
    """What a resource offers once and for all: the seats of a session."""
    return PoolId(str(resource_id))


def uses_pool(discount_code: str) -> PoolId:
    """How many bookings may have a discount code."""
    return PoolId(f"code:{discount_code}")
