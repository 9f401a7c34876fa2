"""Cars to be had by the hour, and who has them, in memory or in SQL."""

from datetime import datetime, timedelta, timezone
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select

from adapters.schema.units import unit_claims
from domain.inventory.units import Minutes, Unit
from domain.kernel.claims import IntervalClaim
from domain.kernel.identifiers import HoldId, UnitId
from domain.kernel.periods import Period
from tests.contract.memory_storage import MemoryStorage
from tests.contract.storages import SqlStorage, Storage, Work
from tests.fakes.rows import UnitClaim
from tests.samples import DESK, DOUBLE_ROOMS, FIRST_AID, NOW

FLEET = DOUBLE_ROOMS.id
MIDNIGHT = datetime(2027, 3, 1, tzinfo=timezone.utc)


def hold(number: int) -> HoldId:
    return HoldId(UUID(int=number))


def unit_id(number: int) -> UnitId:
    return UnitId(UUID(int=7000 + number))


def hours(first: float, until: float) -> Period:
    """From that hour of the first of March on."""
    return Period(MIDNIGHT + timedelta(hours=first), MIDNIGHT + timedelta(hours=until))


def some(first: float, until: float) -> tuple[IntervalClaim, ...]:
    """Any unit of the fleet."""
    return (IntervalClaim(resource_id=FLEET, period=hours(first, until)),)


async def put_in_use(storage: Storage, *, units: int = 1) -> None:
    """So many units of the fleet, and one of something else."""

    def add(work: Work) -> None:
        work.resources.save(DOUBLE_ROOMS)
        work.resources.save(FIRST_AID)
        for number in range(units):
            unit = Unit.add(unit_id(number), resource_id=FLEET, label=f"{number}", now=NOW)
            work.units.save(unit)
        other = Unit.add(unit_id(999), resource_id=FIRST_AID.id, label="another", now=NOW)
        work.units.save(other)

    await storage.work(DESK, add)


async def claimed(storage: Storage) -> list[UnitClaim]:
    """By unit and time."""
    if isinstance(storage, MemoryStorage):
        found = list(storage.work.rows(DESK).unit_claims)
    else:
        assert isinstance(storage, SqlStorage)
        theirs = unit_claims.c.organization_id == DESK.organization_id
        rows = await storage.database.read(
            lambda connection: connection.execute(select(unit_claims).where(theirs)).all(),
            of=DESK.organization_id,
        )
        found = [
            UnitClaim(row.hold_id, row.unit_id, Minutes(row.first_minute, row.until_minute))
            for row in rows
        ]
    return sorted(found, key=lambda claim: (claim.unit_id, claim.minutes.first))


def overlaps(claims: list[UnitClaim]) -> int:
    """How often a claim begins before the one before it on the same unit ends."""
    return sum(
        one.unit_id == next.unit_id and one.minutes.overlap(next.minutes)
        for one, next in pairwise(claims)
    )
