"""Scores of calls are what their answers and findings come to, and calls show them."""

from collections.abc import Callable, Sequence
from typing import Any

import attrs
from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from adapters.mapping.call_quality import Findings, answers_of, converter
from adapters.readers.verification_checks import Check
from adapters.schema.call_quality import call_quality, evaluations, scorecard_editions
from adapters.schema.calls import calls
from application.kernel.verification import Finding
from domain.calls.forms import Form
from domain.calls.scoring import scored

NO_SCORE = -1


@attrs.frozen(kw_only=True)
class Recomputed:
    """Every row of the answer whose `score` is not what it comes to is a finding."""

    name: str
    question: Select[Any]
    comes_to: Callable[[Row[Any]], int | None]

    def __call__(self, connection: Connection) -> Sequence[Finding]:
        return [
            Finding(
                check=self.name,
                organization_id=row.organization_id,
                subject=str(row.id),
                detail=f"is stored as {row.score} thousandths, and comes to {again}",
            )
            for row in connection.execute(self.question)
            if (again := self.comes_to(row)) != row.score
        ]


def call_quality_checks() -> Sequence[Check | Recomputed]:
    return (
        _calls_show_their_score(),
        _scores_are_of_evaluations(),
        _scores_follow_from_answers(),
        _scores_follow_from_findings(),
    )


def _calls_show_their_score() -> Check:
    held = func.coalesce(call_quality.c.score, NO_SCORE)
    theirs = and_(
        call_quality.c.organization_id == calls.c.organization_id,
        call_quality.c.id == calls.c.id,
    )
    return Check(
        name="calls_show_their_score",
        question=select(
            calls.c.organization_id,
            calls.c.id.label("subject"),
            calls.c.qa_milli.label("shown"),
            held.label("held"),
        )
        .outerjoin(call_quality, theirs)
        .where(calls.c.qa_milli != held),
        detail="shows a score of {shown} thousandths, and {held} are held",
    )


def _scores_are_of_evaluations() -> Check:
    current = and_(
        evaluations.c.organization_id == call_quality.c.organization_id,
        evaluations.c.id == call_quality.c.evaluation_id,
    )
    return Check(
        name="scores_are_of_evaluations",
        question=select(
            call_quality.c.organization_id,
            call_quality.c.id.label("subject"),
            call_quality.c.score.label("held"),
            evaluations.c.score.label("given"),
        )
        .join(evaluations, current)
        .where(
            or_(
                evaluations.c.score.is_distinct_from(call_quality.c.score),
                evaluations.c.call_id != call_quality.c.id,
            )
        ),
        detail="is held to be {held} thousandths, and its evaluation gave {given}",
    )


def _scores_follow_from_answers() -> Recomputed:
    edition = and_(
        scorecard_editions.c.organization_id == evaluations.c.organization_id,
        scorecard_editions.c.scorecard_id == evaluations.c.scorecard_id,
        scorecard_editions.c.number == evaluations.c.edition,
    )
    return Recomputed(
        name="scores_follow_from_answers",
        question=select(
            evaluations.c.organization_id,
            evaluations.c.id,
            evaluations.c.score,
            evaluations.c.given,
            scorecard_editions.c.form,
        )
        .join(scorecard_editions, edition)
        .where(evaluations.c.state != "draft"),
        comes_to=_by_answers,
    )


def _scores_follow_from_findings() -> Recomputed:
    return Recomputed(
        name="scores_follow_from_findings",
        question=select(
            call_quality.c.organization_id,
            call_quality.c.id,
            call_quality.c.score,
            call_quality.c.findings,
        ).where(call_quality.c.evaluation_id.is_(None)),
        comes_to=_by_findings,
    )


def _by_answers(row: Row[Any]) -> int | None:
    form = converter.structure(row.form, Form)
    return scored(form, answers_of(row.given)).score


def _by_findings(row: Row[Any]) -> int | None:
    return converter.structure(row.findings, Findings).assessment.score
