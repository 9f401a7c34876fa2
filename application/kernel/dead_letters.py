"""Events that a subscriber gave up on, until somebody lets it hear them again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.kernel.subscribers import Subscriber
from domain.kernel.identifiers import EventId, OrganizationId


@attrs.frozen(kw_only=True)
class DeadLetter:
    """`event` is the name of the event, `error` the kind of error and nothing of its message."""

    organization_id: OrganizationId
    subscriber: str
    event_id: EventId
    event: str
    error: str
    failed_at: datetime


class DeadLetters(Protocol):
    async def of(self, organization_id: OrganizationId, *, limit: int) -> Sequence[DeadLetter]:
        """Oldest first, as they should be heard."""
        ...

    async def hear_again(self, letter: DeadLetter, subscriber: Subscriber) -> bool:
        """False if there is no such letter any more.

        The subscriber hears it out of order, behind whatever it has heard since. The letter is
        gone with the effect of hearing it; it stays if the subscriber fails, and what that
        raises is raised. Raises Stale if somebody else is faster.
        """
        ...
