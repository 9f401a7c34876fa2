"""Evaluations of calls by people: answers to one edition of a scorecard, and what came of them."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.calls.answers import WRITTEN, Answer, AnswerSource, by_item
from domain.calls.forms import Form
from domain.calls.quality_events import (
    EvaluationDisputed,
    EvaluationSaved,
    EvaluationSettled,
    EvaluationStarted,
    EvaluationSubmitted,
    EvaluationTakenUp,
)
from domain.calls.scoring import Outcome, Result, scored
from domain.kernel.events import Event
from domain.kernel.identifiers import ActorId, CallId, EvaluationId, ScorecardId
from domain.kernel.refusals import Conflict, Forbidden, NotFound


class EvaluationState(Enum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVIEW_REQUESTED = "review_requested"
    UNDER_REVIEW = "under_review"
    FINAL = "final"


@attrs.frozen
class EvaluationNotFound(NotFound):
    code: ClassVar[str] = "evaluation_not_found"
    evaluation_id: EvaluationId

    def __str__(self) -> str:
        return f"no evaluation {self.evaluation_id}"


@attrs.frozen
class WrongEvaluationState(Conflict):
    code: ClassVar[str] = "wrong_evaluation_state"
    evaluation_id: EvaluationId
    state: str
    needed: str

    def __str__(self) -> str:
        return f"evaluation {self.evaluation_id} is {self.state}, not {self.needed}"


@attrs.frozen
class AnswersMissing(Conflict):
    """What is incomplete is no verdict, and is never counted as a pass."""

    code: ClassVar[str] = "answers_missing"
    items: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"no answer yet to {', '.join(self.items)}"
            if self.items
            else "nothing that was answered weighs anything"
        )


@attrs.frozen
class OwnEvaluation(Forbidden):
    code: ClassVar[str] = "own_evaluation"
    evaluation_id: EvaluationId

    def __str__(self) -> str:
        return "whoever evaluated a call does not decide a dispute about it"


@attrs.frozen(kw_only=True)
class Evaluation:
    """`reviewer` evaluated the call, `second` decides if that is disputed.

    `result` is there once it is submitted, and always follows from the form and the answers.
    """

    id: EvaluationId
    call_id: CallId
    scorecard_id: ScorecardId
    edition: int
    reviewer: ActorId
    state: EvaluationState = EvaluationState.DRAFT
    answers: tuple[Answer, ...] = ()
    result: Result | None = None
    notes: str = attrs.field(default="", repr=False, metadata=WRITTEN)
    dispute: str = attrs.field(default="", repr=False, metadata=WRITTEN)
    second: ActorId | None = None
    started_at: datetime
    submitted_at: datetime | None = None
    settled_at: datetime | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def start(
        cls,
        id: EvaluationId,
        call_id: CallId,
        scorecard_id: ScorecardId,
        edition: int,
        *,
        reviewer: ActorId,
        answers: tuple[Answer, ...],
        now: datetime,
    ) -> "Evaluation":
        """With the answers that rules give."""
        started = EvaluationStarted(evaluation_id=id, call_id=call_id, occurred_at=now)
        return cls(
            id=id,
            call_id=call_id,
            scorecard_id=scorecard_id,
            edition=edition,
            reviewer=reviewer,
            answers=answers,
            started_at=now,
            events=(started,),
        )

    def save(
        self, form: Form, answers: tuple[Answer, ...], notes: str, *, now: datetime
    ) -> "Evaluation":
        """Raises BadAnswer, WrongEvaluationState."""
        self._must_be(EvaluationState.DRAFT)
        by_item(form, answers)
        return self._became(EvaluationSaved, now, answers=self._standing(answers), notes=notes)

    def submit(self, form: Form, *, now: datetime) -> "Evaluation":
        """Raises AnswersMissing, WrongEvaluationState."""
        self._must_be(EvaluationState.DRAFT)
        result = _complete(scored(form, self.answers))
        return self._scored(
            EvaluationSubmitted,
            result,
            now,
            state=EvaluationState.SUBMITTED,
            submitted_at=now,
        )

    def request_review(self, reason: str, *, now: datetime) -> "Evaluation":
        self._must_be(EvaluationState.SUBMITTED)
        return self._became(
            EvaluationDisputed, now, state=EvaluationState.REVIEW_REQUESTED, dispute=reason
        )

    def take_up(self, reviewer: ActorId, *, now: datetime) -> "Evaluation":
        """Raises OwnEvaluation, WrongEvaluationState."""
        self._must_be(EvaluationState.REVIEW_REQUESTED)
        if reviewer == self.reviewer:
            raise OwnEvaluation(self.id)
        return self._became(
            EvaluationTakenUp, now, state=EvaluationState.UNDER_REVIEW, second=reviewer
        )

    def settle(
        self,
        form: Form,
        answers: tuple[Answer, ...],
        notes: str,
        *,
        by: ActorId,
        now: datetime,
    ) -> "Evaluation":
        """For good, by the answers that stand.

        Raises BadAnswer, AnswersMissing, OwnEvaluation, WrongEvaluationState.
        """
        self._must_be(EvaluationState.UNDER_REVIEW)
        if by == self.reviewer:
            raise OwnEvaluation(self.id)
        result = _complete(scored(form, answers))
        return self._scored(
            EvaluationSettled,
            result,
            now,
            state=EvaluationState.FINAL,
            answers=self._standing(answers),
            notes=notes,
            settled_at=now,
            second=by,
        )

    def _standing(self, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
        """What a rule has answered, and is said again, is still the rule's."""
        by_rule = {one.item: one for one in self.answers if one.source is AnswerSource.RULE}
        return tuple(
            by_rule[one.item] if one.item in by_rule and one.says_what(by_rule[one.item]) else one
            for one in answers
        )

    def _must_be(self, needed: EvaluationState) -> None:
        if self.state is not needed:
            raise WrongEvaluationState(self.id, self.state.value, needed.value)

    def _became(
        self,
        event: Callable[..., Event],
        now: datetime,
        **changed: object,
    ) -> "Evaluation":
        fact = event(evaluation_id=self.id, call_id=self.call_id, occurred_at=now)
        return attrs.evolve(self, events=(*self.events, fact), **changed)  # type: ignore[arg-type]

    def _scored(
        self,
        event: type[EvaluationSubmitted] | type[EvaluationSettled],
        result: Result,
        now: datetime,
        **changed: object,
    ) -> "Evaluation":
        fact = event(
            evaluation_id=self.id,
            call_id=self.call_id,
            outcome=result.outcome.value,
            score=result.score,
            occurred_at=now,
        )
        return attrs.evolve(self, result=result, events=(*self.events, fact), **changed)  # type: ignore[arg-type]


def _complete(result: Result) -> Result:
    if result.outcome is Outcome.INCOMPLETE:
        raise AnswersMissing(result.missing)
    return result
