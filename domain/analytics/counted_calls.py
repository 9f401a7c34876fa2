"""One call as it is counted."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import attrs

from domain.kernel.identifiers import CallId

ACTIVE = frozenset({"queued", "ringing", "in_progress", "wrapping"})
FAILED = frozenset({"busy", "no_answer", "rejected", "failed", "cancelled"})
COMPLETED = "completed"
EXCELLENT, GOOD, FAIR = 800, 600, 400
POSITIVE_ABOVE, NEGATIVE_BELOW = 100, -100
MILLISECOND = timedelta(milliseconds=1)


@attrs.frozen(kw_only=True)
class Thresholds:
    """`answer_within` is that of the service level; who hangs up within `short_abandon` did not
    mean to call."""

    answer_within: timedelta = timedelta(seconds=20)
    short_abandon: timedelta = timedelta(seconds=5)


USUAL = Thresholds()


@attrs.frozen(kw_only=True)
class CountedCall:
    """`asked_at` is when somebody outside asked for us: was queued, rang or, failing those, was
    answered. `waited_ms` is from then to the answer, `stayed_ms` to the end without one.

    Scores and sentiments are in thousandths; None is what is not known, or has not ended yet.
    """

    id: CallId
    started_at: datetime
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    inbound: bool
    status: str
    escalated: bool
    handler_id: UUID | None = None
    agent_id: UUID | None = None
    bot: str | None = None
    template: str | None = None
    queue_id: UUID | None = None
    disposition_id: UUID | None = None
    waited_ms: int | None = None
    stayed_ms: int | None = None
    talked_ms: int | None = None
    held_ms: int | None = None
    wrapped_ms: int | None = None
    score: int | None = None
    sentiment: int | None = None
    compliance: int | None = None
    accuracy: int | None = None
    professionalism: int | None = None
    issues: tuple[str, ...] = ()

    def counted(self, thresholds: Thresholds = USUAL) -> Mapping[str, int]:
        """What it adds to the totals, without zeros."""
        counts = {
            **self._as_volume(),
            **self._as_asked(thresholds),
            **self._as_handled(),
            **self._as_scored(),
            **self._as_judged(),
            **self._as_compared(),
        }
        return {name: number for name, number in counts.items() if number}

    def _as_volume(self) -> dict[str, int]:
        return {
            "calls": 1,
            "inbound": int(self.inbound),
            "outbound": int(not self.inbound),
            "active": int(self.status in ACTIVE),
            "completed": int(self.status == COMPLETED),
            "failed": int(self.status in FAILED),
            "escalated": int(self.escalated),
        }

    def _as_asked(self, thresholds: Thresholds) -> dict[str, int]:
        if self.asked_at is None:
            return {}
        within = thresholds.answer_within // MILLISECOND
        soon = thresholds.short_abandon // MILLISECOND
        return {
            "offered": 1,
            "answered": int(self.waited_ms is not None),
            "answered_in_time": int(self.waited_ms is not None and self.waited_ms <= within),
            "waited_ms": self.waited_ms or 0,
            "abandoned": int(self.stayed_ms is not None),
            "abandoned_soon": int(self.stayed_ms is not None and self.stayed_ms <= soon),
        }

    def _as_handled(self) -> dict[str, int]:
        if self.talked_ms is None:
            return {}
        return {
            "handled": 1,
            "talked_ms": self.talked_ms,
            "held_ms": self.held_ms or 0,
            "wrapped_ms": self.wrapped_ms or 0,
        }

    def _as_scored(self) -> dict[str, int]:
        counts = {}
        if self.score is not None:
            counts = {"scored": 1, "scores": self.score, band(self.score): 1}
        parts = {
            ("compliance_known", "compliances"): self.compliance,
            ("accuracy_known", "accuracies"): self.accuracy,
            ("professionalism_known", "professionalisms"): self.professionalism,
        }
        for (known, summed), value in parts.items():
            if value is not None:
                counts |= {known: 1, summed: value}
        return counts

    def _as_judged(self) -> dict[str, int]:
        if self.sentiment is None:
            return {}
        return {
            "judged": 1,
            "sentiments": self.sentiment,
            "sentiment_squares": self.sentiment**2,
            mood(self.sentiment): 1,
            "judged_escalated": int(self.escalated),
            "escalated_sentiments": self.sentiment * self.escalated,
        }

    def _as_compared(self) -> dict[str, int]:
        if self.sentiment is None or self.score is None:
            return {}
        return {
            "compared": 1,
            "compared_scores": self.score,
            "compared_score_squares": self.score**2,
            "compared_sentiments": self.sentiment,
            "compared_sentiment_squares": self.sentiment**2,
            "compared_products": self.score * self.sentiment,
        }


def band(score: int) -> str:
    """Of a score in thousandths: from its lower end up to the next, so that none is without."""
    if score >= EXCELLENT:
        return "excellent"
    if score >= GOOD:
        return "good"
    return "fair" if score >= FAIR else "poor"


def mood(sentiment: int) -> str:
    if sentiment > POSITIVE_ABOVE:
        return "positive"
    return "negative" if sentiment < NEGATIVE_BELOW else "neutral"
