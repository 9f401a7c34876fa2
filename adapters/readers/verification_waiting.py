"""Who waits has what was saved up for him, and nobody waits for what is free."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from adapters.readers.verification_checks import Check
from adapters.schema.bookings import bookings, sales_terms
from adapters.schema.inventory import claims, exclusive_claims, pools, resources
from adapters.schema.waiting import waiting_entries, waiting_pools
from domain.bookings.life import BookingState, HoldPurpose
from domain.bookings.waiting import WaitingState

WAITING = waiting_entries.c.state == WaitingState.WAITING.value
OFFERED = waiting_entries.c.state == WaitingState.OFFERED.value

_saved = and_(
    claims.c.organization_id == waiting_pools.c.organization_id,
    claims.c.pool_id == waiting_pools.c.pool_id,
    claims.c.hold_id == waiting_pools.c.entry_id,
)


def waiting_checks(*, now: datetime) -> Sequence[Check]:
    return (_offers_are_held(), _who_left_saves_nothing(), _nobody_waits_for_what_is_free(now))


def _offers_are_held() -> Check:
    """An entry has an offer exactly as long as the booking that was made for it is held."""
    theirs = and_(
        bookings.c.organization_id == waiting_entries.c.organization_id,
        bookings.c.id == waiting_entries.c.booking_id,
    )
    held = and_(
        bookings.c.state == BookingState.HELD.value,
        bookings.c.purpose == HoldPurpose.OFFER.value,
    )
    open_offer = func.coalesce(case((held, 1), else_=0), 0) == 1
    return Check(
        name="offers_are_held",
        question=select(
            waiting_entries.c.organization_id,
            waiting_entries.c.id.label("subject"),
            waiting_entries.c.state,
            bookings.c.state.label("booking"),
        )
        .outerjoin_from(waiting_entries, bookings, theirs)
        .where(or_(and_(OFFERED, ~open_offer), and_(~OFFERED, open_offer))),
        detail="is {state}, and the booking made for it is {booking}",
    )


def _who_left_saves_nothing() -> Check:
    theirs = and_(
        claims.c.organization_id == waiting_entries.c.organization_id,
        claims.c.hold_id == waiting_entries.c.id,
    )
    return Check(
        name="who_left_saves_nothing",
        question=select(
            waiting_entries.c.organization_id,
            waiting_entries.c.id.label("subject"),
            waiting_entries.c.state,
            claims.c.pool_id,
            claims.c.units,
        )
        .join_from(waiting_entries, claims, theirs)
        .where(~WAITING),
        detail="is {state} and still claims {units} units of pool '{pool_id}'",
    )


def _nobody_waits_for_what_is_free(now: datetime) -> Check:
    """What somebody else has exclusively is no matter of units: those entries are passed by."""
    return Check(
        name="nobody_waits_for_what_is_free",
        question=select(waiting_entries.c.organization_id, waiting_entries.c.id.label("subject"))
        .join_from(waiting_entries, resources, _of(waiting_entries.c.resource_id))
        .where(
            WAITING,
            waiting_entries.c.closes_at > now,
            resources.c.state == "published",
            resources.c.deleted_at.is_(None),
            _is_sold(),
            ~_is_short(),
            ~_has_exclusive_units(),
        ),
        detail="waits although all it asked for is free",
    )


def _of(resource_id: ColumnElement[object]) -> ColumnElement[bool]:
    return and_(
        resources.c.organization_id == waiting_entries.c.organization_id,
        resources.c.id == resource_id,
    )


def _is_sold() -> ColumnElement[bool]:
    return exists(
        select(sales_terms.c.id).where(
            sales_terms.c.organization_id == waiting_entries.c.organization_id,
            sales_terms.c.id == waiting_entries.c.resource_id,
        )
    )


def _has_exclusive_units() -> ColumnElement[bool]:
    return exists(
        select(exclusive_claims.c.hold_id).where(
            exclusive_claims.c.organization_id == waiting_entries.c.organization_id,
            exclusive_claims.c.resource_id == waiting_entries.c.stock_id,
        )
    )


def _is_short() -> ColumnElement[bool]:
    free = pools.c.capacity + pools.c.allowance - pools.c.taken
    missing = waiting_pools.c.units - func.coalesce(claims.c.units, 0)
    theirs = and_(
        pools.c.organization_id == waiting_pools.c.organization_id,
        pools.c.id == waiting_pools.c.pool_id,
    )
    return exists(
        select(waiting_pools.c.pool_id)
        .select_from(waiting_pools.join(pools, theirs).outerjoin(claims, _saved))
        .where(
            waiting_pools.c.organization_id == waiting_entries.c.organization_id,
            waiting_pools.c.entry_id == waiting_entries.c.id,
            missing > 0,
            or_(pools.c.closed, missing > free),
        )
    )
