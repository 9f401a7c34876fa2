"""Sums that figures about bookings and money are read from are those of bookings and the books."""

from collections.abc import Sequence

from adapters.mapping.summed_books import books_summed_anew
from adapters.mapping.summed_shapes import summed_anew
from adapters.mapping.sums import differing
from adapters.readers.verification_checks import Check
from adapters.schema.analytics import (
    booking_hours,
    booking_leads,
    booking_quarters,
    days_on_books,
    offered_days,
    sold_days,
)
from adapters.schema.books_sums import moved_days, moved_hours, moved_quarters

OF_BOOKS = (
    "the books, {cause} in {currency} of {debit} to {credit}, do not come to what is summed up"
)
OF_MOMENTS = "{kind} bookings in {currency} do not come to what is summed up of them by {axis}"


def booking_sum_checks() -> Sequence[Check]:
    """Both are written in one transaction."""
    return (
        Check(
            name="quarters_of_bookings_are_summed_up",
            question=differing(booking_quarters, summed_anew(), "quarter"),
            detail=OF_MOMENTS,
        ),
        Check(
            name="hours_of_bookings_are_summed_up",
            question=differing(booking_hours, summed_anew(), "hour"),
            detail=OF_MOMENTS,
        ),
        Check(
            name="days_of_offerings_are_summed_up",
            question=differing(offered_days, summed_anew(), "resource_id"),
            detail=OF_MOMENTS,
        ),
        Check(
            name="sold_days_are_summed_up",
            question=differing(sold_days, summed_anew(), "resource_id"),
            detail="bookings in {currency} do not come to what is summed up of them on {day}",
        ),
        Check(
            name="lead_times_are_summed_up",
            question=differing(booking_leads, summed_anew(), "lead_days"),
            detail="{kind} bookings are not as many so many days ahead as is summed up by {axis}",
        ),
        Check(
            name="days_on_the_books_are_summed_up",
            question=differing(days_on_books, summed_anew(), "day"),
            detail="what came on the books in {currency} is not what is summed up of {kind}",
        ),
    )


def books_sum_checks() -> Sequence[Check]:
    """Of days that are over. Nobody writes into the books of one after it was summed up."""
    return tuple(
        Check(name=name, question=differing(table, books_summed_anew(), subject), detail=OF_BOOKS)
        for name, table, subject in (
            ("quarters_of_books_are_summed_up", moved_quarters, "quarter"),
            ("hours_of_books_are_summed_up", moved_hours, "hour"),
            ("days_of_sold_offerings_are_summed_up", moved_days, "resource_id"),
        )
    )
