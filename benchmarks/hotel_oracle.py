"""What must come of a hotel's history, by counting alone, without any code of the product."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

LONGEST = 90
Happening = tuple[date, int, int, str]


def expected(path: Path, rooms: Mapping[str, int], beds: int, month: str) -> dict[int, list[str]]:
    """By line, what becomes of it; `month` is how the date of arrival begins, or empty."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        lines = dict(enumerate(csv.DictReader(file), start=2))
    happens: list[Happening] = []
    for line, row in lines.items():
        if arrival(row).isoformat().startswith(month):
            happens.extend(happenings(line, row, beds))
    taken: Counter[tuple[str, date]] = Counter()
    told: dict[int, list[str]] = {}
    for _, _, line, what in sorted(happens):
        nights = nights_of(lines[line])
        if what == "accepted":
            if any(taken[night] >= rooms[night[0]] for night in nights):
                told[line] = ["sold_out"]
                continue
            taken.update(nights)
        elif told.get(line) == ["sold_out"]:
            continue
        elif what == "cancelled":
            taken.subtract(nights)
        told.setdefault(line, []).append(what)
    return told


def happenings(line: int, row: Mapping[str, str], beds: int) -> Iterator[Happening]:
    """On which day and in which order of that day; ends only of what can begin."""
    arrives, wrong = arrival(row), what_is_wrong(row, beds)
    booked = arrives - timedelta(days=int(row["lead_time"]))
    yield booked, 0, line, wrong or "accepted"
    ended = date.fromisoformat(row["reservation_status_date"])
    if row["reservation_status"] == "Canceled" and not wrong:
        late = "already_started" if ended > arrives else "cancelled"
        yield max(ended, booked), 1, line, late
    if row["reservation_status"] == "No-Show" and not wrong:
        early = "not_started" if ended < arrives else "no_show"
        yield max(ended, booked), 2, line, early


def what_is_wrong(row: Mapping[str, str], beds: int) -> str:
    adults = int(row["adults"])
    guests = adults + int(row["children"].replace("NA", "0"))
    if not 1 <= len(nights_of(row)) <= LONGEST:
        return "bad_stay"
    if guests < 1:
        return "empty_rooms"
    if guests > beds:
        return "too_many_guests"
    return "children_alone" if adults < 1 else ""


def nights_of(row: Mapping[str, str]) -> list[tuple[str, date]]:
    nights = int(row["stays_in_weekend_nights"]) + int(row["stays_in_week_nights"])
    kind = row["reserved_room_type"].strip()
    return [(kind, arrival(row) + timedelta(days=night)) for night in range(nights)]


def arrival(row: Mapping[str, str]) -> date:
    said = [row["arrival_date_" + part] for part in ("year", "month", "day_of_month")]
    return datetime.strptime(" ".join(said), "%Y %B %d").date()  # noqa: DTZ007  (a day only)
