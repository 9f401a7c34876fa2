"""News of lines: by themselves while it is quiet, together while it is not."""

from collections.abc import Sequence

import attrs

from adapters.sql.together import Together
from application.calls.hear_line import Listening
from application.calls.intake import HearTogether, Intake, Item
from application.calls.telephony_news import Told
from application.kernel.tracing import at_hand, trace_at_hand
from domain.kernel.actors import Actor

Line = tuple[Actor, str]
"""Whose, and of which provider."""


@attrs.frozen
class SharedIntake(Intake):
    together: Together[Line, Item, bool]

    async def __call__(self, actor: Actor, told: Told, /) -> bool:
        item = Item(told=told, trace=trace_at_hand())
        return await self.together((actor, told.fact.provider), item)


def shared_intake(listening: Listening, hear_together: HearTogether) -> Intake:
    async def alone(line: Line, item: Item) -> bool:
        with at_hand(item.trace):
            return await listening.hear(line[0], item.told)

    async def many(line: Line, items: Sequence[Item]) -> Sequence[bool | None]:
        return await hear_together(*line, items)

    return SharedIntake(Together(alone=alone, many=many))
