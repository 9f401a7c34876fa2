"""What the program promises about money, broken behind its back."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from adapters.schema.bookings import bookings
from adapters.schema.gift_credits import gift_credits
from adapters.schema.ledger import journals, transfers
from adapters.schema.payments import disputes, payments, refunds
from tests.contract.sabotages import DRAWN_LONG_AGO, LONG_AGO, Saboteur, breaks

PRICE = 9_900
ANOTHER = UUID(int=DRAWN_LONG_AGO.int + 1)


def forge_payment(
    saboteur: Saboteur, booking: Any, *, id: UUID = DRAWN_LONG_AGO, **values: Any
) -> UUID:
    """Captured, unless it is said to be something else; with `booked`, it is in the books."""
    if values.pop("booked", True):
        forge_journal(saboteur, booking, "captured", "clearing", "deposits", id=id)
    columns = {
        "state": "captured",
        "captured_minor": PRICE,
        "refunding_minor": 0,
        "reference": f"PAY-20200101-{id.int % 1000:06}",
        "details": {},
        **values,
    }
    saboteur.insert(
        payments,
        id=id,
        version=1,
        booking_id=booking,
        method="cash",
        amount_minor=PRICE,
        currency="EUR",
        disputed=False,
        created_at=LONG_AGO,
        heard_at=LONG_AGO,
        **columns,
    )
    return id


def forge_journal(
    saboteur: Saboteur,
    booking: Any,
    cause: str,
    debit: str,
    credit: str,
    *,
    id: UUID = DRAWN_LONG_AGO,
) -> None:
    saboteur.insert(
        journals, id=id, cause=cause, about=str(id), booking_id=booking, occurred_at=LONG_AGO
    )
    forge_transfer(saboteur, booking, debit, credit, id=id)


def forge_transfer(
    saboteur: Saboteur, booking: Any, debit: str, credit: str, *, id: UUID = DRAWN_LONG_AGO
) -> None:
    saboteur.insert(
        transfers,
        journal_id=id,
        number=1,
        booking_id=booking,
        debit=debit,
        credit=credit,
        amount_minor=PRICE,
        currency="EUR",
    )


def forge_refund(saboteur: Saboteur, booking: Any, state: str, **values: Any) -> None:
    saboteur.insert(
        refunds,
        id=ANOTHER,
        version=1,
        payment_id=DRAWN_LONG_AGO,
        booking_id=booking,
        cause="cancelled:3",
        method="cash",
        state=state,
        amount_minor=PRICE,
        fee_minor=0,
        currency="EUR",
        requested_at=LONG_AGO,
        heard_at=LONG_AGO,
        **{"details": {}, **values},
    )


@breaks("one_open_payment_a_booking")
def paid_for_twice_at_once(saboteur: Saboteur) -> object:
    held = saboteur.business.held
    for id in (DRAWN_LONG_AGO, ANOTHER):
        forge_payment(saboteur, held, id=id, state="created", captured_minor=0, booked=False)
    return held


@breaks("parked_payments_are_unheard_of")
def begun_before_anybody_looked(saboteur: Saboteur) -> object:
    return forge_payment(
        saboteur,
        saboteur.business.held,
        state="cancelled",
        captured_minor=0,
        booked=False,
        review="pending",
        provider="simulator",
        provider_reference="pi_1",
    )


@breaks("shares_add_up")
def a_share_of_what_is_not_there(saboteur: Saboteur) -> object:
    return forge_payment(saboteur, saboteur.business.held, lead_id=DRAWN_LONG_AGO)


@breaks("gift_credit_adds_up")
def used_for_nothing(saboteur: Saboteur) -> object:
    saboteur.insert(
        gift_credits,
        id=ANOTHER,
        digest="0" * 64,
        amount_minor=PRICE,
        balance_minor=PRICE - 1,
        currency="EUR",
        issued_at=LONG_AGO,
        details={},
    )
    return ANOTHER


@breaks("lapsed_gift_credit_is_in_the_books")
def lapsed_past_the_books(saboteur: Saboteur) -> object:
    saboteur.insert(
        gift_credits,
        id=ANOTHER,
        digest="0" * 64,
        amount_minor=PRICE,
        balance_minor=0,
        lapsed_minor=PRICE,
        currency="EUR",
        issued_at=LONG_AGO,
        details={},
    )
    return "EUR"


@breaks("refunds_match_payments")
def given_back_by_nobody(saboteur: Saboteur) -> object:
    return forge_payment(saboteur, saboteur.business.held, refunding_minor=PRICE)


@breaks("refunds_match_payments")
def lost_and_still_to_be_given_back(saboteur: Saboteur) -> object:
    forge_payment(saboteur, saboteur.business.held)
    saboteur.insert(
        disputes,
        id=ANOTHER,
        version=1,
        payment_id=DRAWN_LONG_AGO,
        booking_id=saboteur.business.held,
        provider_reference="dp_1",
        status="lost",
        opened_at=LONG_AGO,
        details={"amount": {"minor": PRICE, "currency": "EUR"}, "outcome": "lost"},
    )
    return DRAWN_LONG_AGO


@breaks("payments_are_for_something")
def kept_for_nothing(saboteur: Saboteur) -> object:
    released = saboteur.connection.execute(
        select(bookings.c.id).where(
            bookings.c.organization_id == saboteur.of, bookings.c.state == "released"
        )
    ).scalar_one()
    return forge_payment(saboteur, released)


@breaks("transfers_belong_to_journals")
def written_by_nobody(saboteur: Saboteur) -> object:
    forge_transfer(saboteur, saboteur.business.confirmed, "clearing", "deposits")
    return DRAWN_LONG_AGO


@breaks("captured_money_is_in_the_books")
def paid_past_the_books(saboteur: Saboteur) -> object:
    forge_payment(saboteur, saboteur.business.confirmed, booked=False)
    return saboteur.business.confirmed


@breaks("captured_money_is_in_the_books")
def written_and_never_paid(saboteur: Saboteur) -> object:
    forge_journal(saboteur, saboteur.business.held, "captured", "clearing", "deposits")
    return saboteur.business.held


@breaks("refunds_are_set_aside_in_the_books")
def promised_past_the_books(saboteur: Saboteur) -> object:
    held = saboteur.business.held
    forge_payment(saboteur, held, refunding_minor=PRICE)
    forge_refund(saboteur, held, "requested")
    return held


@breaks("refunds_are_paid_in_the_books")
def given_back_past_the_books(saboteur: Saboteur) -> object:
    confirmed = saboteur.business.confirmed
    forge_payment(saboteur, confirmed, refunding_minor=PRICE)
    forge_refund(saboteur, confirmed, "succeeded")
    forge_journal(saboteur, confirmed, "refund_set_aside", "deposits", "refunds", id=ANOTHER)
    return confirmed


@breaks("deposits_are_used")
def owed_although_it_was_paid(saboteur: Saboteur) -> object:
    confirmed = saboteur.business.confirmed
    forge_payment(saboteur, confirmed)
    forge_journal(saboteur, confirmed, "charged", "receivable", "sales", id=ANOTHER)
    return confirmed


@breaks("surplus_goes_back")
def paid_for_what_was_cancelled(saboteur: Saboteur) -> object:
    cancelled = saboteur.business.cancelled
    forge_payment(saboteur, cancelled)
    return cancelled
