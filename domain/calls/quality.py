"""What is held of the quality of a call: what a program found, and what people did."""

from datetime import datetime
from enum import Enum

import attrs

from domain.calls.automatic import Assessment
from domain.calls.bands import USUAL_BANDS, band_of
from domain.calls.call import Call
from domain.calls.evaluations import Evaluation
from domain.calls.quality_events import QaScoreUpdated, SentimentChanged
from domain.calls.sentiments import Label
from domain.kernel.identifiers import CallId, EvaluationId
from domain.kernel.personal import personal


class Listener(Enum):
    """Who felt for the lines and summed them up: a list of words, or a model."""

    LEXICON = "lexicon"
    MODEL = "model"


class ScoreSource(Enum):
    AUTOMATIC = "automatic"
    HUMAN = "human"


@attrs.frozen(kw_only=True)
class CallQuality:
    """The current score is that of the latest evaluation, or else what a program found.

    `fell_back` is why a list of words listened although a model is set up. `band` is in the words
    of the scorecard.
    """

    call_id: CallId
    assessment: Assessment = attrs.field(factory=Assessment)
    listener: Listener = Listener.LEXICON
    fell_back: str | None = None
    summary: str = attrs.field(
        default="", repr=False, metadata=personal("to know what a call was about")
    )
    evaluation_id: EvaluationId | None = None
    evaluated: int | None = None
    evaluated_band: str | None = None
    scored_at: datetime | None = None
    version: int = 0

    @property
    def source(self) -> ScoreSource:
        return ScoreSource.AUTOMATIC if self.evaluation_id is None else ScoreSource.HUMAN

    @property
    def score(self) -> int | None:
        """In thousandths."""
        return self.assessment.score if self.evaluation_id is None else self.evaluated

    @property
    def band(self) -> str | None:
        if self.evaluation_id is not None:
            return self.evaluated_band
        score = self.assessment.score
        return None if score is None else band_of(score, USUAL_BANDS)

    def found(
        self,
        assessment: Assessment,
        *,
        listener: Listener,
        fell_back: str | None,
        summary: str,
        now: datetime,
    ) -> "CallQuality":
        """By a program; finding the same again changes nothing."""
        new = attrs.evolve(
            self, assessment=assessment, listener=listener, fell_back=fell_back, summary=summary
        )
        return self if new == self else attrs.evolve(new, scored_at=now)

    def evaluated_by(self, evaluation: Evaluation, *, now: datetime) -> "CallQuality":
        """By people, from now on; what a program finds later does not change that."""
        result = evaluation.result
        return attrs.evolve(
            self,
            evaluation_id=evaluation.id,
            evaluated=None if result is None else result.score,
            evaluated_band=None if result is None else result.band,
            scored_at=now,
        )


def rated(call: Call, quality: CallQuality, *, now: datetime) -> Call:
    """The call shows what is held of it, in lists and to whoever listens."""
    feeling = quality.assessment.sentiment
    said = {
        "agent_id": None if call.handler is None else call.handler.agent_id,
        "score": quality.score,
        "before": call.qa_milli,
        "band": quality.band,
        "source": quality.source.value,
        "sentiment": feeling,
        "label": None if feeling is None else Label.of(feeling).value,
        "flags": tuple(flag.value for flag in quality.assessment.flags),
        "issues": tuple(issue.kind.value for issue in quality.assessment.issues),
    }
    return call.told(
        QaScoreUpdated, said, now=now, qa_milli=quality.score, sentiment_milli=feeling
    )


def mood_of(call: Call, quality: CallQuality, *, now: datetime) -> tuple[SentimentChanged, ...]:
    """Told if the customer sounds different from what is known of the call."""
    feeling = quality.assessment.sentiment
    if feeling == call.sentiment_milli:
        return ()
    label = None if feeling is None else Label.of(feeling).value
    changed = SentimentChanged(call_id=call.id, sentiment=feeling, label=label, occurred_at=now)
    return (changed,)
