"""What programs may say of themselves, what comes of measurements, and how spans are arranged."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.pipelines.measured import Measured
from domain.pipelines.telemetry import LogLevel, PostedSpan, untimely
from domain.pipelines.traces import arranged

NOW = datetime(2027, 3, 1, 12, tzinfo=timezone.utc)
DAY = timedelta(days=1)
A_BIT = timedelta(microseconds=1)

VALUES = st.lists(st.integers(-(10**6), 10**6).map(float), max_size=20)
IDS = st.integers(1, 12).map(lambda number: f"{number:016x}")


def span(id: str, parent: str | None, seconds: float = 0, lasts: float = 1) -> PostedSpan:
    begins = NOW + timedelta(seconds=seconds)
    return PostedSpan(
        trace_id="1" * 32,
        span_id=id,
        parent_id=parent,
        name="a step",
        source="bot",
        begins_at=begins,
        ends_at=begins + timedelta(seconds=lasts),
        failed=False,
        labels={},
    )


def one(value: float) -> Measured:
    return Measured(count=1, total=value, least=value, greatest=value, last=value)


def all_of(values: list[float]) -> Measured:
    found = Measured()
    for value in values:
        found = found.followed_by(one(value))
    return found


@pytest.mark.parametrize(
    ("moment", "faults"),
    [
        (NOW + DAY, []),
        (NOW + DAY + A_BIT, [("at", "must be at most 1 day ahead")]),
        (NOW - 3650 * DAY, []),
        (NOW - 3650 * DAY - A_BIT, [("at", "must be at most 3650 days ago")]),
    ],
)
def test_what_is_too_far_from_now_is_told(moment: datetime, faults: list[tuple[str, str]]) -> None:
    assert list(untimely("at", moment, now=NOW)) == faults


@pytest.mark.parametrize(
    ("lasts", "places"),
    [(0, []), (30 * 86400, []), (30 * 86400 + 1, ["ends_at"]), (-1, ["ends_at"])],
)
def test_a_span_ends_in_time(lasts: float, places: list[str]) -> None:
    assert [place for place, _ in span("a", None, lasts=lasts).faults(now=NOW)] == places


def test_levels_are_numbered_as_opentelemetry_does() -> None:
    assert [level.severity for level in LogLevel] == [5, 9, 13, 17, 21]


@given(VALUES, VALUES)
def test_what_was_measured_adds_up(earlier: list[float], later: list[float]) -> None:
    values = [*earlier, *later]
    found = all_of(earlier).followed_by(all_of(later))

    assert found == all_of(values)
    assert (found.count, found.total) == (len(values), sum(values))
    assert found.least == min(values, default=None)
    assert found.greatest == max(values, default=None)
    assert found.last == (values[-1] if values else None)
    assert found.mean == (sum(values) / len(values) if values else None)


def test_spans_stand_below_what_caused_them() -> None:
    spans = [span("d", "a", 3), span("c", "b", 2), span("a", None), span("b", "a", 1)]
    shown = [(placed.span.span_id, placed.depth) for placed in arranged(spans)]
    assert shown == [("a", 0), ("b", 1), ("c", 2), ("d", 1)]


def test_a_trace_may_be_very_deep() -> None:
    spans = [span(str(number), str(number - 1), number) for number in range(5000)]
    assert arranged(spans)[-1].depth == 4999


@given(st.dictionaries(IDS, st.tuples(st.none() | IDS, st.integers(0, 5))))
def test_no_span_is_lost_whatever_parents_are_said(
    said: dict[str, tuple[str | None, int]],
) -> None:
    spans = [span(id, parent, begins) for id, (parent, begins) in said.items()]
    placed = arranged(spans)
    depths = {each.span.span_id: each.depth for each in placed}

    assert sorted(depths) == sorted(said)
    assert len(placed) == len(said)
    seen: set[str] = set()
    for each in placed:
        parent = each.span.parent_id
        if each.depth:
            assert parent in seen
            assert depths[str(parent)] == each.depth - 1
        seen.add(each.span.span_id)
