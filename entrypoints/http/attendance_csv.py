"""Attendance as a table that spreadsheets open without running anything."""

import csv
from datetime import datetime
from io import StringIO
from typing import Annotated

from msgspec import Meta

from application.analytics.formulas import plain
from application.bookings.attendance_views import AttendanceList
from entrypoints.http.refusals import TEXT

CSV = "text/csv"
Table = Annotated[str, Meta(max_length=100_000_000, pattern=TEXT)]
COLUMNS = (
    *("reference", "number", "name", "email", "presence"),
    *("checked_in_at", "checked_out_at", "eligible_for_certificate"),
)


def as_csv(attendance: AttendanceList) -> str:
    """RFC 4180."""
    table = StringIO()
    rows = csv.writer(table)
    rows.writerow(COLUMNS)
    for one in attendance.people:
        presence = one.presence.value if one.presence else ""
        cells = (
            one.reference,
            str(one.place.number),
            one.attendee.name,
            one.attendee.email or "",
            presence,
            _moment(one.checked_in_at),
            _moment(one.checked_out_at),
            "yes" if one.eligible else "no",
        )
        rows.writerow(map(plain, cells))
    return table.getvalue()


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()
