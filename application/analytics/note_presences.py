"""Keeps what is known of how long agents were there."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Protocol
from uuid import UUID

import attrs

from application.kernel.subscribers import Gathering, RecordedEvent, SubscriberWork
from domain.calls.agent_events import AgentPresenceChanged


@attrs.frozen(kw_only=True)
class NotedPresence:
    """What an agent was from then on, as the event at that position told."""

    agent_id: UUID
    at: datetime
    position: int
    presence: str

    @classmethod
    def of(cls, event: RecordedEvent) -> "NotedPresence":
        return cls(
            agent_id=event.subject,
            at=event.occurred_at,
            position=event.position,
            presence=str(event.payload["presence"]),
        )


class AgentPresences(Protocol):
    def note(self, presences: Sequence[NotedPresence]) -> None:
        """In any order; what is noted already stays as it is."""
        ...


class PresencesWork(SubscriberWork, Protocol):
    @property
    def agent_presences(self) -> AgentPresences: ...


@attrs.frozen
class NotePresences(Gathering):
    """Each event is a row of its own: one that comes twice changes nothing."""

    name: ClassVar[str] = "note_presences"
    hears: ClassVar[frozenset[str]] = frozenset({AgentPresenceChanged.name})

    def __call__(self, event: RecordedEvent, work: PresencesWork, /) -> None:
        self.together([event], work)

    def together(self, events: Sequence[RecordedEvent], work: PresencesWork, /) -> None:
        work.agent_presences.note([NotedPresence.of(event) for event in events])
