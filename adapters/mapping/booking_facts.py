"""What is counted of bookings, from their rows and from what has happened to them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Executable,
    Row,
    Table,
    and_,
    bindparam,
    func,
    select,
)

from adapters.mapping.kinds import converter
from adapters.schema.analytics import booking_days, booking_facts
from adapters.schema.bookings import bookings
from adapters.schema.events import event_log
from adapters.schema.ledger import journals, transfers
from adapters.schema.times_of_moments import quarter_of
from domain.analytics.booking_facts import BookingFact
from domain.bookings.agreement import Agreement
from domain.bookings.events import (
    BookingCancelled,
    BookingConfirmed,
    BookingHeld,
    BookingImported,
    BookingReinstated,
)
from domain.bookings.worth import worth_by_day
from domain.kernel.identifiers import BookingId, OrganizationId
from domain.kernel.money import total
from domain.payments.ledger import Cause

Ask = Callable[[Executable, Mapping[str, Any]], CursorResult[Any]]
TOLD = (BookingHeld, BookingImported, BookingConfirmed, BookingReinstated, BookingCancelled)


def facts_of(
    ask: Ask, organization_id: OrganizationId, booking_ids: Sequence[BookingId]
) -> Sequence[BookingFact]:
    """As it is now, in three questions however many they are."""
    key = {"p_organization_id": organization_id, "p_ids": list(booking_ids)}
    happened: dict[Any, list[Row[Any]]] = defaultdict(list)
    for event in ask(_events(), key):
        happened[event.subject].append(event)
    paid = {row.booking_id: row.paid_at for row in ask(_paid(), key)}
    return [_fact(row, happened[row.id], paid.get(row.id)) for row in ask(_bookings(), key)]


def fact_row(fact: BookingFact) -> dict[str, Any]:
    currency = fact.total.currency
    return {
        "id": fact.booking_id,
        "resource_id": fact.resource_id,
        "kind": fact.kind,
        "state": fact.state,
        "by_company": fact.by_company,
        "starts_at": fact.starts_at,
        "starts_quarter": quarter_of(fact.starts_at),
        "first_day": fact.first_day,
        "days": len(fact.worth),
        "units": fact.units,
        "people": fact.people,
        "lead_days": fact.lead_days,
        "total_minor": fact.total.minor,
        "worth_minor": total(list(fact.worth.values()), currency=currency).minor,
        "currency": currency,
        "booked_at": fact.booked_at,
        "booked_quarter": quarter_of(fact.booked_at),
        "confirmed_at": fact.confirmed_at,
        "cancelled_at": fact.cancelled_at,
        "paid_at": fact.paid_at,
    }


def day_rows(fact: BookingFact) -> Iterator[dict[str, Any]]:
    for day, worth in fact.worth.items():
        yield {
            "day": day,
            "booking_id": fact.booking_id,
            "resource_id": fact.resource_id,
            "state": fact.state,
            "units": fact.units,
            "people": fact.people,
            "worth_minor": worth.minor,
            "currency": worth.currency,
        }


def known_of(
    ask: Ask, organization_id: OrganizationId, booking_ids: Sequence[BookingId]
) -> tuple[Mapping[Any, Mapping[str, Any]], Mapping[Any, list[Mapping[str, Any]]]]:
    """What was counted of them so far, and of their days, by booking: rows as those above."""
    key = {"p_organization_id": organization_id, "p_ids": list(booking_ids)}
    days: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
    for day in sorted(ask(_known_days(), key).mappings(), key=itemgetter("day")):
        days[day["booking_id"]].append(dict(day))
    return {row["id"]: dict(row) for row in ask(_known(), key).mappings()}, days


def _fact(row: Row[Any], events: Sequence[Row[Any]], paid_at: datetime | None) -> BookingFact:
    # Who it was is not asked for: the sealed part stays closed.
    agreement = converter.structure(row.agreement, Agreement)
    booked_at, imported = _booked_at(row, events)
    confirmed_at = _first(events, BookingConfirmed.name, BookingReinstated.name)
    worth = worth_by_day(agreement)
    first_day = min(worth)
    return BookingFact(
        booking_id=row.id,
        resource_id=row.resource_id,
        kind=row.kind,
        state=row.state,
        by_company=bool(row.cancellation and row.cancellation.get("by_company")),
        starts_at=row.starts_at,
        first_day=first_day,
        units=agreement.request.units,
        people=agreement.request.people,
        lead_days=(first_day - agreement.zone.date_at(booked_at)).days,
        total=agreement.price.total,
        worth=worth,
        booked_at=booked_at,
        confirmed_at=booked_at if imported else confirmed_at,
        cancelled_at=_first(events, BookingCancelled.name),
        paid_at=paid_at,
    )


def _booked_at(row: Row[Any], events: Sequence[Row[Any]]) -> tuple[datetime, bool]:
    """And whether it was imported: then it was agreed at once, elsewhere."""
    for event in events:
        if event.name == BookingImported.name:
            return datetime.fromisoformat(event.payload["booked_at"]), True
    held_at: datetime = _first(events, BookingHeld.name) or row.expires_at
    return held_at, False


def _first(events: Sequence[Row[Any]], *names: str) -> datetime | None:
    return min((event.occurred_at for event in events if event.name in names), default=None)


@lru_cache(maxsize=1)
def _known() -> Executable:
    return select(*_but_whose(booking_facts)).where(
        booking_facts.c.organization_id == bindparam("p_organization_id"),
        booking_facts.c.id.in_(bindparam("p_ids", expanding=True)),
    )


@lru_cache(maxsize=1)
def _known_days() -> Executable:
    # In no order: SQLite would go through all days there are rather than sort a few.
    return select(*_but_whose(booking_days)).where(
        booking_days.c.organization_id == bindparam("p_organization_id"),
        booking_days.c.booking_id.in_(bindparam("p_ids", expanding=True)),
    )


def _but_whose(table: Table) -> Sequence[ColumnElement[Any]]:
    return [column for column in table.columns if column.name != "organization_id"]


@lru_cache(maxsize=1)
def _bookings() -> Executable:
    return (
        select(
            bookings.c.id,
            bookings.c.resource_id,
            bookings.c.kind,
            bookings.c.state,
            bookings.c.starts_at,
            bookings.c.expires_at,
            bookings.c.agreement,
            bookings.c.cancellation,
        )
        .where(
            bookings.c.organization_id == bindparam("p_organization_id"),
            bookings.c.id.in_(bindparam("p_ids", expanding=True)),
        )
        .order_by(bookings.c.id)
    )


@lru_cache(maxsize=1)
def _events() -> Executable:
    return select(
        event_log.c.subject, event_log.c.name, event_log.c.occurred_at, event_log.c.payload
    ).where(
        event_log.c.organization_id == bindparam("p_organization_id"),
        event_log.c.subject.in_(bindparam("p_ids", expanding=True)),
        event_log.c.name.in_([event.name for event in TOLD]),
    )


@lru_cache(maxsize=1)
def _paid() -> Executable:
    of_journal = and_(
        journals.c.organization_id == transfers.c.organization_id,
        journals.c.id == transfers.c.journal_id,
    )
    return (
        select(transfers.c.booking_id, func.min(journals.c.occurred_at).label("paid_at"))
        .join_from(transfers, journals, of_journal)
        .where(
            transfers.c.organization_id == bindparam("p_organization_id"),
            transfers.c.booking_id.in_(bindparam("p_ids", expanding=True)),
            journals.c.cause == Cause.CAPTURED.value,
        )
        .group_by(transfers.c.booking_id)
    )
