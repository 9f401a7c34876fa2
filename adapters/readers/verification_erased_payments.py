"""Of how somebody paid who was forgotten nothing is left that says who it was."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Table, and_, exists, or_, select

from adapters.readers.verification_checks import Check
from adapters.schema.events import event_log
from adapters.schema.payments import payments, refunds
from domain.bookings.customer_events import BookingErased


def erased_payment_checks() -> Sequence[Check]:
    """Whoever pays later, although they were forgotten, has a card again."""
    words = payments.c.details
    of_payment = or_(
        words["card"]["last4"].as_string().is_not(None),
        words["receipt_url"].as_string().is_not(None),
        words["note"].as_string() != "",
        words["check"]["note"].as_string() != "",
    )
    # What is decided about it later is said of nobody.
    of_refund = refunds.c.details["reason"].as_string() != ""
    return (
        _are_nobodys("payments_of_the_forgotten_are_nobodys", payments, of_payment),
        _are_nobodys("refunds_of_the_forgotten_are_nobodys", refunds, of_refund),
    )


def _are_nobodys(name: str, table: Table, says_who: ColumnElement[bool]) -> Check:
    forgotten = exists(
        select(event_log.c.id).where(
            event_log.c.organization_id == table.c.organization_id,
            event_log.c.subject == table.c.booking_id,
            event_log.c.name == BookingErased.name,
            event_log.c.occurred_at >= table.c.heard_at,
        )
    )
    return Check(
        name=name,
        question=select(
            table.c.organization_id, table.c.id.label("subject"), table.c.booking_id
        ).where(and_(says_who, forgotten)),
        detail="says of booking {booking_id} whose it was, which was forgotten",
    )
