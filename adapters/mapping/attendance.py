"""Attendance, from its rows."""

from typing import Any

from sqlalchemy import Row

from adapters.mapping.kinds import converter
from domain.bookings.attendance import Attendance, Mark
from domain.kernel.identifiers import ResourceId


def attendance_of(resource_id: ResourceId, row: Row[Any] | None) -> Attendance:
    """A list nobody has begun is one without marks."""
    if row is None or row.version is None:
        return Attendance(resource_id=resource_id)
    return Attendance(
        resource_id=resource_id,
        marks=converter.structure(row.marks, tuple[Mark, ...]),
        version=row.version,
    )
