"""Where the records of a run come from: a source, what was posted, or what is in quarantine."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol

import attrs

from application.kernel.ports import Clock
from application.pipelines.connecting import Connectors, Origin, SourcePage, SourceRefused, Verdict
from application.pipelines.pipeline_ports import PipelineWork, Quarantined
from application.pipelines.pipeline_views import PostedViews, QuarantineViews
from application.pipelines.run_steps import RunTurn, Settle
from domain.kernel.actors import Actor
from domain.pipelines.runs import RunKind
from domain.pipelines.sources import Source


@attrs.frozen(kw_only=True)
class FedPage:
    """`settle` is called in the transaction in which the page is taken."""

    page: SourcePage
    settle: Settle | None = None


class Feed(Protocol):
    async def validate(self, actor: Actor, turn: RunTurn, /) -> Verdict: ...

    async def page(
        self, actor: Actor, turn: RunTurn, after: Mapping[str, Any] | None, /, *, limit: int
    ) -> FedPage:
        """Raises SourceTrouble."""
        ...


@attrs.frozen(kw_only=True)
class SourceFeed(Feed):
    connectors: Connectors

    async def validate(self, actor: Actor, turn: RunTurn, /) -> Verdict:
        source = _source(turn)
        within = timedelta(seconds=source.connection.timeout_seconds)
        return await self.connectors.of(source.kind).validate(
            origin_of(actor, source), within=within
        )

    async def page(
        self, actor: Actor, turn: RunTurn, after: Mapping[str, Any] | None, /, *, limit: int
    ) -> FedPage:
        source = _source(turn)
        connector = self.connectors.of(source.kind)
        return FedPage(page=await connector.page(origin_of(actor, source), after, limit=limit))


@attrs.frozen(kw_only=True)
class QuarantineFeed(Feed):
    """By key, so that what is bad still does not come again in the same run."""

    views: QuarantineViews

    async def validate(self, _actor: Actor, _turn: RunTurn, /) -> Verdict:
        return Verdict(reachable=True)

    async def page(
        self, actor: Actor, turn: RunTurn, after: Mapping[str, Any] | None, /, *, limit: int
    ) -> FedPage:
        key = None if after is None else str(after["key"])
        rows = await self.views.records(actor, turn.pipeline.id, after=key, limit=limit)
        ended = len(rows) < limit
        return FedPage(
            page=SourcePage(
                records=[row.record for row in rows if row.record is not None],
                next=None if ended else _place(rows[-1]),
            )
        )


@attrs.frozen(kw_only=True)
class PostedFeed(Feed):
    """Those that wait, in the order in which they came; what was taken waits no longer."""

    views: PostedViews
    clock: Clock

    async def validate(self, _actor: Actor, _turn: RunTurn, /) -> Verdict:
        return Verdict(reachable=True)

    async def page(
        self, actor: Actor, turn: RunTurn, after: Mapping[str, Any] | None, /, *, limit: int
    ) -> FedPage:
        kind = turn.pipeline.event_kind or ""
        waiting = await self.views.waiting(actor, kind, limit=limit)
        keys = [each.key for each in waiting]

        def settle(work: PipelineWork) -> None:
            work.posted.take(keys, now=self.clock())

        more = {"waiting": True} if len(waiting) == limit else None
        return FedPage(
            page=SourcePage(records=[each.event.record for each in waiting], next=more),
            settle=settle,
        )


@attrs.frozen(kw_only=True)
class Feeds:
    source: Feed
    quarantine: Feed
    posted: Feed

    def of(self, turn: RunTurn) -> Feed:
        if turn.run.kind is RunKind.REPLAY:
            return self.quarantine
        return self.posted if turn.pipeline.source_id is None else self.source


def origin_of(actor: Actor, source: Source) -> Origin:
    return Origin(
        organization_id=actor.organization_id, id=source.id, connection=source.connection
    )


def _place(row: Quarantined) -> Mapping[str, str]:
    return {"key": str(row.key)}


def _source(turn: RunTurn) -> Source:
    """Raises SourceRefused."""
    if turn.source is None:
        raise SourceRefused("there is no source")
    return turn.source
