"""Watched instalments, from their rows and to them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from domain.bookings.missed_instalments import Stage, WatchedInstalment


def instalment_of(row: Row[Any]) -> WatchedInstalment:
    return WatchedInstalment(
        id=row.id,
        booking_id=row.booking_id,
        stage=Stage(row.stage),
        due_at=row.due_at,
        next_at=row.next_at,
        version=row.version,
    )


def columns_of_instalment(watched: WatchedInstalment) -> Mapping[str, Any]:
    return {
        "booking_id": watched.booking_id,
        "stage": watched.stage.value,
        "due_at": watched.due_at,
        "next_at": watched.next_at,
    }
