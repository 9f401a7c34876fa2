"""Evaluations in JSON."""

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta

from domain.calls.answers import Answer, AnswerSource
from domain.calls.evaluations import Evaluation
from domain.calls.scoring import Result
from domain.calls.utterances import Span
from domain.kernel.identifiers import ScorecardId
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.quality_numbers import Score, share
from entrypoints.http.scorecard_shapes import (
    MOST_ITEMS,
    MOST_OPTIONS,
    MOST_SECTIONS,
    EditionNumber,
    Key,
    Number,
)
from entrypoints.http.shapes import ONE_LINE, Identifier, Input, Moment, Name, Output, Version

MOST_ANSWERS = MOST_SECTIONS * MOST_ITEMS
MOST_SPANS = 50

Written = Annotated[
    str,
    Meta(pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$(?!\n)", max_length=2000, examples=["Well done"]),
]
Reason = Annotated[
    str,
    Meta(pattern=ONE_LINE, min_length=1, max_length=1000, examples=["The customer hung up first"]),
]
Keys = Annotated[tuple[Key, ...], Meta(max_length=MOST_ANSWERS)]


class SpanInput(Input, frozen=True):
    """Characters of a line, from `begins` up to but without `ends`."""

    line: Annotated[int, Meta(ge=1, le=10_000, examples=[1])]
    begins: Annotated[int, Meta(ge=0, le=10_000, examples=[0])]
    ends: Annotated[int, Meta(ge=0, le=10_000, examples=[12])]

    @classmethod
    def of(cls, span: Span) -> "SpanInput":
        return cls(line=span.line, begins=span.begins, ends=span.ends)


Spans = Annotated[tuple[SpanInput, ...], Meta(max_length=MOST_SPANS)]


class AnswerInput(Input, frozen=True):
    """One of `options`, `number`, `text` and `not_applicable`; a model shows what it rests on."""

    item: Key
    options: Annotated[tuple[Key, ...], Meta(max_length=MOST_OPTIONS)] = ()
    number: Number | None = None
    text: Written | None = None
    not_applicable: bool = False
    source: Literal["human", "model"] = "human"
    evidence: Spans = ()
    comment: Written = ""

    def answer(self) -> Answer:
        return Answer(
            item=self.item,
            options=self.options,
            number=self.number,
            text=self.text,
            not_applicable=self.not_applicable,
            source=AnswerSource(self.source),
            evidence=tuple(
                Span(line=one.line, begins=one.begins, ends=one.ends) for one in self.evidence
            ),
            comment=self.comment,
        )


class AnswersInput(Input, frozen=True):
    """All of them, in the place of those there are."""

    answers: Annotated[tuple[AnswerInput, ...], Meta(max_length=MOST_ANSWERS)]
    notes: Written = ""

    def given(self) -> tuple[Answer, ...]:
        return tuple(one.answer() for one in self.answers)


class NewEvaluationInput(Input, frozen=True):
    scorecard_id: Identifier

    @property
    def scorecard(self) -> ScorecardId:
        return ScorecardId(self.scorecard_id)


class DisputeInput(Input, frozen=True):
    reason: Reason


class AnswerBody(Output, frozen=True):
    item: Key
    options: Annotated[tuple[Key, ...], Meta(max_length=MOST_OPTIONS)]
    number: Number | None
    text: Written | None
    not_applicable: bool
    source: Literal["human", "rule", "model"]
    evidence: Annotated[tuple[SpanInput, ...], Meta(max_length=10_000)]
    comment: Written

    @classmethod
    def of(cls, answer: Answer) -> "AnswerBody":
        return cls(
            item=answer.item,
            options=answer.options,
            number=answer.number,
            text=answer.text,
            not_applicable=answer.not_applicable,
            source=answer.source.value,
            evidence=tuple(SpanInput.of(one) for one in answer.evidence),
            comment=answer.comment,
        )


class SectionScoreBody(Output, frozen=True):
    key: Key
    score: Score | None


class ResultBody(Output, frozen=True):
    """`failed` are the items with an answer that fails; `missing` those without one."""

    outcome: Literal["scored", "failed", "incomplete"]
    score: Score | None
    band: Name | None
    sections: Annotated[tuple[SectionScoreBody, ...], Meta(max_length=MOST_SECTIONS)]
    missing: Keys
    failed: Keys

    @classmethod
    def of(cls, result: Result) -> "ResultBody":
        return cls(
            outcome=result.outcome.value,
            score=share(result.score),
            band=result.band,
            sections=tuple(
                SectionScoreBody(key=one.key, score=share(one.score)) for one in result.sections
            ),
            missing=result.missing,
            failed=result.failed,
        )


class EvaluationBody(Output, frozen=True):
    id: Identifier
    version: Version
    call_id: Identifier
    scorecard_id: Identifier
    edition: EditionNumber
    state: Literal["draft", "submitted", "review_requested", "under_review", "final"]
    reviewer_id: Identifier
    second_id: Identifier | None
    answers: Annotated[tuple[AnswerBody, ...], Meta(max_length=MOST_ANSWERS)]
    result: ResultBody | None
    notes: Written
    dispute: Written
    started_at: Moment
    submitted_at: Moment | None
    settled_at: Moment | None

    @classmethod
    def of(cls, evaluation: Evaluation) -> "EvaluationBody":
        result = evaluation.result
        return cls(
            id=evaluation.id,
            version=evaluation.version,
            call_id=evaluation.call_id,
            scorecard_id=evaluation.scorecard_id,
            edition=evaluation.edition,
            state=evaluation.state.value,
            reviewer_id=evaluation.reviewer,
            second_id=evaluation.second,
            answers=tuple(AnswerBody.of(one) for one in evaluation.answers),
            result=None if result is None else ResultBody.of(result),
            notes=evaluation.notes,
            dispute=evaluation.dispute,
            started_at=evaluation.started_at,
            submitted_at=evaluation.submitted_at,
            settled_at=evaluation.settled_at,
        )


class EvaluationPage(Output, frozen=True):
    items: Annotated[Sequence[EvaluationBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
