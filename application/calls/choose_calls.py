"""Choose calls that somebody should listen to again."""

from collections.abc import Sequence
from typing import ClassVar

import attrs

from application.calls.quality_ports import QualityViews
from application.kernel.ports import Chance
from domain.calls.sampling import Plan, sample
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId, ScorecardId
from domain.kernel.periods import Period


@attrs.frozen(kw_only=True)
class ChooseCalls:
    """Of those that began in the period, and that nobody evaluated by the scorecard yet."""

    MOST: ClassVar[int] = 100

    actor: Actor
    scorecard_id: ScorecardId
    period: Period
    plan: Plan
    size: int


@attrs.frozen(kw_only=True)
class ChooseCallsHandler:
    views: QualityViews
    chance: Chance

    async def __call__(self, command: ChooseCalls, /) -> Sequence[CallId]:
        """At most MOST, whatever the plan makes of the size. Raises ScorecardNotFound."""
        await self.views.scorecard(command.actor, command.scorecard_id)
        candidates = await self.views.candidates(
            command.actor, command.period, command.scorecard_id
        )
        chosen = sample(candidates, command.plan, command.size, chance=self.chance)
        return chosen[: command.MOST]
