"""Find out whether two reviewers mean the same."""

import attrs

from application.calls.quality_ports import QualityViews
from domain.calls.calibration import Agreement, agreement
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, ScorecardId


@attrs.frozen(kw_only=True)
class CompareReviewers:
    actor: Actor
    scorecard_id: ScorecardId
    one: ActorId
    other: ActorId


@attrs.frozen(kw_only=True)
class CompareReviewersHandler:
    views: QualityViews

    async def __call__(self, command: CompareReviewers, /) -> Agreement:
        """Raises ScorecardNotFound."""
        await self.views.scorecard(command.actor, command.scorecard_id)
        judged = await self.views.judged_by_both(
            command.actor, command.scorecard_id, command.one, command.other
        )
        return agreement([(pair.one, pair.other) for pair in judged])
