"""What papers have cost that were issued again is in the books."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    not_,
    select,
    union_all,
)

from adapters.readers.verification_checks import Check
from adapters.schema.events import event_log
from adapters.schema.ledger import transfers
from adapters.schema.papers import papers
from domain.paperwork.events import PaperReissued
from domain.payments.ledger import Account

OF_FEES = Account.PAPER_FEES.value


def paper_fees_are_charged(late: datetime) -> Check:
    """Of what was issued again since `late`, it may not be written yet."""
    both = union_all(_asked_for(), _written()).subquery("both")
    asked, written = func.sum(both.c.asked), func.sum(both.c.written)
    return Check(
        name="paper_fees_are_charged",
        question=select(
            both.c.organization_id,
            both.c.booking_id.label("subject"),
            both.c.currency,
            asked.label("asked"),
            written.label("written"),
        )
        .where(not_(_issued_again_since(late, both.c.organization_id, both.c.booking_id)))
        .group_by(both.c.organization_id, both.c.booking_id, both.c.currency)
        .having(asked != written),
        detail="papers cost {asked} {currency}, and {written} is in the books",
    )


def _asked_for() -> Select[Any]:
    return select(
        papers.c.organization_id,
        papers.c.booking_id,
        papers.c.currency,
        papers.c.fees_minor.label("asked"),
        literal(0).label("written"),
    ).where(papers.c.fees_minor > 0)


def _written() -> Select[Any]:
    amount = transfers.c.amount_minor
    return select(
        transfers.c.organization_id,
        transfers.c.booking_id,
        transfers.c.currency,
        literal(0),
        case((transfers.c.credit == OF_FEES, amount), else_=-amount),
    ).where((transfers.c.credit == OF_FEES) | (transfers.c.debit == OF_FEES))


def _issued_again_since(
    late: datetime, organization_id: ColumnElement[UUID], booking_id: ColumnElement[UUID]
) -> ColumnElement[bool]:
    of_booking = papers.alias("of_booking")
    return exists(
        select(event_log.c.id)
        .join_from(
            of_booking,
            event_log,
            and_(
                event_log.c.organization_id == of_booking.c.organization_id,
                event_log.c.subject == of_booking.c.id,
            ),
        )
        .where(
            of_booking.c.organization_id == organization_id,
            of_booking.c.booking_id == booking_id,
            event_log.c.name == PaperReissued.name,
            event_log.c.occurred_at > late,
        )
    )
