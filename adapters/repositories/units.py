"""Units in SQL: who has which of them when."""

from collections.abc import Mapping, Sequence
from functools import partial

import attrs
from sqlalchemy import Executable, Insert, Select, delete, select

from adapters.mapping.units import unit_of
from adapters.repositories import unit_picks
from adapters.schema.units import inventory_units, unit_claims
from adapters.sql.changes import Guard
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.inventory.ports import Units
from application.kernel.ports import Stale
from domain.inventory.units import Minutes, NoUnitFree, Unit, UnitNotFound, UnitTaken
from domain.kernel.claims import IntervalClaim
from domain.kernel.identifiers import HoldId, UnitId
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

    def claim(self, hold_id: HoldId, unit_id: UnitId, period: Period) -> None:
        wanted = {**_when(period), "p_hold_id": hold_id, "p_unit_id": unit_id}
        statement = unit_picks.claiming_one(self.scope.connection.dialect.name)
        if self._claimed(statement, wanted):
            return
        if self.get(unit_id).retired:
            raise UnitNotFound(unit_id)
        raise UnitTaken(unit_id, period.starts_at, period.ends_at)

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
        ordered = sorted(intervals, key=lambda one: (one.resource_id, one.period.starts_at))
        return tuple(self._pick(hold_id, interval) for interval in ordered)

    def pick_unseen(self, hold_id: HoldId, intervals: Sequence[IntervalClaim]) -> None:
        """Like `pick`, in one statement with what is saved next.

        Raises, at the latest when the unit of work ends, NoUnitFree and Stale.
        """
        # Sent in one order for everybody, like those that are picked at once.
        for interval in sorted(intervals, key=lambda one: (one.resource_id, one.period.starts_at)):
            first, *others = self._ways_to_pick()
            picked = Guard(
                update=first,
                parameters=self._wanted(hold_id, interval),
                rows=1,
                failed=partial(self._require_free, interval),
                otherwise=tuple(others),
            )
            self.scope.change(picked)

    def _pick(self, hold_id: HoldId, interval: IntervalClaim) -> UnitId:
        wanted = self._wanted(hold_id, interval)
        for statement in self._ways_to_pick():
            if unit_id := self._claimed(statement, wanted):
                return unit_id
            self._require_free(interval)
        raise Stale("others were faster each time")

    def _wanted(self, hold_id: HoldId, interval: IntervalClaim) -> dict[str, object]:
        return {
            **self._place(interval),
            "p_hold_id": hold_id,
            "p_spread": hold_id.int % (unit_picks.PRIME - 1) + 1,
        }

    def _place(self, interval: IntervalClaim) -> dict[str, object]:
        return {
            **_when(interval.period),
            "p_organization_id": self.scope.organization_id,
            "p_resource_id": interval.resource_id,
        }

    def _require_free(self, interval: IntervalClaim) -> None:
        """Raises NoUnitFree."""
        if not self.scope.ask(unit_picks.any_free(), self._place(interval)).first():
            period = interval.period
            raise NoUnitFree(interval.resource_id, period.starts_at, period.ends_at)

    def _ways_to_pick(self) -> Sequence[Insert]:
        return unit_picks.picking(self.scope.connection.dialect.name)

    def _claimed(self, statement: Executable, wanted: Mapping[str, object]) -> UnitId | None:
        parameters = {**wanted, "p_organization_id": self.scope.organization_id}
        unit_id: UnitId | None = self.scope.execute(statement, parameters).scalar_one_or_none()
        return unit_id


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
