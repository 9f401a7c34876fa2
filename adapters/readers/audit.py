"""The audit trail in SQL."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Connection, Row, select

from adapters.schema.events import event_heads, event_log
from adapters.sql.chain import START, link
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.event_log import recorded
from adapters.sql.keysets import page_of
from application.kernel.audit import Anchor, AuditFilter, AuditRecord, AuditTrail, Verified
from application.kernel.pages import Page, Slice
from application.kernel.verification import Finding
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId

BATCH = 1000


@attrs.define
class Walk:
    """Where the walk along one chain is; `broken_at` is where it ended, if not at the head."""

    organization_id: OrganizationId
    anchor: Anchor | None
    position: int = 0
    link: bytes = START
    broken_at: int | None = None
    detail: str | None = None

    def go_on(self, connection: Connection) -> bool:
        """False at the end."""
        place = event_log.c.position
        ours = event_log.c.organization_id == self.organization_id
        events = connection.execute(
            select(event_log)
            .where(ours, place.is_not(None), place > self.position)
            .order_by(place)
            .limit(BATCH)
        ).all()
        return bool(events) and all(self._pass(event) for event in events)

    def arrive(self, connection: Connection) -> None:
        """Compares where the chain ends with where it should."""
        head = connection.execute(
            select(event_heads).where(event_heads.c.organization_id == self.organization_id)
        ).one_or_none()
        position, last = (head.position, bytes(head.link)) if head else (0, START)
        # What was numbered since the walk ended is no break.
        if self.broken_at is None and (position, last) != (self.position, self.link):
            if position > self.position and self.go_on(connection):
                self.arrive(connection)
            else:
                self._break(position, "the log should end here")
        if self.broken_at is None and self.anchor and self.anchor.position > self.position:
            self._break(self.anchor.position, "the anchor is beyond the end of the log")

    def _pass(self, event: Row[Any]) -> bool:
        expected = self.position + 1
        following = link(self.link, expected, event)
        if event.position != expected:
            self._break(expected, "is missing")
        elif event.link is None or bytes(event.link) != following:
            self._break(expected, "does not follow from what is before it")
        elif _contradicts(self.anchor, expected, following):
            self._break(expected, "is another one than the anchor says")
        else:
            self.position, self.link = expected, following
        return self.broken_at is None

    def _break(self, position: int, detail: str) -> None:
        self.broken_at, self.detail = position, detail


def _contradicts(anchor: Anchor | None, position: int, link: bytes) -> bool:
    return anchor is not None and anchor.position == position and anchor.link != link


@attrs.frozen
class SqlAuditTrail(AuditTrail):
    database: Database

    async def records(
        self, actor: Actor, *, filter: AuditFilter, slice: Slice
    ) -> Page[AuditRecord]:
        question = select(event_log).where(
            event_log.c.organization_id == actor.organization_id,
            event_log.c.audited,
            event_log.c.position.is_not(None),
        )
        question = question.where(*_conditions(filter))
        return await self.database.read(
            lambda connection: page_of(
                connection, question, (event_log.c.position,), slice, _record
            ),
            of=actor.organization_id,
        )

    async def verified(self, actor: Actor, *, anchor: Anchor | None) -> Verified:
        organization_id = actor.organization_id
        walk = Walk(organization_id, anchor)
        while await self.database.read(walk.go_on, of=organization_id):
            pass
        await self.database.read(walk.arrive, of=organization_id)
        head = Anchor(organization_id=organization_id, position=walk.position, link=walk.link)
        return Verified(
            records=walk.position, head=head, broken_at=walk.broken_at, detail=walk.detail
        )

    async def heads(self) -> Sequence[Anchor]:
        question = select(event_heads).order_by(event_heads.c.organization_id)

        def ask(connection: Connection) -> Sequence[Anchor]:
            return [_anchor(row) for row in connection.execute(question)]

        return await self.database.read(ask, of=EVERYBODY)

    async def contradicted(self, anchors: Collection[Anchor]) -> Sequence[Finding]:
        return [one for anchor in anchors for one in await self._contradicted(anchor)]

    async def _contradicted(self, anchor: Anchor) -> Sequence[Finding]:
        question = select(event_log.c.link).where(
            event_log.c.organization_id == anchor.organization_id,
            event_log.c.position == anchor.position,
        )

        def ask(connection: Connection) -> bytes | None:
            found = connection.execute(question).scalar_one_or_none()
            return found and bytes(found)

        found = await self.database.read(ask, of=anchor.organization_id)
        if found == anchor.link:
            return []
        detail = "is gone" if found is None else "is another one than the anchor says"
        return [
            Finding(
                check="chains_go_through_anchors",
                organization_id=anchor.organization_id,
                subject=str(anchor.position),
                detail=detail,
            )
        ]


def _conditions(filter: AuditFilter) -> Iterator[ColumnElement[bool]]:
    for column, wanted in (
        (event_log.c.name, filter.kind),
        (event_log.c.actor_id, filter.actor_id),
        (event_log.c.subject, filter.subject),
    ):
        if wanted is not None:
            yield column == wanted
    if filter.since is not None:
        yield event_log.c.occurred_at >= filter.since
    if filter.until is not None:
        yield event_log.c.occurred_at < filter.until


def _anchor(row: Row[Any]) -> Anchor:
    return Anchor(organization_id=row.organization_id, position=row.position, link=bytes(row.link))


def _record(row: Row[Any]) -> AuditRecord:
    return AuditRecord(event=recorded(row), origin=row.origin)
