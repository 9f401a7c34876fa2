"""Ranges of questions: known by their names, and refused where they run backwards."""

from datetime import datetime

import msgspec
import pytest

from entrypoints.http.booking_search import BookingSearch
from entrypoints.http.call_inputs import CallQuery
from entrypoints.http.catalogue import CatalogueQuery
from entrypoints.http.figure_shapes import SpanQuery
from entrypoints.http.flight_search import FlightQuery
from entrypoints.http.ranges import backwards, ranges_of
from entrypoints.http.run_shapes import LogQuery


@pytest.mark.parametrize(
    ("shape", "pairs"),
    [
        (CallQuery, {("started_from", "started_until"), ("qa_from", "qa_to")}),
        (BookingSearch, {("starts_from", "starts_before")}),
        (CatalogueQuery, {("from", "until")}),
        (SpanQuery, {("from", "until")}),
        (FlightQuery, {("departs_from", "departs_before")}),
        (LogQuery, {("from", "until")}),
    ],
)
def test_ranges_are_known_by_their_names(shape: type, pairs: set[tuple[str, str]]) -> None:
    assert {one.called for one in ranges_of(shape)} == pairs


class Quiet(msgspec.Struct, kw_only=True):
    from_: datetime | None = msgspec.field(default=None, name="from")
    until: datetime | None = None


@pytest.mark.parametrize(
    ("begins", "ends", "wrong"),
    [
        ("2027-03-02T00:00:00Z", "2027-03-01T00:00:00Z", True),
        ("2027-03-01T00:00:00Z", "2027-03-01T00:00:00Z", False),
        ("2027-03-01T00:00:00Z", "2027-03-01T00:30:00+01:00", True),
        ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", False),
        (None, "2027-03-01T00:00:00Z", False),
    ],
)
def test_moments_are_compared_as_moments(begins: str | None, ends: str, *, wrong: bool) -> None:
    question = msgspec.convert({"from": begins, "until": ends}, Quiet)
    found = backwards(ranges_of(Quiet), question)
    assert found == ([(("until",), "must not be before from")] if wrong else [])
