"""Take from outside what programs measured, logged and traced."""

from collections.abc import Sequence

import attrs

from application.kernel.ports import UnitOfWork
from application.pipelines.post_events import Posted
from application.pipelines.telemetry_ports import TelemetryWork
from domain.kernel.actors import Actor
from domain.pipelines.telemetry import Telemetry


@attrs.frozen(kw_only=True)
class PostTelemetry:
    actor: Actor
    said: Sequence[Telemetry]


@attrs.frozen(kw_only=True)
class PostTelemetryHandler:
    """Once it says so all of it is there, whatever breaks down then."""

    unit_of_work: UnitOfWork[TelemetryWork]

    async def __call__(self, command: PostTelemetry, /) -> Posted:
        def post(work: TelemetryWork) -> Posted:
            new = work.telemetry.put(command.said)
            return Posted(new=new, known=len(command.said) - new)

        return await self.unit_of_work(command.actor, post)
