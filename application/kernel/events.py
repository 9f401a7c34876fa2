"""The event log as the program keeps and reads it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

import attrs

from application.kernel.subscribers import RecordedEvent, Subscriber
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId


class EventFeed(Protocol):
    """What has happened, in the order everybody agrees on."""

    async def after(self, actor: Actor, position: int, *, limit: int) -> Sequence[RecordedEvent]:
        """The organization's events behind `position`, without gaps; 0 is the beginning."""
        ...


class EventHeads(Protocol):
    """How far events are numbered. Whoever follows many organizations asks for all at once."""

    async def of(
        self, organization_ids: Collection[OrganizationId]
    ) -> Mapping[OrganizationId, int]:
        """The last position of each; those without events have none."""
        ...


@attrs.frozen(kw_only=True)
class Passed:
    """`moved` is how many events were passed, of all cursors together; `hearing` are the names of
    those that may have something to hear next.
    """

    moved: int
    hearing: frozenset[str]


class EventRelay(Protocol):
    """Numbers events and brings them to subscribers. Any number of relays may run at once."""

    async def unnumbered(self) -> Sequence[OrganizationId]:
        """Organizations with events that have no position yet."""
        ...

    async def number(self, organization_id: OrganizationId, *, limit: int) -> int:
        """Gives up to `limit` events their positions and links; how many it were."""
        ...

    async def behind(
        self, subscribers: Sequence[Subscriber]
    ) -> Mapping[OrganizationId, frozenset[str]]:
        """Organizations with events that some have not come to, and the names of those who may
        try now.
        """
        ...

    async def pass_by(
        self, subscribers: Sequence[Subscriber], organization_id: OrganizationId
    ) -> Passed:
        """Moves the cursor of each past the next events, as far as it does not hear them."""
        ...

    async def deliver(
        self, subscriber: Subscriber, organization_id: OrganizationId, *, limit: int
    ) -> int:
        """Lets the subscriber hear up to `limit` events; how far its cursor moved.

        An event that makes it fail is tried again later, and after some attempts put aside as a
        dead letter, so that those behind it go on.
        """
        ...
