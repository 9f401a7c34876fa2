"""Take events from outside: they are stored, and taken in the background."""

from collections.abc import Sequence

import attrs

from application.kernel.ports import Clock, UnitOfWork
from application.pipelines.pipeline_ports import PipelineWork
from domain.kernel.actors import Actor
from domain.pipelines.posted_events import PostedEvent


@attrs.frozen(kw_only=True)
class PostEvents:
    actor: Actor
    events: Sequence[PostedEvent]


@attrs.frozen(kw_only=True)
class Posted:
    """Of those that are not `new`, the first one counts."""

    new: int
    known: int


@attrs.frozen(kw_only=True)
class PostEventsHandler:
    """Once it says so they are there, whatever breaks down then; pipelines of theirs are due."""

    unit_of_work: UnitOfWork[PipelineWork]
    clock: Clock

    async def __call__(self, command: PostEvents, /) -> Posted:
        def post(work: PipelineWork) -> Posted:
            now = self.clock()
            new = work.posted.put(command.events, now=now)
            if new:
                work.posted.wake({event.kind for event in command.events}, now=now)
            return Posted(new=new, known=len(command.events) - new)

        return await self.unit_of_work(command.actor, post)
