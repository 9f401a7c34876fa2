"""Positions without gaps and links without breaks, followed from the first event to the last."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Connection, Row, Select, select, tuple_

from adapters.schema.events import event_log
from adapters.sql.chain import START, link
from adapters.sql.database import EVERYBODY, Database
from application.kernel.verification import Finding

BATCH = 500
BEFORE_ALL, BEHIND_ALL = -(2**63), 2**63 - 1


@attrs.define
class Walk:
    """Where the walk is, and what it has come upon.

    Every statement sees a later log, and that does no harm: what has a position keeps it, and
    new events only ever come behind all others of their organization.
    """

    key: tuple[UUID, int] = (UUID(int=0), BEFORE_ALL)
    position: int = 0
    link: bytes = START
    findings: list[Finding] = attrs.field(factory=list)

    def go_on(self, connection: Connection) -> bool:
        """False at the end."""
        events = connection.execute(_behind(self.key)).all()
        for event in events:
            if event.organization_id != self.key[0]:
                self.position, self.link = 0, START
            self.key = (event.organization_id, event.position)
            if finding := self._pass(event):
                self.findings.append(finding)
                # Whatever follows a break follows from it.
                self.key = (event.organization_id, BEHIND_ALL)
                break
        return bool(events)

    def _pass(self, event: Row[Any]) -> Finding | None:
        expected = self.position + 1
        if event.position != expected:
            return _finding(
                "positions_are_gapless", event, expected, f"is missing before {event.position}"
            )
        self.position = expected
        self.link = link(self.link, expected, event)
        if event.link is None or bytes(event.link) != self.link:
            return _finding(
                "links_are_intact", event, expected, f"does not follow; it is event {event.id}"
            )
        return None


async def broken_chains(database: Database) -> Sequence[Finding]:
    """The first break of every organization's chain."""
    walk = Walk()
    while await database.read(walk.go_on, of=EVERYBODY):
        pass
    return walk.findings


def _behind(key: tuple[UUID, int]) -> Select[Any]:
    place = (event_log.c.organization_id, event_log.c.position)
    return (
        select(event_log)
        .where(event_log.c.position.is_not(None), tuple_(*place) > tuple_(*key))
        .order_by(*place)
        .limit(BATCH)
    )


def _finding(check: str, event: Row[Any], position: int, detail: str) -> Finding:
    return Finding(
        check=check, organization_id=event.organization_id, subject=str(position), detail=detail
    )
