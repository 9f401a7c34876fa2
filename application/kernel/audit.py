"""The audit trail: facts about who may do what, and whether the chain they are in is whole."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import attrs

from application.kernel.pages import Page, Slice
from application.kernel.subscribers import RecordedEvent
from application.kernel.verification import Finding
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, OrganizationId


@attrs.frozen(kw_only=True)
class AuditFilter:
    """None stands for any."""

    kind: str | None = None
    actor_id: ActorId | None = None
    subject: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


@attrs.frozen(kw_only=True)
class AuditRecord:
    """`origin` is the network the actor asked from, or None for the program itself."""

    event: RecordedEvent
    origin: str | None


@attrs.frozen(kw_only=True)
class Anchor:
    """The end of an organization's chain at some time, kept where nobody can rewrite it.

    Whoever rewrites the whole log, or cuts off its tail, cannot make it fit an anchor again.
    """

    organization_id: OrganizationId
    position: int
    link: bytes


@attrs.frozen(kw_only=True)
class Verified:
    """What has been read, up to the head or to the first break; None where there is no break."""

    records: int
    head: Anchor
    broken_at: int | None
    detail: str | None


class AuditTrail(Protocol):
    async def records(
        self, actor: Actor, *, filter: AuditFilter, slice: Slice
    ) -> Page[AuditRecord]:
        """Of the actor's organization, in the order everybody agrees on. Raises BadCursor."""
        ...

    async def verified(self, actor: Actor, *, anchor: Anchor | None) -> Verified:
        """Follows the whole chain of the actor's organization, and looks whether it fits."""
        ...

    async def heads(self) -> Sequence[Anchor]:
        """Of all organizations, for those who operate the program."""
        ...

    async def contradicted(self, anchors: Collection[Anchor]) -> Sequence[Finding]:
        """Anchors that the chains of today do not go through."""
        ...
