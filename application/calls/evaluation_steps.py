"""What becomes of an evaluation: answers, a verdict, a dispute about it and its end."""

import attrs

from application.calls.quality_ports import QualityWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.calls.answers import Answer
from domain.calls.evaluations import Evaluation
from domain.calls.forms import Form
from domain.calls.quality import rated
from domain.kernel.actors import Actor
from domain.kernel.identifiers import EvaluationId


@attrs.frozen(kw_only=True)
class EvaluationStep:
    """`version` is the one the caller has seen, or None for whatever is there."""

    actor: Actor
    evaluation_id: EvaluationId
    version: int | None = None
    once: Once[Evaluation] | None = None


@attrs.frozen(kw_only=True)
class SaveAnswers(EvaluationStep):
    answers: tuple[Answer, ...]
    notes: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class SubmitEvaluation(EvaluationStep):
    """It becomes the current score of its call."""


@attrs.frozen(kw_only=True)
class DisputeEvaluation(EvaluationStep):
    reason: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class TakeUpDispute(EvaluationStep):
    """By somebody other than whoever evaluated the call."""


@attrs.frozen(kw_only=True)
class SettleDispute(SaveAnswers):
    """For good, by the answers that stand."""


@attrs.frozen(kw_only=True)
class SaveAnswersHandler:
    unit_of_work: UnitOfWork[QualityWork]
    clock: Clock

    async def __call__(self, command: SaveAnswers, /) -> Evaluation:
        def save(work: QualityWork) -> Evaluation:
            found = _seen(work, command)
            saved = found.save(
                _form(work, found), command.answers, command.notes, now=self.clock()
            )
            return work.evaluations.save(saved)

        return await self.unit_of_work(command.actor, save, once=command.once)


@attrs.frozen(kw_only=True)
class SubmitEvaluationHandler:
    unit_of_work: UnitOfWork[QualityWork]
    clock: Clock

    async def __call__(self, command: SubmitEvaluation, /) -> Evaluation:
        def submit(work: QualityWork) -> Evaluation:
            found = _seen(work, command)
            return _decided(work, found.submit(_form(work, found), now=self.clock()), self.clock)

        return await self.unit_of_work(command.actor, submit, once=command.once)


@attrs.frozen(kw_only=True)
class DisputeEvaluationHandler:
    unit_of_work: UnitOfWork[QualityWork]
    clock: Clock

    async def __call__(self, command: DisputeEvaluation, /) -> Evaluation:
        def dispute(work: QualityWork) -> Evaluation:
            found = _seen(work, command)
            return work.evaluations.save(found.request_review(command.reason, now=self.clock()))

        return await self.unit_of_work(command.actor, dispute, once=command.once)


@attrs.frozen(kw_only=True)
class TakeUpDisputeHandler:
    unit_of_work: UnitOfWork[QualityWork]
    clock: Clock

    async def __call__(self, command: TakeUpDispute, /) -> Evaluation:
        def take_up(work: QualityWork) -> Evaluation:
            found = _seen(work, command)
            return work.evaluations.save(found.take_up(command.actor.id, now=self.clock()))

        return await self.unit_of_work(command.actor, take_up, once=command.once)


@attrs.frozen(kw_only=True)
class SettleDisputeHandler:
    unit_of_work: UnitOfWork[QualityWork]
    clock: Clock

    async def __call__(self, command: SettleDispute, /) -> Evaluation:
        def settle(work: QualityWork) -> Evaluation:
            found = _seen(work, command)
            settled = found.settle(
                _form(work, found),
                command.answers,
                command.notes,
                by=command.actor.id,
                now=self.clock(),
            )
            return _decided(work, settled, self.clock)

        return await self.unit_of_work(command.actor, settle, once=command.once)


def _seen(work: QualityWork, command: EvaluationStep) -> Evaluation:
    """Raises EvaluationNotFound or VersionChanged."""
    found = work.evaluations.get(command.evaluation_id)
    require_version(found.version, command.version)
    return found


def _form(work: QualityWork, evaluation: Evaluation) -> Form:
    return work.scorecards.edition(evaluation.scorecard_id, evaluation.edition).form


def _decided(work: QualityWork, evaluation: Evaluation, clock: Clock) -> Evaluation:
    """Its score is the current one of the call, in the same transaction."""
    now = clock()
    call = work.calls.locked(evaluation.call_id)
    quality = work.qualities.of(call.id).evaluated_by(evaluation, now=now)
    work.calls.save(rated(call, quality, now=now))
    saved = work.evaluations.save(evaluation)
    work.qualities.save(quality)
    return saved
