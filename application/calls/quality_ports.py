"""What judging calls needs from storage."""

from collections.abc import Sequence
from typing import Protocol

import attrs

from application.calls.ports import CallWork
from application.kernel.pages import Page, Slice
from domain.calls.evaluations import Evaluation
from domain.calls.quality import CallQuality
from domain.calls.rules import Conversation
from domain.calls.sampling import Candidate
from domain.calls.scorecards import Edition, Scorecard
from domain.calls.utterances import Speaker, Utterance
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, CallId, EvaluationId, ScorecardId
from domain.kernel.periods import Period


class Scorecards(Protocol):
    """Editions are written once, and never again."""

    def get(self, scorecard_id: ScorecardId) -> Scorecard:
        """Raises ScorecardNotFound."""
        ...

    def edition(self, scorecard_id: ScorecardId, number: int) -> Edition:
        """Raises EditionNotFound."""
        ...

    def save(self, scorecard: Scorecard) -> Scorecard:
        """Stores it and its latest edition, publishes its events; with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...


class Evaluations(Protocol):
    def get(self, evaluation_id: EvaluationId) -> Evaluation:
        """Raises EvaluationNotFound."""
        ...

    def save(self, evaluation: Evaluation) -> Evaluation:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...


class Qualities(Protocol):
    """At most one for a call: the storage itself keeps that."""

    def of(self, call_id: CallId) -> CallQuality:
        """Version 0 if nothing is held yet."""
        ...

    def save(self, quality: CallQuality) -> CallQuality:
        """With its next version. Raises Stale if it changed meanwhile, or there is one by now."""
        ...


class Lines(Protocol):
    """Transcripts: lines are added, and never changed."""

    def last(self, call_id: CallId) -> int:
        """The number of the last line; 0 if there is none."""
        ...

    def between(self, call_id: CallId, *, first: int, last: int) -> Sequence[Utterance]:
        """Those of the numbers from `first` to `last`, in their order."""
        ...

    def add(self, call_id: CallId, lines: Sequence[Utterance]) -> None:
        """Raises Stale, at the latest when the unit of work ends, if there is one of a number."""
        ...


class QualityWork(CallWork, Protocol):
    """All that one transaction about the quality of calls may touch."""

    @property
    def lines(self) -> Lines: ...

    @property
    def scorecards(self) -> Scorecards: ...

    @property
    def evaluations(self) -> Evaluations: ...

    @property
    def qualities(self) -> Qualities: ...


class Conversations(Protocol):
    async def of(self, actor: Actor, call_id: CallId) -> Conversation | None:
        """As it is known now; None if there is no such call."""
        ...


@attrs.frozen(kw_only=True)
class JudgedAlike:
    """What two reviewers answered to the same item of the same call."""

    item: str
    one: str
    other: str


class QualityViews(Protocol):
    async def lines(
        self, actor: Actor, call_id: CallId, speaker: Speaker | None, *, slice: Slice
    ) -> Page[Utterance]:
        """In their order. Raises CallNotFound."""
        ...

    async def quality(self, actor: Actor, call_id: CallId) -> CallQuality:
        """Raises CallNotFound."""
        ...

    async def scorecard(self, actor: Actor, scorecard_id: ScorecardId) -> Scorecard:
        """Raises ScorecardNotFound."""
        ...

    async def scorecards(self, actor: Actor, *, slice: Slice) -> Page[Scorecard]:
        """By title."""
        ...

    async def edition(self, actor: Actor, scorecard_id: ScorecardId, number: int) -> Edition:
        """Raises EditionNotFound."""
        ...

    async def evaluation(self, actor: Actor, evaluation_id: EvaluationId) -> Evaluation:
        """Raises EvaluationNotFound."""
        ...

    async def evaluations(
        self, actor: Actor, call_id: CallId, *, slice: Slice
    ) -> Page[Evaluation]:
        """Oldest first. Raises CallNotFound."""
        ...

    async def candidates(
        self, actor: Actor, period: Period, scorecard_id: ScorecardId
    ) -> Sequence[Candidate]:
        """Calls that began in the period and that nobody evaluated by this scorecard yet."""
        ...

    async def judged_by_both(
        self, actor: Actor, scorecard_id: ScorecardId, one: ActorId, other: ActorId
    ) -> Sequence[JudgedAlike]:
        """By the same edition, of what both have submitted."""
        ...
