"""Scorecards, evaluations and what is held of calls, in memory."""

from collections.abc import Sequence

import attrs

from application.calls.quality_ports import Evaluations, Lines, Qualities, Scorecards
from application.kernel.ports import Stale
from domain.calls.evaluations import Evaluation, EvaluationNotFound, EvaluationState
from domain.calls.quality import CallQuality
from domain.calls.scorecards import Edition, EditionNotFound, Scorecard, ScorecardNotFound
from domain.calls.utterances import Utterance
from domain.kernel.identifiers import CallId, EvaluationId, ScorecardId
from tests.fakes.rows import Dangling, Impossible, Rows, found, next_version


@attrs.frozen
class MemoryLines(Lines):
    rows: Rows

    def last(self, call_id: CallId) -> int:
        return max((line for call, line in self.rows.call_lines if call == call_id), default=0)

    def between(self, call_id: CallId, *, first: int, last: int) -> Sequence[Utterance]:
        lines = ((number, line) for (call, number), line in self._all() if call == call_id)
        return [line for number, line in lines if first <= number <= last]

    def add(self, call_id: CallId, lines: Sequence[Utterance]) -> None:
        if call_id not in self.rows.calls:
            raise Dangling(f"call {call_id}")
        for line in lines:
            if (call_id, line.line) in self.rows.call_lines:
                raise Stale(f"there is a line {line.line}")
            self.rows.call_lines[call_id, line.line] = line

    def _all(self) -> Sequence[tuple[tuple[CallId, int], Utterance]]:
        return sorted(self.rows.call_lines.items(), key=lambda item: item[0])


@attrs.frozen
class MemoryScorecards(Scorecards):
    rows: Rows

    def get(self, scorecard_id: ScorecardId) -> Scorecard:
        return found(self.rows.scorecards, scorecard_id, ScorecardNotFound)

    def edition(self, scorecard_id: ScorecardId, number: int) -> Edition:
        known = self.rows.scorecard_editions.get((scorecard_id, number))
        if known is None:
            raise EditionNotFound(scorecard_id, number)
        return known

    def save(self, scorecard: Scorecard) -> Scorecard:
        version = next_version(self.rows.scorecards.get(scorecard.id), scorecard.version)
        saved = attrs.evolve(scorecard, version=version, events=())
        self.rows.scorecards[scorecard.id] = saved
        if scorecard.active is not None:
            key = scorecard.id, scorecard.active.number
            self.rows.scorecard_editions.setdefault(key, scorecard.active)
        self.rows.events.extend(scorecard.events)
        return saved


@attrs.frozen
class MemoryEvaluations(Evaluations):
    rows: Rows

    def get(self, evaluation_id: EvaluationId) -> Evaluation:
        return found(self.rows.evaluations, evaluation_id, EvaluationNotFound)

    def save(self, evaluation: Evaluation) -> Evaluation:
        version = next_version(self.rows.evaluations.get(evaluation.id), evaluation.version)
        edition = evaluation.scorecard_id, evaluation.edition
        if evaluation.call_id not in self.rows.calls:
            raise Dangling(f"call {evaluation.call_id}")
        if edition not in self.rows.scorecard_editions:
            raise Dangling(f"edition {edition}")
        if evaluation.result is None and evaluation.state is not EvaluationState.DRAFT:
            raise Impossible("submitted without a score")
        saved = attrs.evolve(evaluation, version=version, events=())
        self.rows.evaluations[evaluation.id] = saved
        self.rows.events.extend(evaluation.events)
        return saved


@attrs.frozen
class MemoryQualities(Qualities):
    rows: Rows

    def of(self, call_id: CallId) -> CallQuality:
        return self.rows.call_quality.get(call_id, CallQuality(call_id=call_id))

    def save(self, quality: CallQuality) -> CallQuality:
        version = next_version(self.rows.call_quality.get(quality.call_id), quality.version)
        if quality.call_id not in self.rows.calls:
            raise Dangling(f"call {quality.call_id}")
        evaluation_id = quality.evaluation_id
        if evaluation_id is not None and evaluation_id not in self.rows.evaluations:
            raise Dangling(f"evaluation {evaluation_id}")
        saved = attrs.evolve(quality, version=version)
        self.rows.call_quality[quality.call_id] = saved
        return saved
