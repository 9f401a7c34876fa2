"""Nothing stands any more of what does not take place."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, or_, select

from adapters.readers.verification_checks import Check
from adapters.schema.blocks import blocks
from adapters.schema.inventory import resources
from adapters.schema.waiting import waiting_entries
from domain.bookings.blocks import BlockState
from domain.bookings.waiting import WaitingState
from domain.inventory.resources import ResourceState

LIVE = (WaitingState.WAITING.value, WaitingState.OFFERED.value)


def called_off_checks(*, since: datetime) -> Sequence[Check]:
    """What was cancelled before then should have been wound up by now."""
    return (_nobody_waits(since), _nothing_is_set_aside(since))


def _nobody_waits(since: datetime) -> Check:
    return Check(
        name="nobody_waits_for_what_is_cancelled",
        question=select(
            waiting_entries.c.organization_id,
            waiting_entries.c.id.label("subject"),
            waiting_entries.c.state,
            waiting_entries.c.resource_id,
        )
        .join_from(waiting_entries, resources, _of_resource(waiting_entries))
        .where(waiting_entries.c.state.in_(LIVE), _is_over(since)),
        detail="is {state}, and {resource_id} is cancelled",
    )


def _nothing_is_set_aside(since: datetime) -> Check:
    return Check(
        name="nothing_is_set_aside_of_what_is_cancelled",
        question=select(
            blocks.c.organization_id, blocks.c.id.label("subject"), blocks.c.resource_id
        )
        .join_from(blocks, resources, _of_resource(blocks))
        .where(blocks.c.state == BlockState.OPEN.value, _is_over(since)),
        detail="is open, and {resource_id} is cancelled",
    )


def _of_resource(table: Table) -> ColumnElement[bool]:
    return and_(
        resources.c.organization_id == table.c.organization_id,
        resources.c.id == table.c.resource_id,
    )


def _is_over(since: datetime) -> ColumnElement[bool]:
    """Nobody wrote down the time of what was cancelled before that was done."""
    long_enough = or_(resources.c.cancelled_at.is_(None), resources.c.cancelled_at < since)
    return and_(resources.c.state == ResourceState.CANCELLED.value, long_enough)
