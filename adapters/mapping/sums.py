"""Sums that are kept, and what they are sums of."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    Table,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

Counted = Mapping[str, Any]
Key = tuple[Any, ...]


def total_of(value: ColumnElement[Any]) -> ColumnElement[int]:
    # Sums of large numbers are decimals to PostgreSQL.
    return cast(func.coalesce(func.sum(value), 0), BigInteger)


@attrs.frozen(kw_only=True)
class Summed:
    """How sums of a table follow from rows `over` which they are; not yet of one organization."""

    table: Table
    over: FromClause
    axis: str | None = None
    key: Sequence[ColumnElement[Any]]
    sums: Sequence[ColumnElement[int]]
    only: Sequence[ColumnElement[bool]] = ()

    @property
    def columns(self) -> Sequence[str]:
        return [column.name for column in self.table.columns]

    @property
    def question(self) -> Select[Any]:
        """What the table has to hold, in the order of its columns."""
        whose, *rest = self.key
        axis = [] if self.axis is None else [literal(self.axis)]
        return select(whose, *axis, *rest, *self.sums).where(*self.only).group_by(*self.key)


def differing(table: Table, every: Sequence[Summed], subject: str) -> Select[Any]:
    """By key, wherever sums of a table and what they are of differ in anything; of everybody."""
    ours = [summed for summed in every if summed.table is table]
    key = [column.name for column in table.primary_key.columns]
    sums = [column.name for column in table.columns if not column.primary_key]
    both = union_all(select(*table.columns), *map(_taken_off, ours)).subquery()
    keys = [both.c[name] for name in key]
    return (
        select(*(each for each in keys if each.name != subject), both.c[subject].label("subject"))
        .group_by(*keys)
        .having(or_(*(func.sum(both.c[name]) != 0 for name in sums)))
    )


def _taken_off(summed: Summed) -> Select[Any]:
    asked = summed.question
    key = len(summed.columns) - len(summed.sums)
    columns = list(asked.selected_columns)
    return asked.with_only_columns(*columns[:key], *(-column for column in summed.sums))


def signed(before: Iterable[Counted], after: Iterable[Counted]) -> Iterator[tuple[int, Counted]]:
    yield from ((-1, row) for row in before)
    yield from ((1, row) for row in after)


def differences(
    changes: Iterable[tuple[Key, int, Mapping[str, int]]],
    key_names: Sequence[str],
    names: Sequence[str],
) -> Iterator[Counted]:
    """In the order of their keys, as every writer takes them, without what comes to nothing."""
    sums: dict[Key, Counter[str]] = {}
    for key, sign, counts in changes:
        of_key = sums.setdefault(key, Counter(dict.fromkeys(names, 0)))
        of_key.update({name: sign * number for name, number in counts.items()})
    for key in sorted(sums):
        if any(sums[key].values()):
            yield {**dict(zip(key_names, key, strict=True)), **sums[key]}
