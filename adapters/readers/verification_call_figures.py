"""What figures about calls are read from is what counting the calls anew would give."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import (
    Connection,
    Row,
    and_,
    exists,
    func,
    or_,
    select,
    tuple_,
)

from adapters.mapping.counted_calls import (
    calls_to_count,
    columns_of_counted,
    counted_call,
)
from adapters.mapping.summed_calls import calls_summed_anew
from adapters.mapping.sums import differing
from adapters.readers.verification_checks import Check, in_no_hurry, page_by_page
from adapters.schema.call_figures import (
    call_figures,
    call_group_days,
    call_hours,
    call_inbound_hours,
    call_quarters,
)
from adapters.schema.calls import calls
from adapters.schema.events import event_log, receipts
from application.analytics.count_calls import CountCalls
from application.kernel.verification import Finding

NOBODY = UUID(int=0)
COMPARED = tuple(column.name for column in call_figures.columns if not column.primary_key)


def call_figure_checks() -> "Sequence[Check | CallsAreCountedAsTheyAre]":
    return (
        CallsAreCountedAsTheyAre(),
        _counted_calls_are_there(),
        _quarters_are_summed_up(),
        _hours_are_summed_up(),
        _inbound_hours_are_summed_up(),
        _days_of_groups_are_summed_up(),
    )


@attrs.frozen(kw_only=True)
class CallsAreCountedAsTheyAre:
    """Of calls of which everything that has happened was heard; page by page."""

    name: str = "calls_are_counted_as_they_are"
    page: int = 1000

    def __call__(self, connection: Connection) -> Sequence[Finding]:
        in_no_hurry(connection)
        return list(self._findings(connection))

    def _findings(self, connection: Connection) -> Iterator[Finding]:
        every = page_by_page(
            partial(self._rows, connection),
            key=lambda row: (row.organization_id, row.id),
            first=(NOBODY, NOBODY),
        )
        for row in every:
            counted = columns_of_counted(counted_call(row))
            wrong = [name for name in COMPARED if getattr(row, f"counted_{name}") != counted[name]]
            if wrong:
                yield Finding(
                    check=self.name,
                    organization_id=row.organization_id,
                    subject=str(row.id),
                    detail=f"is counted with another {', '.join(wrong)}",
                )

    def _rows(self, connection: Connection, after: tuple[UUID, UUID]) -> Sequence[Row[Any]]:
        key = (calls.c.organization_id, calls.c.id)
        counted = and_(
            call_figures.c.organization_id == calls.c.organization_id,
            call_figures.c.id == calls.c.id,
        )
        question = (
            calls_to_count()
            .add_columns(*(call_figures.c[name].label(f"counted_{name}") for name in COMPARED))
            .outerjoin(call_figures, counted)
            .where(
                tuple_(*key) > tuple_(*after),
                or_(call_figures.c.id.is_not(None), _heard_of()),
                ~_something_unheard(),
            )
            .order_by(*key)
            .limit(self.page)
        )
        return connection.execute(question).all()


def _heard_of() -> Any:
    return exists().where(
        event_log.c.organization_id == calls.c.organization_id,
        event_log.c.subject == calls.c.id,
    )


def _something_unheard() -> Any:
    heard = (
        select(receipts.c.position)
        .where(
            receipts.c.organization_id == calls.c.organization_id,
            receipts.c.subscriber == CountCalls.name,
        )
        .correlate(calls)
        .scalar_subquery()
    )
    return exists().where(
        event_log.c.organization_id == calls.c.organization_id,
        event_log.c.subject == calls.c.id,
        or_(event_log.c.position.is_(None), event_log.c.position > func.coalesce(heard, 0)),
    )


def _counted_calls_are_there() -> Check:
    theirs = and_(
        calls.c.organization_id == call_figures.c.organization_id, calls.c.id == call_figures.c.id
    )
    return Check(
        name="counted_calls_are_there",
        question=select(
            call_figures.c.organization_id,
            call_figures.c.id.label("subject"),
            call_figures.c.status,
        )
        .outerjoin_from(call_figures, calls, theirs)
        .where(calls.c.id.is_(None)),
        detail="is counted as {status}, and there is no such call",
    )


def _quarters_are_summed_up() -> Check:
    """Both are written in one transaction."""
    return Check(
        name="quarters_of_calls_are_summed_up",
        question=differing(call_quarters, calls_summed_anew(), "quarter"),
        detail="calls that were {axis} then do not come to what is summed up of them",
    )


def _hours_are_summed_up() -> Check:
    """Of quarters; both are written in one transaction."""
    return Check(
        name="hours_of_calls_are_summed_up",
        question=differing(call_hours, calls_summed_anew(), "hour"),
        detail="quarters of calls that were {axis} then do not come to what is summed up of them",
    )


def _inbound_hours_are_summed_up() -> Check:
    return Check(
        name="hours_of_inbound_calls_are_summed_up",
        question=differing(call_inbound_hours, calls_summed_anew(), "hour"),
        detail="calls that came in and were {axis} then do not come to what is summed up of them",
    )


def _days_of_groups_are_summed_up() -> Check:
    return Check(
        name="days_of_groups_of_calls_are_summed_up",
        question=differing(call_group_days, calls_summed_anew(), "day"),
        detail="calls of that day do not come to what is summed up of them by {grouped_by}",
    )
