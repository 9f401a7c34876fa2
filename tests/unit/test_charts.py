"""What is drawn of rows: zeros where nothing was, gaps where nothing is known."""

import re
from datetime import datetime, timedelta, timezone
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.rendering.pygal_charts import NO_COLOUR, drawn
from application.analytics.charts import OTHERS, Chart, ChartKind, Drawing, Series
from application.analytics.reports import (
    CellKind,
    Cells,
    ChartPlan,
    Column,
    ComputedReport,
    ReportQuestion,
)
from domain.analytics.intervals import Granularity
from domain.kernel.periods import Period, Zone

# Clocks are put forward in Lisbon in the night to the second of these days.
BEGAN = datetime(2027, 3, 27, tzinfo=timezone.utc)
QUESTION = ReportQuestion(
    period=Period(BEGAN, BEGAN + timedelta(days=2, hours=23)),
    zone=Zone("Europe/Lisbon"),
    interval=Granularity.DAY,
)


async def nothing(_actor: object, _question: object) -> list[Cells]:
    raise AssertionError


REPORT = ComputedReport(
    name="calls",
    title="Calls",
    columns=[
        Column.of("started_at", CellKind.MOMENT),
        Column.of("status", CellKind.TEXT),
        Column.of("level", CellKind.SHARE),
    ],
    needs=frozenset(),
    compute=nothing,
    chart=ChartPlan(kind="stacked_bars", along="started_at", up="Calls", by="status"),
)
LEVELS = attrs.evolve(
    REPORT, chart=ChartPlan(kind="lines", along="started_at", up="Share", values=("level",))
)


def picture(report: ComputedReport, *rows: Cells) -> Chart:
    drawing = Drawing.of(report, QUESTION)
    for row in rows:
        drawing.take([row])
    return drawing.drawn()


def test_rows_are_counted_by_the_calendar_of_the_zone() -> None:
    # Half past eleven in the evening of the 28th, where it is summer by then.
    late = datetime(2027, 3, 28, 22, 30, tzinfo=timezone.utc)
    chart = picture(REPORT, (BEGAN, "done", None), (late, "done", None), (late, "lost", None))
    assert chart.labels == ["27 Mar", "28 Mar", "29 Mar"]
    assert chart.series == [
        Series(name="done", values=[1, 1, 0]),
        Series(name="lost", values=[0, 1, 0]),
    ]


def test_what_is_not_known_is_a_gap_and_zero_is_none() -> None:
    day = timedelta(days=1)
    chart = picture(LEVELS, (BEGAN, "", 0.5), (BEGAN + day, "", 0.0), (BEGAN + 2 * day, "", None))
    assert chart.series == [Series(name="Level", values=[0.5, 0.0, None])]


def test_each_currency_is_drawn_for_itself() -> None:
    plan = ChartPlan(kind="lines", along="started_at", up="Net", by="status", values=("level",))
    day = timedelta(days=1)
    rows = ((BEGAN, "EUR", 0.5), (BEGAN, "USD", 1.0), (BEGAN + day, "EUR", 2.0))
    chart = picture(attrs.evolve(REPORT, chart=plan), *rows)
    assert chart.series == [
        Series(name="EUR", values=[0.5, 2.0, None]),
        Series(name="USD", values=[1.0, None, None]),
    ]


def bars(kind: ChartKind, values: list[float | None], *more: list[float | None]) -> bytes:
    series = [Series(name=f"s{place}", values=each) for place, each in enumerate((values, *more))]
    labels = [str(number) for number in range(len(values))]
    chart = Chart(
        kind=kind, title="T", description="D", along="x", up="y", labels=labels, series=series
    )
    return drawn(chart)


@pytest.mark.parametrize("kind", [ChartKind.BARS, ChartKind.STACKED_BARS])
def test_a_gap_between_bars_is_seen_and_is_not_zero(kind: ChartKind) -> None:
    known, unknown = bars(kind, [3, 0, 2]), bars(kind, [3, None, 2])
    assert NO_COLOUR.encode() not in known
    assert NO_COLOUR.encode() in unknown
    assert b"not known" in unknown
    # Part of it is known: that is what is drawn.
    assert NO_COLOUR.encode() not in bars(kind, [3, None], [1, 2])


def hours(many: int) -> Chart:
    return Chart(
        kind=ChartKind.LINES,
        title="T",
        description="D",
        along="x",
        up="y",
        labels=[f"{hour // 24} {hour % 24:02}:00" for hour in range(many)],
        series=[Series(name="a", values=[1] * many)],
    )


@pytest.mark.parametrize(("many", "named"), [(15, 15), (40, 14), (24 * 15, 15), (24 * 31, 16)])
def test_hours_are_named_at_the_same_time_each_day(many: int, named: int) -> None:
    shown = re.findall(rb'class="major"[^>]*>\d+ (\d\d):00<', drawn(hours(many)))

    assert len(shown) == named
    if many > 100:
        assert set(shown) == {b"00"}


def test_turned_labels_begin_at_their_marks_whoever_draws_them() -> None:
    """typst knows no `:not` in what a picture says of looks."""
    svg = drawn(hours(40)).decode()

    assert re.search(r"\.axis\.x text\[transform\]\s*{\s*text-anchor:\s*start", svg)
    assert ".axis.x:not(.web) text[transform]{" not in svg


def test_long_names_leave_room() -> None:
    long = attrs.evolve(
        hours(2),
        labels=["a room with a view of the sea", "b"],
        series=[
            Series(name=f"{name} room with a view of the sea", values=[1, 2]) for name in "ab"
        ],
    )

    shown = re.findall(rb"<text[^>]*>([^<]*room with[^<]*)<", drawn(long))

    assert len(shown) == 3
    assert all(len(name.decode()) <= 24 for name in shown)


def test_numbers_may_have_names() -> None:
    plan = ChartPlan(kind="bars", along="level", up="Share", values=("level",), names=("a", "b"))

    assert picture(attrs.evolve(REPORT, chart=plan), (BEGAN, "x", 2)).labels == ["b"]


def test_few_are_named_and_the_rest_are_others() -> None:
    rows = [(BEGAN, f"status {number % 10}", None) for number in range(55)]
    series = picture(REPORT, *rows).series
    assert [one.name for one in series][-1] == OTHERS
    assert sum(value or 0 for one in series for value in one.values) == 55


@given(st.text(max_size=30))
def test_whatever_things_are_called_nothing_runs(name: str) -> None:
    name = "".join(one for one in name if one.isprintable())
    chart = Chart(
        kind=ChartKind.BARS,
        title=f"<script>{name}",
        description=name,
        along="a",
        up="b",
        labels=["x", "y"],
        series=[Series(name=f"<script>{name}", values=[1, None]), Series(name="b", values=[0, 2])],
    )
    assert b"<script" not in drawn(chart)


def test_every_kind_is_drawn() -> None:
    series = [Series(name="a", values=[1, 2]), Series(name="b", values=[0, None])]
    svgs = [
        drawn(
            Chart(
                kind=kind,
                title="T",
                description="D",
                along="x",
                up="y",
                labels=["1", "2"],
                series=series,
            )
        )
        for kind in ChartKind
    ]
    assert all(one != other for one, other in pairwise(svgs))
