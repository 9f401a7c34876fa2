"""What other features may know about the quality of calls. Nothing that was said is in them."""

from typing import ClassVar
from uuid import UUID, uuid5

import attrs

from domain.calls.events import CallEvent
from domain.kernel.events import Event
from domain.kernel.identifiers import AgentId, CallId, EvaluationId, ScorecardId


# Not the call's own subject: its facts count its versions.
def sentiment_of(call_id: CallId) -> UUID:
    return uuid5(call_id, "sentiment")


def transcript_of(call_id: CallId) -> UUID:
    return uuid5(call_id, "transcript")


@attrs.frozen(kw_only=True)
class ScorecardEvent(Event):
    scorecard_id: ScorecardId

    @property
    def subject(self) -> UUID:
        return self.scorecard_id


@attrs.frozen(kw_only=True)
class ScorecardAdded(ScorecardEvent):
    name: ClassVar[str] = "scorecard_added"
    title: str


@attrs.frozen(kw_only=True)
class ScorecardChanged(ScorecardEvent):
    """Its draft did: evaluations go by what is active."""

    name: ClassVar[str] = "scorecard_changed"


@attrs.frozen(kw_only=True)
class ScorecardActivated(ScorecardEvent):
    """From now on calls are evaluated by this edition, which never changes."""

    name: ClassVar[str] = "scorecard_activated"
    edition: int


@attrs.frozen(kw_only=True)
class ScorecardRetired(ScorecardEvent):
    name: ClassVar[str] = "scorecard_retired"


@attrs.frozen(kw_only=True)
class EvaluationEvent(Event):
    evaluation_id: EvaluationId
    call_id: CallId

    @property
    def subject(self) -> UUID:
        return self.evaluation_id


@attrs.frozen(kw_only=True)
class EvaluationStarted(EvaluationEvent):
    name: ClassVar[str] = "evaluation_started"


@attrs.frozen(kw_only=True)
class EvaluationSaved(EvaluationEvent):
    name: ClassVar[str] = "evaluation_saved"


@attrs.frozen(kw_only=True)
class EvaluationSubmitted(EvaluationEvent):
    name: ClassVar[str] = "evaluation_submitted"
    outcome: str
    score: int | None


@attrs.frozen(kw_only=True)
class EvaluationDisputed(EvaluationEvent):
    name: ClassVar[str] = "evaluation_disputed"


@attrs.frozen(kw_only=True)
class EvaluationTakenUp(EvaluationEvent):
    name: ClassVar[str] = "evaluation_taken_up"


@attrs.frozen(kw_only=True)
class EvaluationSettled(EvaluationEvent):
    name: ClassVar[str] = "evaluation_settled"
    outcome: str
    score: int | None


@attrs.frozen(kw_only=True)
class QaScoreUpdated(CallEvent):
    """What is held of a call; `before` is the score that this one takes the place of.

    Scores and sentiments are in thousandths.
    """

    LOW_BELOW: ClassVar[int] = 600

    name: ClassVar[str] = "qa_score_updated"
    agent_id: AgentId | None
    score: int | None
    before: int | None
    band: str | None
    source: str
    sentiment: int | None
    label: str | None
    flags: tuple[str, ...]
    issues: tuple[str, ...]


@attrs.frozen(kw_only=True)
class SentimentChanged(Event):
    """A fact beside the call: it changes nothing in it, and is told of its own accord."""

    name: ClassVar[str] = "sentiment_changed"
    call_id: CallId
    sentiment: int | None
    label: str | None

    @property
    def subject(self) -> UUID:
        return sentiment_of(self.call_id)


@attrs.frozen(kw_only=True)
class CallLinesAdded(Event):
    """To the transcript, up to the line `last`; what was said is read with the call."""

    name: ClassVar[str] = "call_lines_added"
    call_id: CallId
    first: int
    last: int

    @property
    def subject(self) -> UUID:
        return transcript_of(self.call_id)
