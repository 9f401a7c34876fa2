"""Sums that figures about bookings are read from are those of what is counted of bookings."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Table

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

OF_MOMENTS = "{kind} bookings in {currency} do not come to what is summed up of them by {axis}"


def booking_sum_checks() -> Sequence[Check]:
    """Both are written in one transaction."""
    return (
        Check(
            name="quarters_of_bookings_are_summed_up",
            question=_differing(booking_quarters, "quarter"),
            detail=OF_MOMENTS,
        ),
        Check(
            name="hours_of_bookings_are_summed_up",
            question=_differing(booking_hours, "hour"),
            detail=OF_MOMENTS,
        ),
        Check(
            name="days_of_offerings_are_summed_up",
            question=_differing(offered_days, "resource_id"),
            detail=OF_MOMENTS,
        ),
        Check(
            name="sold_days_are_summed_up",
            question=_differing(sold_days, "resource_id"),
            detail="bookings in {currency} do not come to what is summed up of them on {day}",
        ),
        Check(
            name="lead_times_are_summed_up",
            question=_differing(booking_leads, "lead_days"),
            detail="{kind} bookings are not as many so many days ahead as is summed up by {axis}",
        ),
        Check(
            name="days_on_the_books_are_summed_up",
            question=_differing(days_on_books, "day"),
            detail="what came on the books in {currency} is not what is summed up of {kind}",
        ),
    )


def _differing(table: Table, subject: str) -> Select[Any]:
    return differing(table, [one for one in summed_anew() if one.table is table], subject)
