"""Scorecards, evaluations and what is held of calls, in SQL, and their transaction."""

from collections.abc import Mapping
from typing import Any

import attrs

from adapters.mapping.call_quality import (
    NO_SUMMARY,
    NO_WORDS,
    columns_of_evaluation,
    columns_of_quality,
    converter,
    edition_of,
    evaluation_of,
    one_edition,
    one_evaluation,
    one_quality,
    one_scorecard,
    quality_of,
    scorecard_of,
    words_of,
)
from adapters.repositories.call_lines import SqlLines, beside_the_call
from adapters.repositories.calls import SqlCalls
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.repositories.seals import Seals
from adapters.schema.call_quality import (
    call_quality,
    evaluations,
    scorecard_editions,
    scorecards,
)
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.calls.quality_ports import (
    Evaluations,
    Qualities,
    QualityWork,
    Scorecards,
)
from domain.calls.evaluations import Evaluation, EvaluationNotFound
from domain.calls.quality import CallQuality
from domain.calls.quality_events import ScorecardActivated
from domain.calls.scorecards import Edition, EditionNotFound, Scorecard, ScorecardNotFound
from domain.kernel.identifiers import CallId, EvaluationId, ScorecardId


@attrs.frozen
class SqlScorecards(Scorecards):
    scope: Scope

    def get(self, scorecard_id: ScorecardId) -> Scorecard:
        key = {"p_organization_id": self.scope.organization_id, "p_id": scorecard_id}
        row = self.scope.ask(one_scorecard(), key).one_or_none()
        if row is None:
            raise ScorecardNotFound(scorecard_id)
        return scorecard_of(row)

    def edition(self, scorecard_id: ScorecardId, number: int) -> Edition:
        key = {
            "p_organization_id": self.scope.organization_id,
            "p_id": scorecard_id,
            "p_number": number,
        }
        row = self.scope.ask(one_edition(), key).one_or_none()
        if row is None:
            raise EditionNotFound(scorecard_id, number)
        return edition_of(row)

    def save(self, scorecard: Scorecard) -> Scorecard:
        edition = scorecard.active
        version = store(
            self.scope,
            scorecards,
            scorecard.id,
            scorecard.version,
            title=scorecard.title,
            edition=None if edition is None else edition.number,
            retired_at=scorecard.retired_at,
            draft=converter.unstructure(scorecard.draft),
        )
        activated = any(isinstance(event, ScorecardActivated) for event in scorecard.events)
        if edition is not None and activated:
            self.scope.add(
                scorecard_editions,
                scorecard_id=scorecard.id,
                number=edition.number,
                form=converter.unstructure(edition.form),
                activated_at=edition.activated_at,
            )
        EventLog(self.scope).publish(scorecard.events)
        return attrs.evolve(scorecard, version=version, events=())


@attrs.frozen
class SqlEvaluations(Evaluations):
    """What people wrote is sealed with the key of the call: who forgets it, forgets both."""

    scope: Scope

    def get(self, evaluation_id: EvaluationId) -> Evaluation:
        key = {"p_organization_id": self.scope.organization_id, "p_id": evaluation_id}
        row = self.scope.ask(one_evaluation(), key).one_or_none()
        if row is None:
            raise EvaluationNotFound(evaluation_id)
        if row.data_key is not None:
            self.scope.data_keys[row.call_id] = row.data_key
        return evaluation_of(row, self.scope.vault)

    def save(self, evaluation: Evaluation) -> Evaluation:
        version = store(
            self.scope,
            evaluations,
            evaluation.id,
            evaluation.version,
            words=self._sealed(evaluation),
            **columns_of_evaluation(evaluation),
        )
        Seals(self.scope).keep_key(evaluation.call_id)
        EventLog(self.scope).publish(evaluation.events)
        return attrs.evolve(evaluation, version=version, events=())

    def _sealed(self, evaluation: Evaluation) -> Mapping[str, Any]:
        return beside_the_call(self.scope, evaluation.call_id, words_of(evaluation), NO_WORDS)


@attrs.frozen
class SqlQualities(Qualities):
    scope: Scope

    def of(self, call_id: CallId) -> CallQuality:
        key = {"p_organization_id": self.scope.organization_id, "p_id": call_id}
        row = self.scope.ask(one_quality(), key).one_or_none()
        if row is None:
            return CallQuality(call_id=call_id)
        Seals(self.scope).remember(row)
        return quality_of(row, self.scope.vault)

    def save(self, quality: CallQuality) -> CallQuality:
        summary = beside_the_call(
            self.scope, quality.call_id, {"text": quality.summary}, NO_SUMMARY
        )
        version = store(
            self.scope,
            call_quality,
            quality.call_id,
            quality.version,
            summary=summary,
            **columns_of_quality(quality),
        )
        Seals(self.scope).keep_key(quality.call_id)
        return attrs.evolve(quality, version=version)


@attrs.frozen(kw_only=True)
class SqlQualityWork(QualityWork):
    calls: SqlCalls
    lines: SqlLines
    scorecards: SqlScorecards
    evaluations: SqlEvaluations
    qualities: SqlQualities
    facts: EventLog
    jobs: SqlJobQueue

    @classmethod
    def on(cls, scope: Scope) -> "SqlQualityWork":
        return cls(
            calls=SqlCalls(scope),
            lines=SqlLines(scope),
            scorecards=SqlScorecards(scope),
            evaluations=SqlEvaluations(scope),
            qualities=SqlQualities(scope),
            facts=EventLog(scope),
            jobs=SqlJobQueue(scope),
        )
