"""What is counted of calls, as sums over their rows: the same that a counted call adds."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, case, cast, func, true

from adapters.schema.call_figures import call_figures
from domain.analytics.call_totals import COUNTED
from domain.analytics.counted_calls import (
    ACTIVE,
    COMPLETED,
    EXCELLENT,
    FAILED,
    FAIR,
    GOOD,
    MILLISECOND,
    NEGATIVE_BELOW,
    POSITIVE_ABOVE,
    USUAL,
    Thresholds,
)

Sum = ColumnElement[int]
Condition = ColumnElement[bool]
row = call_figures.c


def measures(thresholds: Thresholds = USUAL) -> Mapping[str, Sum]:
    """By name, each a whole number and never null."""
    numbers = {name: _how_many(which) for name, which in conditions(thresholds).items()}
    found = {**numbers, **_sums()}
    return {name: found[name] for name in COUNTED}


def conditions(thresholds: Thresholds = USUAL) -> Mapping[str, Condition]:
    """Which calls each number counts."""
    within = thresholds.answer_within // MILLISECOND
    soon = thresholds.short_abandon // MILLISECOND
    score, feeling, escalated = row.score, row.sentiment, row.escalated.is_(True)
    return {
        "calls": true(),
        "inbound": row.inbound.is_(True),
        "outbound": row.inbound.is_(False),
        "active": row.status.in_(sorted(ACTIVE)),
        "completed": row.status == COMPLETED,
        "failed": row.status.in_(sorted(FAILED)),
        "escalated": escalated,
        "offered": row.asked_at.is_not(None),
        "answered": row.waited_ms.is_not(None),
        "answered_in_time": row.waited_ms <= within,
        "abandoned": row.stayed_ms.is_not(None),
        "abandoned_soon": row.stayed_ms <= soon,
        "handled": row.talked_ms.is_not(None),
        "scored": score.is_not(None),
        "excellent": score >= EXCELLENT,
        "good": and_(score >= GOOD, score < EXCELLENT),
        "fair": and_(score >= FAIR, score < GOOD),
        "poor": score < FAIR,
        "compliance_known": row.compliance.is_not(None),
        "accuracy_known": row.accuracy.is_not(None),
        "professionalism_known": row.professionalism.is_not(None),
        "judged": feeling.is_not(None),
        "positive": feeling > POSITIVE_ABOVE,
        "neutral": feeling.between(NEGATIVE_BELOW, POSITIVE_ABOVE),
        "negative": feeling < NEGATIVE_BELOW,
        "judged_escalated": and_(feeling.is_not(None), escalated),
        "compared": and_(score.is_not(None), feeling.is_not(None)),
    }


def _sums() -> Mapping[str, Sum]:
    score, feeling = row.score, row.sentiment
    handled = row.talked_ms.is_not(None)
    both = and_(score.is_not(None), feeling.is_not(None))
    return {
        "waited_ms": _sum(row.waited_ms),
        "talked_ms": _sum(row.talked_ms),
        "held_ms": _sum(case((handled, row.held_ms))),
        "wrapped_ms": _sum(case((handled, row.wrapped_ms))),
        "scores": _sum(score),
        "compliances": _sum(row.compliance),
        "accuracies": _sum(row.accuracy),
        "professionalisms": _sum(row.professionalism),
        "sentiments": _sum(feeling),
        "sentiment_squares": _sum(feeling * feeling),
        "escalated_sentiments": _sum(case((row.escalated.is_(True), feeling))),
        "compared_scores": _sum(case((both, score))),
        "compared_score_squares": _sum(case((both, score * score))),
        "compared_sentiments": _sum(case((both, feeling))),
        "compared_sentiment_squares": _sum(case((both, feeling * feeling))),
        "compared_products": _sum(case((both, score * feeling))),
    }


def _how_many(condition: Condition) -> Sum:
    return func.count(case((condition, 1)))


def _sum(value: ColumnElement[Any]) -> Sum:
    # Sums of such numbers are decimals to PostgreSQL.
    return cast(func.coalesce(func.sum(value), 0), BigInteger)
