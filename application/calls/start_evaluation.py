"""Begin to evaluate a call by a scorecard; what rules can tell is answered already."""

import attrs

from application.calls.quality_ports import QualityWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.calls.automatic import answers_by_rule
from domain.calls.evaluations import Evaluation
from domain.calls.refusals import CallNotOver
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId, EvaluationId, ScorecardId


@attrs.frozen(kw_only=True)
class StartEvaluation:
    actor: Actor
    call_id: CallId
    scorecard_id: ScorecardId
    once: Once[Evaluation] | None = None


@attrs.frozen(kw_only=True)
class StartEvaluationHandler:
    unit_of_work: UnitOfWork[QualityWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: StartEvaluation, /) -> Evaluation:
        def start(work: QualityWork) -> Evaluation:
            call = work.calls.get(command.call_id)
            if not call.status.line_is_down:
                raise CallNotOver(call.id)
            edition = work.scorecards.get(command.scorecard_id).in_force()
            measures = work.qualities.of(call.id).assessment.measures
            new = Evaluation.start(
                EvaluationId(self.new_id()),
                call.id,
                command.scorecard_id,
                edition.number,
                reviewer=command.actor.id,
                answers=answers_by_rule(edition.form, measures),
                now=self.clock(),
            )
            return work.evaluations.save(new)

        return await self.unit_of_work(command.actor, start, once=command.once)
