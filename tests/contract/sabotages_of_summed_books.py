"""What figures about money are read from, broken behind the program's back."""

from uuid import UUID

from adapters.schema.books_sums import moved_days, moved_hours, moved_quarters
from tests.contract.sabotages import Saboteur, breaks

QUARTER, HOUR, DAY = 2_000_000, 500_000, 20_833
MOVED = {
    "kind": "hotel",
    "currency": "EUR",
    "cause": "captured",
    "debit": "cash",
    "credit": "deposits",
    "number": 1,
    "minor": 100,
}


@breaks("quarters_of_books_are_summed_up")
def money_that_is_not_in_the_books(saboteur: Saboteur) -> object:
    saboteur.insert(moved_quarters, quarter=QUARTER, **MOVED)
    saboteur.insert(moved_hours, hour=HOUR, **MOVED)
    return QUARTER


@breaks("hours_of_books_are_summed_up")
def an_hour_with_money_of_no_quarter(saboteur: Saboteur) -> object:
    saboteur.insert(moved_hours, hour=HOUR, **MOVED)
    return HOUR


@breaks("days_of_sold_offerings_are_summed_up")
def money_of_an_offering_that_nobody_booked(saboteur: Saboteur) -> object:
    resource_id = UUID(int=7)
    saboteur.insert(moved_days, day=DAY, resource_id=resource_id, **MOVED)
    return resource_id
