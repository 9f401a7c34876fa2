"""What figures about calls are read from, in SQL."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Row, bindparam, delete, select

from adapters.mapping.counted_calls import (
    AXES,
    calls_to_count,
    columns_of_counted,
    counted_call,
    quarter_at,
)
from adapters.mapping.grouped_calls import grouped_differences
from adapters.schema.call_figures import (
    call_figures,
    call_group_days,
    call_hours,
    call_inbound_hours,
    call_quarters,
)
from adapters.schema.calls import calls
from adapters.schema.times_of_moments import QUARTERS_OF_AN_HOUR as HOUR
from adapters.sql.bulk import Bulk
from adapters.sql.scope import Scope
from application.analytics.ports import CallFigures
from domain.analytics.call_totals import COUNTED
from domain.analytics.counted_calls import CountedCall

ROWS = Bulk.into(call_figures).replacing(
    *(column.name for column in call_figures.columns if not column.primary_key)
)
QUARTERS = Bulk.into(call_quarters).adding(*COUNTED)
HOURS = Bulk.into(call_hours).adding(*COUNTED)
INBOUND = Bulk.into(call_inbound_hours).adding(*COUNTED)
DAYS = Bulk.into(call_group_days).adding(*COUNTED)
MEMBERS = tuple(
    field.name for field in attrs.fields(CountedCall) if field.name not in ("id", "issues")
)


@attrs.frozen
class SqlCallFigures(CallFigures):
    scope: Scope

    def count(self, call_ids: Collection[UUID]) -> None:
        known = self._known(call_ids)
        found = self._found(call_ids)
        changed = {call_id: call for call_id, call in found.items() if known.get(call_id) != call}
        gone = known.keys() - found.keys()
        before = [known[call_id] for call_id in (*changed, *gone) if call_id in known]
        if gone:
            self.scope.execute(
                delete(call_figures).where(
                    self.scope.owns(call_figures), call_figures.c.id.in_(sorted(gone))
                )
            )
        if changed:
            self.scope.write(ROWS, [columns_of_counted(call) for call in changed.values()])
        if changed or gone:
            self._add_up(before, list(changed.values()))

    def _add_up(self, before: Sequence[CountedCall], after: Sequence[CountedCall]) -> None:
        self.scope.write(QUARTERS, _differences(before, after, of="quarter", quarters=1))
        self.scope.write(HOURS, _differences(before, after, of="hour", quarters=HOUR))
        came_in = ([call for call in calls if call.inbound] for calls in (before, after))
        self.scope.write(INBOUND, _differences(*came_in, of="hour", quarters=HOUR))
        self.scope.write(DAYS, list(grouped_differences(before, after)))

    def _known(self, call_ids: Collection[UUID]) -> Mapping[UUID, CountedCall]:
        rows = self.scope.execute(_counted(), self._of(call_ids))
        return {row.id: counted_row(row) for row in rows}

    def _found(self, call_ids: Collection[UUID]) -> Mapping[UUID, CountedCall]:
        rows = self.scope.execute(_to_count(), self._of(call_ids))
        return {row.id: counted_call(row) for row in rows}

    def _of(self, call_ids: Collection[UUID]) -> Mapping[str, Any]:
        return {"p_organization_id": self.scope.organization_id, "p_ids": list(call_ids)}


def counted_row(row: Row[Any]) -> CountedCall:
    return CountedCall(
        id=row.id,
        issues=tuple(filter(None, row.issues.split(","))),
        **{name: getattr(row, name) for name in MEMBERS},
    )


def _differences(
    before: Sequence[CountedCall], after: Sequence[CountedCall], *, of: str, quarters: int
) -> Sequence[Mapping[str, Any]]:
    """In the order of their keys, as every writer takes them; `of` so many quarters each."""
    sums: dict[tuple[str, int], Counter[str]] = {}
    for sign, some in ((-1, before), (1, after)):
        for call in some:
            counts = call.counted()
            for axis in AXES:
                quarter = quarter_at(call, axis)
                if quarter is not None:
                    key = axis, quarter // quarters
                    sum_ = sums.setdefault(key, Counter(dict.fromkeys(COUNTED, 0)))
                    sum_.update({name: sign * number for name, number in counts.items()})
    return [
        {"axis": axis, of: number, **sums[axis, number]}
        for axis, number in sorted(sums)
        if any(sums[axis, number].values())
    ]


@lru_cache(maxsize=1)
def _counted() -> Any:
    return select(call_figures).where(
        call_figures.c.organization_id == bindparam("p_organization_id"),
        call_figures.c.id.in_(bindparam("p_ids", expanding=True)),
    )


@lru_cache(maxsize=1)
def _to_count() -> Any:
    return calls_to_count().where(
        calls.c.organization_id == bindparam("p_organization_id"),
        calls.c.id.in_(bindparam("p_ids", expanding=True)),
    )
