"""Scorecards, evaluations and what is held of calls, from their rows and to them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Executable,
    Row,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    select,
)

from adapters.mapping.sealed_parts import Stored, key_of, place_of, together
from adapters.schema.call_quality import (
    call_quality,
    evaluations,
    scorecard_editions,
    scorecards,
)
from adapters.schema.data_keys import data_keys
from adapters.sealing.vault import Vault
from adapters.sql.documents import new_converter
from domain.calls.answers import Answer
from domain.calls.automatic import Assessment
from domain.calls.evaluations import Evaluation, EvaluationState
from domain.calls.forms import Form
from domain.calls.quality import CallQuality, Listener
from domain.calls.scorecards import Edition, Scorecard
from domain.calls.scoring import Result
from domain.kernel.identifiers import ScorecardId

converter = new_converter()

NO_WORDS: Stored = {"notes": "", "dispute": "", "comments": {}, "texts": {}}
NO_SUMMARY: Stored = {"text": ""}


@attrs.frozen(kw_only=True)
class Findings:
    """What nobody looks for a call by."""

    assessment: Assessment
    listener: Listener
    fell_back: str | None = None
    evaluated: int | None = None
    evaluated_band: str | None = None


def whole_scorecards() -> Select[Any]:
    latest = and_(
        scorecard_editions.c.organization_id == scorecards.c.organization_id,
        scorecard_editions.c.scorecard_id == scorecards.c.id,
        scorecard_editions.c.number == scorecards.c.edition,
    )
    return select(
        scorecards, scorecard_editions.c.form, scorecard_editions.c.activated_at
    ).outerjoin(scorecard_editions, latest)


@lru_cache(maxsize=1)
def one_scorecard() -> Executable:
    return whole_scorecards().where(
        scorecards.c.organization_id == bindparam("p_organization_id"),
        scorecards.c.id == bindparam("p_id"),
    )


@lru_cache(maxsize=1)
def one_edition() -> Executable:
    return select(scorecard_editions).where(
        scorecard_editions.c.organization_id == bindparam("p_organization_id"),
        scorecard_editions.c.scorecard_id == bindparam("p_id"),
        scorecard_editions.c.number == bindparam("p_number"),
    )


def whole_evaluations() -> Select[Any]:
    """With the key to who was called, where there is one."""
    return select(evaluations, _key_of_call(evaluations.c.call_id).label("data_key"))


@lru_cache(maxsize=1)
def one_evaluation() -> Executable:
    return whole_evaluations().where(
        evaluations.c.organization_id == bindparam("p_organization_id"),
        evaluations.c.id == bindparam("p_id"),
    )


def whole_qualities() -> Select[Any]:
    """With the key to what was said, where there is one."""
    return select(call_quality, key_of(call_quality).label("data_key"))


@lru_cache(maxsize=1)
def one_quality() -> Executable:
    return whole_qualities().where(
        call_quality.c.organization_id == bindparam("p_organization_id"),
        call_quality.c.id == bindparam("p_id"),
    )


def scorecard_of(row: Row[Any]) -> Scorecard:
    active = None
    if row.edition is not None:
        active = Edition(
            number=row.edition,
            form=converter.structure(row.form, Form),
            activated_at=row.activated_at,
        )
    return Scorecard(
        id=ScorecardId(row.id),
        title=row.title,
        draft=converter.structure(row.draft, Form),
        active=active,
        retired_at=row.retired_at,
        version=row.version,
    )


def edition_of(row: Row[Any]) -> Edition:
    return Edition(
        number=row.number,
        form=converter.structure(row.form, Form),
        activated_at=row.activated_at,
    )


def evaluation_of(row: Row[Any], vault: Vault) -> Evaluation:
    place = place_of(row.organization_id, row.call_id)
    words = {**NO_WORDS, **together(vault, row.words, row.data_key, place)}
    return Evaluation(
        id=row.id,
        call_id=row.call_id,
        scorecard_id=row.scorecard_id,
        edition=row.edition,
        reviewer=row.reviewer_id,
        state=EvaluationState(row.state),
        answers=answers_of(row.given, words),
        result=None if row.result is None else converter.structure(row.result, Result),
        notes=words["notes"],
        dispute=words["dispute"],
        second=row.second_id,
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        settled_at=row.settled_at,
        version=row.version,
    )


def answers_of(stored: Any, words: Mapping[str, Any] = NO_WORDS) -> tuple[Answer, ...]:
    """With what people wrote, where it can be read."""
    answers = converter.structure(stored, tuple[Answer, ...])
    return tuple(
        attrs.evolve(
            answer,
            comment=words["comments"].get(answer.item, ""),
            text=None if answer.text is None else words["texts"].get(answer.item, ""),
        )
        for answer in answers
    )


def words_of(evaluation: Evaluation) -> Stored:
    """All that people wrote."""
    return {
        "notes": evaluation.notes,
        "dispute": evaluation.dispute,
        "comments": {one.item: one.comment for one in evaluation.answers if one.comment},
        "texts": {one.item: one.text for one in evaluation.answers if one.text},
    }


def columns_of_evaluation(evaluation: Evaluation) -> Mapping[str, Any]:
    """Without what people wrote."""
    wordless = tuple(
        attrs.evolve(answer, comment="", text=None if answer.text is None else "")
        for answer in evaluation.answers
    )
    result = evaluation.result
    return {
        "call_id": evaluation.call_id,
        "scorecard_id": evaluation.scorecard_id,
        "edition": evaluation.edition,
        "reviewer_id": evaluation.reviewer,
        "second_id": evaluation.second,
        "state": evaluation.state.value,
        "score": None if result is None else result.score,
        "started_at": evaluation.started_at,
        "submitted_at": evaluation.submitted_at,
        "settled_at": evaluation.settled_at,
        "given": converter.unstructure(wordless),
        "result": None if result is None else converter.unstructure(result),
    }


def quality_of(row: Row[Any], vault: Vault) -> CallQuality:
    findings = converter.structure(row.findings, Findings)
    place = place_of(row.organization_id, row.id)
    summary = {**NO_SUMMARY, **together(vault, row.summary, row.data_key, place)}
    return CallQuality(
        call_id=row.id,
        summary=summary["text"],
        evaluation_id=row.evaluation_id,
        scored_at=row.scored_at,
        version=row.version,
        **attrs.asdict(findings, recurse=False),
    )


def columns_of_quality(quality: CallQuality) -> Mapping[str, Any]:
    """Without the summary."""
    findings = Findings(
        assessment=quality.assessment,
        listener=quality.listener,
        fell_back=quality.fell_back,
        evaluated=quality.evaluated,
        evaluated_band=quality.evaluated_band,
    )
    return {
        "score": quality.score,
        "evaluation_id": quality.evaluation_id,
        "scored_at": quality.scored_at,
        "findings": converter.unstructure(findings),
    }


def _key_of_call(call_id: ColumnElement[Any]) -> ScalarSelect[str]:
    return (
        select(data_keys.c.wrapped)
        .where(
            data_keys.c.organization_id == evaluations.c.organization_id, data_keys.c.id == call_id
        )
        .scalar_subquery()
    )
