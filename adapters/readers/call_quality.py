"""Views of the quality of calls in SQL."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Connection, Executable, Row, Select, and_, bindparam, exists, or_, select

from adapters.mapping.call_lines import line_of, whole_lines
from adapters.mapping.call_quality import (
    answers_of,
    edition_of,
    evaluation_of,
    one_edition,
    one_evaluation,
    one_scorecard,
    quality_of,
    scorecard_of,
    whole_evaluations,
    whole_scorecards,
)
from adapters.mapping.sealed_parts import key_of
from adapters.schema.call_quality import call_lines, call_quality, evaluations, scorecards
from adapters.schema.calls import calls
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from adapters.sql.vaults import vault_of
from application.calls.quality_ports import JudgedAlike, QualityViews
from application.kernel.pages import Page, Slice
from domain.calls.answers import Answer
from domain.calls.automatic import NEGATIVE_BELOW
from domain.calls.evaluations import Evaluation, EvaluationNotFound
from domain.calls.quality import CallQuality
from domain.calls.quality_events import QaScoreUpdated
from domain.calls.refusals import CallNotFound
from domain.calls.sampling import Candidate
from domain.calls.scorecards import Edition, EditionNotFound, Scorecard, ScorecardNotFound
from domain.calls.utterances import Speaker, Utterance
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, CallId, EvaluationId, ScorecardId
from domain.kernel.periods import Period

MOST_CANDIDATES = 10_000
MOST_JUDGED = 2_000


@attrs.frozen
class SqlQualityViews(QualityViews):
    database: Database

    async def lines(
        self, actor: Actor, call_id: CallId, speaker: Speaker | None, *, slice: Slice
    ) -> Page[Utterance]:
        question = whole_lines().where(
            call_lines.c.organization_id == actor.organization_id,
            call_lines.c.call_id == call_id,
        )
        if speaker is not None:
            question = question.where(call_lines.c.speaker == speaker.value)

        def ask(connection: Connection) -> Page[Utterance]:
            vault = vault_of(connection)
            found = page_of(
                connection,
                question,
                (call_lines.c.number,),
                slice,
                lambda row: line_of(row, vault),
            )
            if not found.items:
                _must_be_a_call(connection, actor, call_id)
            return found

        return await self.database.read(ask, of=actor.organization_id)

    async def quality(self, actor: Actor, call_id: CallId) -> CallQuality:
        def ask(connection: Connection) -> CallQuality:
            row = _must_be_a_call(connection, actor, call_id)
            if row.id is None:
                return CallQuality(call_id=call_id)
            return quality_of(row, vault_of(connection))

        return await self.database.read(ask, of=actor.organization_id)

    async def scorecard(self, actor: Actor, scorecard_id: ScorecardId) -> Scorecard:
        row = await self._perhaps(actor, one_scorecard(), p_id=scorecard_id)
        if row is None:
            raise ScorecardNotFound(scorecard_id)
        return scorecard_of(row)

    async def scorecards(self, actor: Actor, *, slice: Slice) -> Page[Scorecard]:
        question = whole_scorecards().where(scorecards.c.organization_id == actor.organization_id)
        keys = (scorecards.c.title, scorecards.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, scorecard_of),
            of=actor.organization_id,
        )

    async def edition(self, actor: Actor, scorecard_id: ScorecardId, number: int) -> Edition:
        row = await self._perhaps(actor, one_edition(), p_id=scorecard_id, p_number=number)
        if row is None:
            raise EditionNotFound(scorecard_id, number)
        return edition_of(row)

    async def evaluation(self, actor: Actor, evaluation_id: EvaluationId) -> Evaluation:
        def ask(connection: Connection) -> Evaluation:
            key = _key(actor, p_id=evaluation_id)
            row = connection.execute(one_evaluation(), key).one_or_none()
            if row is None:
                raise EvaluationNotFound(evaluation_id)
            return evaluation_of(row, vault_of(connection))

        return await self.database.read(ask, of=actor.organization_id)

    async def evaluations(
        self, actor: Actor, call_id: CallId, *, slice: Slice
    ) -> Page[Evaluation]:
        question = whole_evaluations().where(
            evaluations.c.organization_id == actor.organization_id,
            evaluations.c.call_id == call_id,
        )
        keys = (evaluations.c.started_at, evaluations.c.id)

        def ask(connection: Connection) -> Page[Evaluation]:
            vault = vault_of(connection)
            found = page_of(
                connection, question, keys, slice, lambda row: evaluation_of(row, vault)
            )
            if not found.items:
                _must_be_a_call(connection, actor, call_id)
            return found

        return await self.database.read(ask, of=actor.organization_id)

    async def candidates(
        self, actor: Actor, period: Period, scorecard_id: ScorecardId
    ) -> Sequence[Candidate]:
        done = exists().where(
            evaluations.c.organization_id == calls.c.organization_id,
            evaluations.c.call_id == calls.c.id,
            evaluations.c.scorecard_id == scorecard_id,
        )
        question = (
            select(calls.c.id, calls.c.agent_id, calls.c.qa_milli, calls.c.sentiment_milli)
            .where(
                calls.c.organization_id == actor.organization_id,
                calls.c.deleted_at.is_(None),
                calls.c.answered_at.is_not(None),
                calls.c.started_at >= period.starts_at,
                calls.c.started_at < period.ends_at,
                or_(calls.c.status == "completed", calls.c.status == "wrapping"),
                ~done,
            )
            .order_by(calls.c.started_at, calls.c.id)
            .limit(MOST_CANDIDATES)
        )
        return await self.database.read(
            lambda connection: [_candidate(row) for row in connection.execute(question)],
            of=actor.organization_id,
        )

    async def judged_by_both(
        self, actor: Actor, scorecard_id: ScorecardId, one: ActorId, other: ActorId
    ) -> Sequence[JudgedAlike]:
        question = _judged_by_both(actor, scorecard_id, one, other)
        return await self.database.read(
            lambda connection: [
                pair for row in connection.execute(question) for pair in _pairs(row)
            ],
            of=actor.organization_id,
        )

    async def _perhaps(
        self, actor: Actor, question: Executable, **members: Any
    ) -> Row[Any] | None:
        return await self.database.read(
            lambda connection: connection.execute(question, _key(actor, **members)).one_or_none(),
            of=actor.organization_id,
        )


def _key(actor: Actor, **members: Any) -> Mapping[str, Any]:
    return {"p_organization_id": actor.organization_id, **members}


def _must_be_a_call(connection: Connection, actor: Actor, call_id: CallId) -> Row[Any]:
    """With what is held of it. Raises CallNotFound."""
    row = connection.execute(_one_call(), _key(actor, p_id=call_id)).one_or_none()
    if row is None:
        raise CallNotFound(call_id)
    return row


@lru_cache(maxsize=1)
def _one_call() -> Executable:
    """The row of a call with what is held of it, if anything is."""
    theirs = and_(
        call_quality.c.organization_id == calls.c.organization_id,
        call_quality.c.id == calls.c.id,
    )
    return (
        select(call_quality, key_of(calls).label("data_key"))
        .select_from(calls)
        .outerjoin(call_quality, theirs)
        .where(
            calls.c.organization_id == bindparam("p_organization_id"),
            calls.c.id == bindparam("p_id"),
        )
    )


def _candidate(row: Any) -> Candidate:
    low = 0 <= row.qa_milli < QaScoreUpdated.LOW_BELOW
    negative = row.sentiment_milli is not None and row.sentiment_milli < NEGATIVE_BELOW
    return Candidate(call_id=row.id, agent_id=row.agent_id, risks=low + negative)


def _judged_by_both(
    actor: Actor, scorecard_id: ScorecardId, one: ActorId, other: ActorId
) -> Select[Any]:
    first, second = evaluations.alias("first"), evaluations.alias("second")
    same = and_(
        second.c.organization_id == first.c.organization_id,
        second.c.scorecard_id == first.c.scorecard_id,
        second.c.edition == first.c.edition,
        second.c.call_id == first.c.call_id,
    )
    return (
        select(first.c.given.label("ones"), second.c.given.label("others"))
        .join(second, same)
        .where(
            first.c.organization_id == actor.organization_id,
            first.c.scorecard_id == scorecard_id,
            first.c.reviewer_id == one,
            second.c.reviewer_id == other,
            first.c.submitted_at.is_not(None),
            second.c.submitted_at.is_not(None),
        )
        .order_by(first.c.started_at.desc(), first.c.id)
        .limit(MOST_JUDGED)
    )


def _pairs(row: Row[Any]) -> Sequence[JudgedAlike]:
    """Of what both have chosen among options; whatever is written is not compared."""
    ones, others = ({one.item: _said(one) for one in answers_of(said)} for said in row)
    return [
        JudgedAlike(item=item, one=said, other=others[item])
        for item, said in ones.items()
        if said and others.get(item)
    ]


def _said(answer: Answer) -> str:
    return "not applicable" if answer.not_applicable else ",".join(sorted(answer.options))
