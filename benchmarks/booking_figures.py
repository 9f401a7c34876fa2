"""`python -m benchmarks.booking_figures PATH`: a hotel's history, imported and counted.

Every figure has to be what DuckDB says of the same lines (`booking_oracle.py`), to the last digit.
"""

import argparse
import asyncio
import csv
import gzip
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from time import perf_counter
from typing import Any

from application.analytics.asking import Span
from application.analytics.booking_views import BookingQuestion
from application.analytics.day_views import DayQuestion
from benchmarks.hotel_oracle import arrival, nights_of
from benchmarks.imports import bring
from benchmarks.stages import Stage, fresh_folder, stage
from benchmarks.tables import heading, say
from domain.analytics.booking_totals import BookingBasis, Counted
from domain.analytics.intervals import Granularity
from domain.kernel.periods import DateRange, Period, Zone
from domain.pipelines.imports import ImportTarget

ORACLE = Path(__file__).with_name("booking_oracle.py")
BEDS, LONGEST, ROOMS = 6, 90, 200
LISBON = Zone("Europe/Lisbon")
YEARS = Period(
    datetime(2013, 1, 1, tzinfo=timezone.utc), datetime(2018, 1, 1, tzinfo=timezone.utc)
)
DATES = DateRange(date(2015, 7, 1), date(2017, 12, 31))
AUGUST = DateRange(date(2016, 8, 1), date(2016, 9, 1))
AT = datetime(2016, 7, 1, tzinfo=timezone.utc)
STATES = {"Check-Out": "completed", "No-Show": "no_show", "Canceled": "cancelled"}


