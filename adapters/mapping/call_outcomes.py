"""Which calls came to something, as conditions on what is counted of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, extract, not_

from adapters.mapping.sold_in_calls import SELLING
from adapters.schema.analytics import booking_facts
from adapters.schema.call_figures import call_figures
from adapters.schema.calls import calls
from adapters.schema.events import event_log
from domain.analytics.booking_facts import STANDING
from domain.calls.call import Direction

DAY = 86_400
row = call_figures.c
first, again = calls.alias("first"), calls.alias("again")
HANDLED = row.talked_ms.is_not(None)
SOLD_IN_CALL = and_(
    event_log.c.organization_id == row.organization_id,
    event_log.c.call_id == row.id,
    event_log.c.name.in_(SELLING),
)
STANDS = and_(
    booking_facts.c.organization_id == event_log.c.organization_id,
    booking_facts.c.id == event_log.c.subject,
    booking_facts.c.state.in_(sorted(STANDING)),
)


def resolution(now: datetime, days: int) -> Mapping[str, ColumnElement[bool]]:
    is_first = and_(first.c.organization_id == row.organization_id, first.c.id == row.id)
    known = exists().where(is_first, first.c.caller.is_not(None))
    until = extract("epoch", row.ended_at) + days * DAY
    followed = exists().where(
        is_first,
        again.c.organization_id == first.c.organization_id,
        again.c.caller == first.c.caller,
        again.c.direction == Direction.INBOUND.value,
        again.c.deleted_at.is_(None),
        again.c.id != first.c.id,
        again.c.started_at >= first.c.started_at,
        extract("epoch", again.c.started_at) <= until,
    )
    contacts = and_(
        row.inbound.is_(True), HANDLED, row.ended_at <= now - timedelta(days=days), known
    )
    return {"contacts": contacts, "resolved_at_first_contact": and_(contacts, not_(followed))}


def conversion() -> Mapping[str, ColumnElement[bool]]:
    return {
        "calls_with_hold": and_(HANDLED, exists().where(SOLD_IN_CALL)),
        "calls_with_booking": and_(HANDLED, exists().where(SOLD_IN_CALL, STANDS)),
    }
