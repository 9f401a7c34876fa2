"""Claims: what a request needs from inventory, whatever it is a request for."""

from datetime import date
from typing import ClassVar

import attrs

from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.refusals import Invalid


@attrs.frozen
class NothingClaimed(Invalid):
    code: ClassVar[str] = "nothing_claimed"
    units: int

    def __str__(self) -> str:
        return f"a claim takes at least one unit, not {self.units}"


@attrs.frozen
class Claim:
    pool_id: PoolId
    units: int

    def __attrs_post_init__(self) -> None:
        if self.units < 1:
            raise NothingClaimed(self.units)


def day_pool(resource_id: ResourceId, day: date) -> PoolId:
    """What a resource has to offer on one local date: for a hotel, the night that begins on it."""
    return PoolId(f"{resource_id}:{day.isoformat()}")


def whole_pool(resource_id: ResourceId) -> PoolId:
    """What a resource offers once and for all: the seats of a session."""
    return PoolId(str(resource_id))
