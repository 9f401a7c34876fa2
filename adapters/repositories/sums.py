"""Sums that are kept, computed anew from what they are sums of."""

from collections.abc import Sequence

from sqlalchemy import delete, insert

from adapters.mapping.sums import Summed
from adapters.sql.scope import Scope


def sum_up_anew(scope: Scope, every: Sequence[Summed]) -> None:
    """Whatever sums have become of mistakes, is gone after this."""
    for table in dict.fromkeys(summed.table for summed in every):
        scope.execute(delete(table).where(scope.owns(table)))
    add_up(scope, every)


def add_up(scope: Scope, every: Sequence[Summed]) -> None:
    """Where there are no sums; of sums, those come first that others are sums of."""
    for summed in every:
        # In order, so that sums of one time lie together.
        added = summed.question.where(scope.owns(summed.over)).order_by(*summed.key)
        scope.execute(insert(summed.table).from_select(summed.columns, added))
