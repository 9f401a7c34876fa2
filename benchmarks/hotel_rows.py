"""Rows of a hotel's booking history (Antonio, Almeida, Nunes 2019), read with care."""

import csv
import gzip
from calendar import month_name
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import attrs

MONTHS = {month_name[number]: number for number in range(1, 13)}
MISSING = {"", "NA", "NULL"}


@attrs.frozen(kw_only=True)
class Row:
    """A booking as it came; `cancelled_on` is None for those that were not cancelled."""

    line: int
    room_type: str
    booked_on: date
    check_in: date
    check_out: date
    guests: int
    cancelled_on: date | None


@attrs.frozen(kw_only=True)
class BadRow:
    line: int
    reason: str


def rows_of(path: Path, year: int, month: int) -> Iterator[Row | BadRow]:
    """What arrives, or seems to arrive, in that month, in the order of the file."""
    wanted = {"arrival_date_year": str(year), "arrival_date_month": month}
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        for line, values in enumerate(csv.DictReader(file), start=2):
            arrives = MONTHS.get(values.get("arrival_date_month") or "")
            if (values.get("arrival_date_year"), arrives) != tuple(wanted.values()):
                continue
            if None in values.values():
                yield BadRow(line=line, reason="unreadable: fields are missing")
                continue
            try:
                yield _row(line, values)
            except (ValueError, KeyError, TypeError, OverflowError) as error:
                yield BadRow(line=line, reason=f"unreadable: {error}")


def _row(line: int, values: Mapping[str, str]) -> Row:
    check_in = date(
        int(values["arrival_date_year"]),
        MONTHS[values["arrival_date_month"]],
        int(values["arrival_date_day_of_month"]),
    )
    nights = _count(values, "stays_in_weekend_nights") + _count(values, "stays_in_week_nights")
    room_type = values["reserved_room_type"].strip()
    if room_type in MISSING:
        raise ValueError("no room type")
    cancelled = values["reservation_status"].strip() == "Canceled"
    status_on = date.fromisoformat(values["reservation_status_date"].strip())
    return Row(
        line=line,
        room_type=room_type,
        booked_on=check_in - timedelta(days=_count(values, "lead_time")),
        check_in=check_in,
        check_out=check_in + timedelta(days=nights),
        guests=_count(values, "adults") + _count(values, "children"),
        cancelled_on=status_on if cancelled else None,
    )


def _count(values: Mapping[str, str], name: str) -> int:
    """Babies sleep in cots and are not asked for; nor does a missing number of children count."""
    text = values[name].strip()
    number = 0 if text in MISSING and name == "children" else int(text)
    if number < 0:
        raise ValueError(f"{name} is {number}")
    return number
