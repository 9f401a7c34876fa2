"""Reactions to what has happened: in order, at least once delivered, with effect once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

import attrs

from application.kernel.jobs import JobQueue
from application.kernel.tracing import Trace
from domain.kernel.identifiers import ActorId, CallId, EventId, OrganizationId


@attrs.frozen(kw_only=True)
class RecordedEvent:
    """An event as the log keeps it.

    `position` counts the events of the organization, from 1 and without gaps. `payload` has the
    members of the event as JSON; `name` and `subject` are those of the event. `call_id` is the
    call in which it was done, if it was done in one.
    """

    organization_id: OrganizationId
    position: int
    id: EventId
    name: str
    subject: UUID
    payload: Mapping[str, Any] = attrs.field(repr=False)
    occurred_at: datetime
    actor_id: ActorId
    trace: Trace | None = None
    call_id: CallId | None = None


class SubscriberWork(Protocol):
    """All that a subscriber's transaction may touch; it moves the subscriber's cursor as well."""

    @property
    def jobs(self) -> JobQueue: ...


class Subscriber(Protocol):
    """Hears the events of one organization in the order of their positions.

    The call is part of the transaction that moves the subscriber's cursor past the event. If it
    fails, both are undone and the event comes again: delivery is at least once, but what is done
    through `work` has effect exactly once. Whatever cannot be undone belongs into a job.
    """

    @property
    def name(self) -> str:
        """Stored with the cursor: under another name everything would be heard again."""
        ...

    @property
    def hears(self) -> frozenset[str]:
        """The names of the events it is called for; its cursor passes the others unheard."""
        ...

    def __call__(self, event: RecordedEvent, work: Any, /) -> None:
        """`work` is a SubscriberWork, or what a feature needs beyond that."""
        ...


@runtime_checkable
class Gathering(Subscriber, Protocol):
    """Hears many events at once for less than one after the other."""

    def together(self, events: Sequence[RecordedEvent], work: Any, /) -> None:
        """With the effect that hearing each of them in turn would have.

        Whatever it raises is undone, and each is heard by itself: only then it counts as failed.
        """
        ...
