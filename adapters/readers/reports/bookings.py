"""Reports of bookings and of money. They name nobody."""

from adapters.readers.reports.cells import flag, identifier, moment, money, number, text
from adapters.readers.reports.sql_report import SqlReport
from adapters.schema.bookings import bookings
from adapters.schema.ledger import journals, transfers
from adapters.schema.payments import payments
from adapters.sql.database import Database
from application.analytics.reports import ChartPlan
from domain.kernel.actors import Permission


def booking_report(database: Database) -> SqlReport:
    return SqlReport(
        database=database,
        name="bookings",
        title="Bookings",
        needs=frozenset({Permission.READ_BOOKINGS}),
        table=bookings,
        moment=bookings.c.starts_at,
        keys=(bookings.c.id,),
        shown=(
            identifier("id", bookings.c.id),
            text("reference", bookings.c.reference),
            text("state", bookings.c.state),
            text("kind", bookings.c.kind),
            identifier("resource_id", bookings.c.resource_id),
            text("title", bookings.c.title),
            moment("starts_at", bookings.c.starts_at),
            moment("ends_at", bookings.c.ends_at),
            money("total_minor", bookings.c.total_minor),
            text("currency", bookings.c.currency),
            text("purpose", bookings.c.purpose),
            identifier("itinerary_id", bookings.c.itinerary_id),
        ),
        chart=ChartPlan(kind="stacked_bars", along="starts_at", up="Bookings", by="state"),
        chosen_by={
            "state": bookings.c.state,
            "kind": bookings.c.kind,
            "resource_id": bookings.c.resource_id,
            "currency": bookings.c.currency,
        },
    )


def payment_report(database: Database) -> SqlReport:
    return SqlReport(
        database=database,
        name="payments",
        title="Payments",
        needs=frozenset({Permission.READ_PAYMENTS}),
        table=payments,
        moment=payments.c.created_at,
        keys=(payments.c.id,),
        shown=(
            identifier("id", payments.c.id),
            identifier("booking_id", payments.c.booking_id),
            text("reference", payments.c.reference),
            text("method", payments.c.method),
            text("state", payments.c.state),
            text("provider", payments.c.provider),
            money("amount_minor", payments.c.amount_minor),
            money("captured_minor", payments.c.captured_minor),
            money("refunding_minor", payments.c.refunding_minor),
            text("currency", payments.c.currency),
            flag("disputed", payments.c.disputed),
            moment("created_at", payments.c.created_at),
        ),
        chart=ChartPlan(kind="stacked_bars", along="created_at", up="Payments", by="state"),
        chosen_by={
            "state": payments.c.state,
            "method": payments.c.method,
            "currency": payments.c.currency,
            "booking_id": payments.c.booking_id,
        },
    )


def ledger_report(database: Database) -> SqlReport:
    """The books, line by line: each moves money from one account to another."""
    return SqlReport(
        database=database,
        name="ledger",
        title="Postings in the books",
        needs=frozenset({Permission.READ_PAYMENTS}),
        table=journals,
        moment=journals.c.occurred_at,
        keys=(journals.c.id, transfers.c.number),
        joins=((transfers, transfers.c.journal_id == journals.c.id),),
        only=(transfers.c.number.is_not(None),),
        shown=(
            identifier("journal_id", journals.c.id),
            number("number", transfers.c.number),
            text("cause", journals.c.cause),
            text("about", journals.c.about),
            identifier("booking_id", transfers.c.booking_id),
            moment("occurred_at", journals.c.occurred_at),
            text("debit", transfers.c.debit),
            text("credit", transfers.c.credit),
            money("amount_minor", transfers.c.amount_minor),
            text("currency", transfers.c.currency),
        ),
        chosen_by={
            "cause": journals.c.cause,
            "currency": transfers.c.currency,
            "booking_id": transfers.c.booking_id,
        },
    )
