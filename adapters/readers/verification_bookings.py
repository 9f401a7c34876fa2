"""Every booking has exactly the units it was promised, and every change of it is on record."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    TableValuedAlias,
    and_,
    column,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from adapters.readers.verification_checks import Check
from adapters.schema.blocks import blocks
from adapters.schema.bookings import bookings
from adapters.schema.channels import foreign_bookings
from adapters.schema.events import event_log
from adapters.schema.inventory import claims
from adapters.schema.metadata import Document
from adapters.schema.waiting import waiting_entries
from domain.bookings.events import BookingHeld
from domain.bookings.life import TAKING_UNITS

ACTIVE = tuple(state.value for state in TAKING_UNITS)

NOTHING = ""  # stands for the pool of an agreement without claims

_of_booking = and_(
    bookings.c.organization_id == claims.c.organization_id, bookings.c.id == claims.c.hold_id
)


def booking_checks(dialect: str) -> Sequence[Check]:
    return (
        _claims_match_agreements(dialect),
        _ended_bookings_claim_nothing(),
        _claims_have_bookings(),
        _changes_are_recorded(),
        _bookings_are_kept(),
    )


def _claims_match_agreements(dialect: str) -> Check:
    both = union_all(_agreed(dialect), _claimed()).subquery()
    agreed, claimed = func.sum(both.c.agreed), func.sum(both.c.claimed)
    return Check(
        name="claims_match_agreements",
        question=select(
            both.c.organization_id,
            both.c.booking_id.label("subject"),
            both.c.pool_id,
            agreed.label("agreed"),
            claimed.label("claimed"),
        )
        .group_by(both.c.organization_id, both.c.booking_id, both.c.pool_id)
        .having(or_(agreed != claimed, both.c.pool_id == NOTHING)),
        detail="of pool '{pool_id}', {agreed} units are agreed and {claimed} claimed",
    )


def _agreed(dialect: str) -> Select[Any]:
    item = _items(dialect)
    pool_id = item.c.value["pool_id"].as_string()
    return (
        select(
            bookings.c.organization_id,
            bookings.c.id.label("booking_id"),
            func.coalesce(pool_id, NOTHING).label("pool_id"),
            func.coalesce(item.c.value["units"].as_integer(), 0).label("agreed"),
            literal(0).label("claimed"),
        )
        .outerjoin_from(bookings, item, true())
        .where(
            bookings.c.state.in_(ACTIVE),
            ~func.coalesce(bookings.c.agreement["history"].as_boolean(), False),
            or_(pool_id.is_not(None), intervals_agreed(dialect) == 0),
        )
    )


def intervals_agreed(dialect: str) -> ColumnElement[int]:
    """How many single units the booking was sold for a time of its own."""
    length = func.jsonb_array_length if dialect == "postgresql" else func.json_array_length
    return func.coalesce(length(bookings.c.agreement["intervals"]), 0)


def _items(dialect: str) -> TableValuedAlias:
    """The claims in the agreement of the booking that is joined, one a row."""
    elements = func.jsonb_array_elements if dialect == "postgresql" else func.json_each
    return elements(bookings.c.agreement["claims"]).table_valued(
        column("value", Document), name="item", joins_implicitly=True
    )


def _claimed() -> Select[Any]:
    return (
        select(
            claims.c.organization_id,
            claims.c.hold_id,
            claims.c.pool_id,
            literal(0),
            claims.c.units,
        )
        .join_from(claims, bookings, _of_booking)
        .where(bookings.c.state.in_(ACTIVE))
    )


def _ended_bookings_claim_nothing() -> Check:
    return Check(
        name="ended_bookings_claim_nothing",
        question=select(
            claims.c.organization_id,
            claims.c.hold_id.label("subject"),
            claims.c.pool_id,
            claims.c.units,
            bookings.c.state,
        )
        .join_from(claims, bookings, _of_booking)
        .where(bookings.c.state.not_in(ACTIVE)),
        detail="is {state} and still claims {units} units of pool '{pool_id}'",
    )


def _claims_have_bookings() -> Check:
    """Or stand for a party on a waiting list, for a block, or for what was booked elsewhere."""
    saves_up = exists(
        select(waiting_entries.c.id).where(
            waiting_entries.c.organization_id == claims.c.organization_id,
            waiting_entries.c.id == claims.c.hold_id,
        )
    )
    set_aside = exists(
        select(blocks.c.id).where(
            blocks.c.organization_id == claims.c.organization_id,
            blocks.c.id == claims.c.hold_id,
        )
    )
    elsewhere = exists(
        select(foreign_bookings.c.id).where(
            foreign_bookings.c.organization_id == claims.c.organization_id,
            foreign_bookings.c.id == claims.c.hold_id,
        )
    )
    return Check(
        name="claims_have_bookings",
        question=select(
            claims.c.organization_id,
            claims.c.hold_id.label("subject"),
            claims.c.pool_id,
            claims.c.units,
        )
        .outerjoin_from(claims, bookings, _of_booking)
        .where(bookings.c.id.is_(None), ~saves_up, ~set_aside, ~elsewhere),
        detail="does not exist and claims {units} units of pool '{pool_id}'",
    )


def _changes_are_recorded() -> Check:
    """Each version of a booking is stored together with the one event that led to it."""
    log = (
        select(event_log.c.organization_id, event_log.c.subject, func.count().label("events"))
        .group_by(event_log.c.organization_id, event_log.c.subject)
        .subquery()
    )
    recorded = func.coalesce(log.c.events, 0)
    theirs = and_(
        log.c.organization_id == bookings.c.organization_id, log.c.subject == bookings.c.id
    )
    return Check(
        name="changes_are_recorded",
        question=select(
            bookings.c.organization_id,
            bookings.c.id.label("subject"),
            bookings.c.version,
            recorded.label("recorded"),
        )
        .outerjoin_from(bookings, log, theirs)
        .where(bookings.c.version != recorded),
        detail="is version {version} with {recorded} events on record",
    )


def _bookings_are_kept() -> Check:
    theirs = and_(
        bookings.c.organization_id == event_log.c.organization_id,
        bookings.c.id == event_log.c.subject,
    )
    return Check(
        name="bookings_are_kept",
        question=select(
            event_log.c.organization_id, event_log.c.subject, event_log.c.id.label("event_id")
        )
        .outerjoin_from(event_log, bookings, theirs)
        .where(event_log.c.name == BookingHeld.name, bookings.c.id.is_(None)),
        detail="was held, says event {event_id}, and does not exist",
    )
