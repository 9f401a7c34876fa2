"""Units in SQL: who has which of them when."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain

import attrs
from sqlalchemy import Executable, Insert, Select, delete, select

from adapters.mapping.units import unit_of
from adapters.repositories import unit_picks
from adapters.repositories.ordering import in_order
from adapters.schema.units import inventory_units, unit_claims
from adapters.sql.changes import Guard
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.inventory.ports import Units
from application.kernel.ports import Stale
from domain.inventory.units import Minutes, NoUnitFree, Unit, UnitNotFound
from domain.kernel.claims import IntervalClaim
from domain.kernel.identifiers import HoldId, ResourceId, UnitId
from domain.kernel.periods import Period


@attrs.frozen
class SqlUnits(Units):
    scope: Scope

    def get(self, unit_id: UnitId) -> Unit:
        found = self.scope.ask(
            select(inventory_units).where(
                self.scope.owns(inventory_units), inventory_units.c.id == unit_id
            )
        )
        row = found.one_or_none()
        if row is None:
            raise UnitNotFound(unit_id)
        return unit_of(row)

    def save(self, unit: Unit) -> Unit:
        version = store(
            self.scope,
            inventory_units,
            unit.id,
            unit.version,
            resource_id=unit.resource_id,
            label=unit.label,
            retired=unit.retired,
        )
        EventLog(self.scope).publish(unit.events)
        return attrs.evolve(unit, version=version, events=())

    def several(self, unit_ids: Sequence[UnitId]) -> Sequence[Unit]:
        rows = self.scope.ask(
            select(inventory_units).where(
                self.scope.owns(inventory_units), inventory_units.c.id.in_(unit_ids)
            )
        )
        return in_order(unit_ids, {row.id: unit_of(row) for row in rows}, UnitNotFound)

    def claim(
        self, hold_id: HoldId, unit_ids: Sequence[UnitId], period: Period
    ) -> Sequence[UnitId]:
        if not unit_ids:
            return []
        wanted = {**_when(period), "p_hold_id": hold_id, "p_unit_ids": list(unit_ids)}
        statement = unit_picks.claiming(self.scope.connection.dialect.name)
        return sorted(set(unit_ids) - set(self._claimed(statement, wanted)))

    def claimed(self, hold_id: HoldId) -> Sequence[UnitId]:
        question = (
            select(unit_claims.c.unit_id)
            .where(self.scope.owns(unit_claims), unit_claims.c.hold_id == hold_id)
            .order_by(unit_claims.c.unit_id)
        )
        return self.scope.ask(question).scalars().all()

    def release(self, hold_id: HoldId) -> None:
        self.scope.execute(
            delete(unit_claims).where(
                self.scope.owns(unit_claims), unit_claims.c.hold_id == hold_id
            )
        )

    def pick(self, hold_id: HoldId, intervals: Sequence[IntervalClaim]) -> tuple[UnitId, ...]:
        """One unit for each interval. Raises NoUnitFree and Stale."""
        # In one order for everybody: while somebody waits for a unit, others wait for them.
        ordered = sorted(Counter(intervals).items(), key=lambda one: _place(one[0]))
        picked = (self._pick(hold_id, interval, number) for interval, number in ordered)
        return tuple(chain.from_iterable(picked))

    def pick_unseen(self, hold_id: HoldId, intervals: Sequence[IntervalClaim]) -> None:
        """Like `pick`, in one statement with what is saved next.

        Raises, at the latest when the unit of work ends, NoUnitFree and Stale.
        """
        # Sent in one order for everybody, like those that are picked at once.
        for interval in sorted(intervals, key=_place):
            first, *others = self._ways_to_pick()
            picked = Guard(
                update=first,
                parameters=self._wanted(hold_id, interval),
                rows=1,
                failed=partial(self._require_free, interval),
                otherwise=tuple(others),
            )
            self.scope.change(picked)

    def _pick(self, hold_id: HoldId, interval: IntervalClaim, number: int) -> Sequence[UnitId]:
        wanted, picked = self._wanted(hold_id, interval), list[UnitId]()
        for statement in self._ways_to_pick():
            picked += self._claimed(statement, {**wanted, "p_units": number - len(picked)})
            if len(picked) == number:
                return picked
            self._require_free(interval)
        raise Stale("others were faster each time")

    def _wanted(self, hold_id: HoldId, interval: IntervalClaim) -> dict[str, object]:
        return {
            **self._asked(interval),
            "p_hold_id": hold_id,
            "p_units": 1,
            "p_spread": hold_id.int % (unit_picks.PRIME - 1) + 1,
        }

    def _asked(self, interval: IntervalClaim) -> dict[str, object]:
        return {
            **_when(interval.period),
            "p_organization_id": self.scope.organization_id,
            "p_resource_id": interval.resource_id,
        }

    def _require_free(self, interval: IntervalClaim) -> None:
        """Raises NoUnitFree."""
        if not self.scope.ask(unit_picks.any_free(), self._asked(interval)).first():
            period = interval.period
            raise NoUnitFree(interval.resource_id, period.starts_at, period.ends_at)

    def _ways_to_pick(self) -> Sequence[Insert]:
        return unit_picks.picking(self.scope.connection.dialect.name)

    def _claimed(self, statement: Executable, wanted: Mapping[str, object]) -> Sequence[UnitId]:
        parameters = {**wanted, "p_organization_id": self.scope.organization_id}
        return self.scope.execute(statement, parameters).scalars().all()


def _place(interval: IntervalClaim) -> tuple[ResourceId, datetime]:
    return interval.resource_id, interval.period.starts_at


def having_units(scope: Scope, interval: IntervalClaim) -> Select[tuple[HoldId]]:
    """Holds that have a unit of the resource for some of the time."""
    minutes = Minutes.of(interval.period)
    of_resource = select(inventory_units.c.id).where(
        scope.owns(inventory_units), inventory_units.c.resource_id == interval.resource_id
    )
    return select(unit_claims.c.hold_id).where(
        scope.owns(unit_claims),
        unit_claims.c.unit_id.in_(of_resource),
        unit_claims.c.first_minute < minutes.until,
        unit_claims.c.until_minute > minutes.first,
    )


def _when(period: Period) -> dict[str, int]:
    minutes = Minutes.of(period)
    return {"p_first": minutes.first, "p_until": minutes.until}
