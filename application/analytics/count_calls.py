"""Keeps what figures about calls are read from."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

import attrs

from application.analytics.ports import FiguresWork
from application.kernel.subscribers import Gathering, RecordedEvent
from domain.calls.escalation_events import EscalationTriggered
from domain.calls.events import (
    CallAccepted,
    CallAnswered,
    CallConflicted,
    CallDeleted,
    CallEnded,
    CallErased,
    CallHeld,
    CallImported,
    CallInitiated,
    CallProgressed,
    CallResumed,
    CallTransferred,
    CallUpdated,
    CallWrapped,
)
from domain.calls.quality_events import QaScoreUpdated

CHANGING = (
    CallInitiated,
    CallImported,
    CallProgressed,
    CallAnswered,
    CallAccepted,
    CallHeld,
    CallResumed,
    CallTransferred,
    CallEnded,
    CallWrapped,
    CallConflicted,
    CallUpdated,
    CallDeleted,
    CallErased,
    QaScoreUpdated,
    EscalationTriggered,
)


@attrs.frozen
class CountCalls(Gathering):
    """Counts a call anew whatever has happened to it: what comes twice or late changes nothing."""

    name: ClassVar[str] = "count_calls"
    hears: ClassVar[frozenset[str]] = frozenset(event.name for event in CHANGING)

    def __call__(self, event: RecordedEvent, work: FiguresWork, /) -> None:
        work.call_figures.count([UUID(event.payload["call_id"])])

    def together(self, events: Sequence[RecordedEvent], work: FiguresWork, /) -> None:
        """Of many events of a call only the last state counts."""
        work.call_figures.count(sorted({UUID(event.payload["call_id"]) for event in events}))
