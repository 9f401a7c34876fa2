"""Keep venues and trainers for sessions; they move with the session and end with it."""

from collections.abc import Sequence

from application.inventory.ports import InventoryWork
from domain.inventory.assets import Clash, Need
from domain.inventory.resources import NeverTakesPlace, Resource
from domain.inventory.staffing import StaffingClash
from domain.kernel.claims import whole_pool
from domain.kernel.identifiers import HoldId, ResourceId, UnitId


def staff(
    work: InventoryWork,
    session: Resource,
    asset_ids: Sequence[UnitId],
    *,
    qualifications: Sequence[str] = (),
) -> None:
    """Takes these for the session, and no others any longer.

    Raises StaffingClash with all that stands against it, NeverTakesPlace, AssetNotFound and
    AssetDeletedAlready.
    """
    need = _need(work, session, qualifications)
    hold_id = HoldId(session.id)
    work.units.release(hold_id)
    clashes: list[Clash] = []
    for asset in work.assets.several(sorted(asset_ids)):
        asset.must_be_there()
        clashes += asset.clashes(need)
    taken = work.units.claim(hold_id, asset_ids, need.period)
    clashes += [Clash(asset_id, "taken") for asset_id in taken]
    if clashes:
        raise StaffingClash(tuple(clashes))


def move_staff(work: InventoryWork, session: Resource) -> None:
    """Whoever and whatever the session was held with goes along to when it takes place now.

    Raises StaffingClash, for those who cannot.
    """
    staff(work, session, work.units.claimed(HoldId(session.id)))


def free_staff(work: InventoryWork, session_id: ResourceId) -> None:
    """The session does not take place: others may have what it was held with."""
    work.units.release(HoldId(session_id))


def _need(work: InventoryWork, session: Resource, qualifications: Sequence[str]) -> Need:
    period = session.offering.takes_place
    if period is None:
        raise NeverTakesPlace(session.id)
    pool_id = whole_pool(session.stock)
    pool = work.inventory.lock([pool_id]).get(pool_id)
    people = 0 if pool is None else pool.capacity
    return Need(period=period, people=people, qualifications=qualifications)