def lines(path: Path) -> Iterator[Mapping[str, Any]]:
    """What can have been a booking of some rooms for some nights."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            adults, children = int(row["adults"]), int(row["children"].replace("NA", "0"))
            nights, price = len(nights_of(row)), round(float(row["adr"]) * 100)
            if not (1 <= nights <= LONGEST and adults >= 1 and adults + children <= BEDS):
                continue
            booked = arrival(row) - timedelta(days=int(row["lead_time"]))
            yield {
                "resource_key": f"room-{row['reserved_room_type'].strip()}",
                "request": {
                    "kind": "hotel",
                    "contact": {"name": f"Guest {number}", "email": "guest@example.com"},
                    "check_in": arrival(row).isoformat(),
                    "check_out": (arrival(row) + timedelta(days=nights)).isoformat(),
                    "rooms": 1,
                    "guests": adults + children,
                    "children": children,
                },
                "state": STATES[row["reservation_status"]],
                "booked_at": f"{booked.isoformat()}T12:00:00Z",
                "total_minor": max(0, price) * nights,
                "currency": "EUR",
            }


def on_sale(said: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[str]]:
    names = sorted({line["resource_key"] for line in said})
    offering = {"kind": "hotel", "beds": BEDS}
    halves = (DATES.first, date(2016, 10, 1)), (date(2016, 10, 1), DATES.until)
    spans = [
        {"from": first.isoformat(), "until": until.isoformat(), "capacity": ROOMS}
        for first, until in halves
    ]
    return (
        [
            json.dumps({"key": key, "name": key, "zone": LISBON.name, "offering": offering})
            for key in names
        ],
        [json.dumps({"resource_key": key, **span}) for key in names for span in spans],
    )


async def counted(on: Stage) -> dict[str, Any]:
    figures = on.container.analytics.booking_figures
    question = BookingQuestion(span=Span(period=YEARS, zone=LISBON))
    starts = BookingQuestion(span=Span(period=YEARS, zone=LISBON), by=BookingBasis.STARTS)
    days = await figures.days().days(on.actor, DayQuestion(dates=DATES))
    times = await figures.shapes().lead_times(on.actor, question)
    offered = await figures.shapes().offerings(on.actor, question, limit=100)
    books = await figures.days().pick_up(on.actor, DayQuestion(dates=AUGUST), at=AT, before=AT)
    return {
        "booked": [_month(one) for one in await _months(on, question)],
        "starts": [_month(one) for one in await _months(on, starts)],
        "nights": [
            [
                day.isoformat(),
                one.totals.sold,
                one.totals.people,
                one.of("EUR").sold.worth_minor,
                one.totals.sold / one.totals.capacity,
                one.of("EUR").sold.worth_minor / one.totals.sold,
                one.of("EUR").sold.worth_minor / one.totals.capacity,
            ]
            for day, one in days.items()
            if one.totals.sold
        ],
        "lead": [
            [times.bookings, times.days / times.bookings, *map(times.at, (0.25, 0.5, 0.75, 0.9))]
        ],
        "rooms": sorted(
            [
                one.name,
                one.counted.totals.bookings,
                one.counted.totals.people,
                one.counted.of("EUR").total_minor,
            ]
            for one in offered
        ),
        "on_the_books": [[day.isoformat(), of["EUR"].units] for day, of in books.items() if of],
    }


async def _months(on: Stage, question: BookingQuestion) -> Sequence[tuple[Period, Counted]]:
    bookings = on.container.analytics.booking_figures.bookings()
    found = await bookings.timeline(on.actor, question, Granularity.MONTH)
    return [one for one in found if one[1].totals.bookings]


def _month(found: tuple[Period, Counted]) -> list[Any]:
    period, counted = found
    totals = counted.totals
    return [
        LISBON.date_at(period.starts_at).strftime("%Y-%m"),
        totals.bookings,
        totals.standing,
        totals.cancelled,
        totals.no_shows,
        totals.attended,
        totals.people,
        counted.of("EUR").total_minor,
        totals.lead_days,
        totals.cancelled / totals.confirmed,
    ]


async def compare(path: Path, most: int | None) -> bool:
    said = list(lines(path))[:most]
    with fresh_folder() as folder:
        kept = Path(folder) / "lines.jsonl"
        spelt = [json.dumps(line) for line in said]
        kept.write_text("\n".join(spelt))
        async with stage(f"sqlite:///{folder}/hotel.db") as on:
            rooms, nights = on_sale(said)
            await bring(on, ImportTarget.OFFERINGS, rooms)
            await bring(on, ImportTarget.POOLS, nights)
            spent = await bring(on, ImportTarget.PAST_BOOKINGS, spelt)
            rate = len(spelt) / spent.seconds
            began = perf_counter()
            await on.container.analytics.rebuilt_bookings()(on.actor.organization_id)
            passed = perf_counter() - began
            found = await counted(on)
        expected = _recomputed(kept)
    heading(f"{len(said):,} bookings: imported {rate:,.0f}/s, counted {len(said) / passed:,.0f}/s")
    right = True
    for name, rows in expected.items():
        different = [pair for pair in zip(rows, found[name], strict=False) if pair[0] != pair[1]]
        same = not different and len(rows) == len(found[name])
        right = right and same
        say(f"  {name}: {len(rows):,} rows, {'equal' if same else 'DIFFERENT'}")
        for pair in different[:3]:
            say(f"    DuckDB {pair[0]}\n    ours   {pair[1]}")
    return right


def _recomputed(kept: Path) -> dict[str, Any]:
    command = ["uv", "run", "--no-project", "--with", "duckdb", "--with", "pytz", "python"]
    done = subprocess.run(  # noqa: S603
        [*command, str(ORACLE), str(kept), str(ROOMS), AT.isoformat()],
        check=True,
        capture_output=True,
        text=True,
        cwd=kept.parent,
    )
    recomputed: dict[str, Any] = json.loads(done.stdout)
    return recomputed


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.booking_figures", description=__doc__
    )
    parser.add_argument("path", type=Path, help="resort_hotel.csv.gz")
    parser.add_argument("--most", type=int, help="only so many bookings")
    options = parser.parse_args()
    return 0 if asyncio.run(compare(options.path, options.most)) else 1


if __name__ == "__main__":
    sys.exit(main())
