"""Units in memory."""

from collections.abc import Sequence

import attrs

from application.inventory.ports import Assets, Units
from domain.inventory.assets import Asset, AssetNotFound
from domain.inventory.units import Minutes, NoUnitFree, Unit, UnitNotFound
from domain.kernel.claims import IntervalClaim
from domain.kernel.identifiers import HoldId, UnitId
from domain.kernel.periods import Period
from tests.fakes.rows import Dangling, Rows, UnitClaim, found, must_exist, next_version


@attrs.frozen
class MemoryUnits(Units):
    rows: Rows

    def get(self, unit_id: UnitId) -> Unit:
        return found(self.rows.units, unit_id, UnitNotFound)

    def save(self, unit: Unit) -> Unit:
        if unit.resource_id is not None:
            must_exist(self.rows, unit.resource_id)
        version = next_version(self.rows.units.get(unit.id), unit.version)
        saved = attrs.evolve(unit, version=version, events=())
        self.rows.units[unit.id] = saved
        self.rows.events.extend(unit.events)
        return saved

    def several(self, unit_ids: Sequence[UnitId]) -> Sequence[Unit]:
        return [self.get(unit_id) for unit_id in unit_ids]

    def claim(
        self, hold_id: HoldId, unit_ids: Sequence[UnitId], period: Period
    ) -> Sequence[UnitId]:
        minutes, taken = Minutes.of(period), list[UnitId]()
        for unit_id in sorted(unit_ids):
            unit = self.rows.units.get(unit_id)
            if unit is None or unit.retired or not self._is_free(unit_id, minutes):
                taken.append(unit_id)
            else:
                self.rows.unit_claims.append(UnitClaim(hold_id, unit_id, minutes))
        return taken

    def claimed(self, hold_id: HoldId) -> Sequence[UnitId]:
        theirs = (claim.unit_id for claim in self.rows.unit_claims if claim.hold_id == hold_id)
        return sorted(theirs)

    def release(self, hold_id: HoldId) -> None:
        kept = [claim for claim in self.rows.unit_claims if claim.hold_id != hold_id]
        self.rows.unit_claims[:] = kept

    def pick(self, hold_id: HoldId, intervals: Sequence[IntervalClaim]) -> tuple[UnitId, ...]:
        picked = []
        for interval in intervals:
            minutes = Minutes.of(interval.period)
            free = (
                unit.id
                for unit in self.rows.units.values()
                if unit.resource_id == interval.resource_id
                and not unit.retired
                and self._is_free(unit.id, minutes)
            )
            unit_id = next(free, None)
            if unit_id is None:
                period = interval.period
                raise NoUnitFree(interval.resource_id, period.starts_at, period.ends_at)
            self.rows.unit_claims.append(UnitClaim(hold_id, unit_id, minutes))
            picked.append(unit_id)
        return tuple(picked)

    def _is_free(self, unit_id: UnitId, minutes: Minutes) -> bool:
        return not any(
            claim.unit_id == unit_id and claim.minutes.overlap(minutes)
            for claim in self.rows.unit_claims
        )


@attrs.frozen
class MemoryAssets(Assets):
    rows: Rows

    def get(self, asset_id: UnitId) -> Asset:
        return found(self.rows.assets, asset_id, AssetNotFound)

    def several(self, asset_ids: Sequence[UnitId]) -> Sequence[Asset]:
        return [self.get(asset_id) for asset_id in asset_ids]

    def save(self, asset: Asset) -> Asset:
        if asset.id not in self.rows.units:
            raise Dangling(f"unit {asset.id}")
        version = next_version(self.rows.assets.get(asset.id), asset.version)
        saved = attrs.evolve(asset, version=version, events=())
        self.rows.assets[asset.id] = saved
        self.rows.events.extend(asset.events)
        return saved
