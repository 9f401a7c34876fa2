"""Rows of a hotel's booking history (Antonio, Almeida, Nunes 2019), read with care."""

import csv
import gzip
from calendar import month_name
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import Enum
from pathlib import Path

import attrs

MONTHS = {month_name[number]: number for number in range(1, 13)}
MISSING = {"", "NA", "NULL"}


class End(Enum):
    CHECKED_OUT = "Check-Out"
    CANCELLED = "Canceled"
    NOT_SHOWN = "No-Show"


@attrs.frozen(kw_only=True)
class Row:
    """A booking as it came; `guests` counts its children, too."""

    line: int
    room_type: str
    booked_on: date
    check_in: date
    check_out: date
    guests: int
    children: int
    end: End
    ended_on: date


@attrs.frozen(kw_only=True)
class BadRow:
    line: int
    reason: str


def rows_of(path: Path, month: str) -> Iterator[Row | BadRow]:
    """What arrives, or seems to arrive, then (2016-07, or empty for all), in the file's order."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        for line, values in enumerate(csv.DictReader(file), start=2):
            arrives = MONTHS.get(values.get("arrival_date_month") or "", 0)
            if not f"{values.get('arrival_date_year')}-{arrives:02}".startswith(month):
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
    children = _count(values, "children")
    return Row(
        line=line,
        room_type=room_type,
        booked_on=check_in - timedelta(days=_count(values, "lead_time")),
        check_in=check_in,
        check_out=check_in + timedelta(days=nights),
        guests=_count(values, "adults") + children,
        children=children,
        end=End(values["reservation_status"].strip()),
        ended_on=date.fromisoformat(values["reservation_status_date"].strip()),
    )


def _count(values: Mapping[str, str], name: str) -> int:
    """Babies sleep in cots and are not asked for; nor does a missing number of children count."""
    text = values[name].strip()
    number = 0 if text in MISSING and name == "children" else int(text)
    if number < 0:
        raise ValueError(f"{name} is {number}")
    return number
