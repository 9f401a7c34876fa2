"""What agents were since when, as rows."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from application.analytics.note_presences import NotedPresence

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MILLISECOND = timedelta(milliseconds=1)


def milliseconds_of(moment: datetime) -> int:
    """Since 1970."""
    return (moment - EPOCH) // MILLISECOND


def columns_of_noted(noted: NotedPresence) -> Mapping[str, Any]:
    return {
        "agent_id": noted.agent_id,
        "at_ms": milliseconds_of(noted.at),
        "position": noted.position,
        "presence": noted.presence,
    }
