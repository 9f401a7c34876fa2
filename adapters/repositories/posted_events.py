"""Events that others posted, in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import attrs
import msgspec
from sqlalchemy import update

from adapters.mapping.sealed_parts import SEALED
from adapters.repositories.seals import Seals
from adapters.schema.pipelines import pipelines, posted_events
from adapters.sql.bulk import Bulk
from adapters.sql.scope import Scope
from application.pipelines.pipeline_ports import PostedEvents
from domain.pipelines.pipeline import PipelineState
from domain.pipelines.posted_events import PostedEvent

POSTING = Bulk.into(posted_events)
A_MOMENT = timedelta(microseconds=1)


@attrs.frozen
class SqlPostedEvents(PostedEvents):
    """What they say may be about somebody: each is sealed with a key of its own."""

    scope: Scope

    def put(self, events: Sequence[PostedEvent], *, now: datetime) -> int:
        """Those of one call come one after the other, as they stand in it."""
        first: dict[UUID, PostedEvent] = {}
        for event in events:
            first.setdefault(event.key(self.scope.organization_id), event)
        came = {key: now + place * A_MOMENT for place, key in enumerate(first)}
        seals = Seals(self.scope)
        rows = [
            {
                "key": key,
                "event_id": event.id,
                "kind": event.kind,
                "occurred_at": event.occurred_at,
                "received_at": came[key],
                "said": self._document(seals, key, event),
            }
            for key, event in sorted(first.items())
        ]
        written = {key for _, key in self.scope.write(POSTING, rows)}
        for key in written:
            seals.keep_key(key)
        return len(written)

    def _document(self, seals: Seals, key: UUID, event: PostedEvent) -> Any:
        if not self.scope.vault.is_set_up:
            return dict(event.said)
        return {SEALED: seals.whole(key, msgspec.json.encode(event.said))}

    def wake(self, kinds: Collection[str], *, now: datetime) -> None:
        # Whoever has read the pipeline meanwhile has to read it again: it is due now.
        self.scope.execute(
            update(pipelines)
            .where(
                self.scope.owns(pipelines),
                pipelines.c.event_kind.in_(sorted(kinds)),
                pipelines.c.state == PipelineState.ACTIVE.value,
                pipelines.c.next_run_at.is_(None) | (pipelines.c.next_run_at > now),
            )
            .values(next_run_at=now, version=pipelines.c.version + 1)
        )

    def take(self, keys: Collection[UUID], *, now: datetime) -> None:
        if not keys:
            return
        self.scope.execute(
            update(posted_events)
            .where(self.scope.owns(posted_events), posted_events.c.key.in_(sorted(keys)))
            .values(taken_at=now, said=None)
        )
        if self.scope.vault.is_set_up:
            Seals(self.scope).forget(*keys)
