"""Figures about calls: each has one definition, wherever it is shown.

Definitions of service level, abandonment, ASA and AHT are those of contact centres at large
(Amazon Connect, Asterisk); where they differ, each variant has a name of its own.
"""

from collections.abc import Callable

from domain.analytics.call_totals import CallTotals
from domain.analytics.correlation import Pairs
from domain.analytics.figures import (
    Figure,
    Unit,
    Value,
    mean_of_thousandths,
    mean_seconds,
    share,
)

CallFigure = Figure[CallTotals]
Of = Callable[[CallTotals], Value | None]

CALLS = "calls that were not deleted"
WAITS = "when calls from outside were queued, rang, were answered and ended"
PARTS = "when calls were answered, held, ended and written up"
SCORES = "the current score of each call: its latest evaluation, or else what a program found"
SENTIMENTS = "the mean sentiment of what the customer said in each call"


def _figure(unit: Unit, source: str, name: str, formula: str, of: Of) -> CallFigure:
    return Figure(name=name, unit=unit, source=source, formula=formula, of=of)


def _number(source: str, name: str, formula: str, of: Of) -> CallFigure:
    return _figure(Unit.CALLS, source, name, formula, of)


VOLUME = (
    _number(CALLS, "calls", "calls", lambda t: t.calls),
    _number(CALLS, "inbound", "calls from outside", lambda t: t.inbound),
    _number(CALLS, "outbound", "calls to the outside", lambda t: t.outbound),
    _number(
        CALLS,
        "active",
        "calls that are queued, ring, go on or are written up",
        lambda t: t.active,
    ),
    _number(CALLS, "completed", "calls that were answered and are over", lambda t: t.completed),
    _number(CALLS, "failed", "busy, no answer, rejected, failed or cancelled", lambda t: t.failed),
    _number(CALLS, "escalated", "calls with at least one escalation", lambda t: t.escalated),
    _figure(
        Unit.SHARE,
        CALLS,
        "escalation_rate",
        "escalated / calls",
        lambda t: share(t.escalated, t.calls),
    ),
)

WAITING = (
    _number(WAITS, "offered", "inbound calls queued, ringing or answered", lambda t: t.offered),
    _number(WAITS, "answered", "offered calls that were answered", lambda t: t.answered),
    _number(WAITS, "abandoned", "offered calls that ended unanswered", lambda t: t.abandoned),
    _figure(
        Unit.SHARE,
        WAITS,
        "abandonment_rate",
        "abandoned / offered",
        lambda t: share(t.abandoned, t.offered),
    ),
    _figure(
        Unit.SHARE,
        WAITS,
        "abandonment_rate_exclude_short",
        "(abandoned - abandoned within the short-abandon threshold) / "
        "(offered - abandoned within the short-abandon threshold)",
        lambda t: share(t.abandoned - t.abandoned_soon, t.offered - t.abandoned_soon),
    ),
    _figure(
        Unit.SHARE,
        WAITS,
        "service_level_all",
        "answered within the threshold / offered",
        lambda t: share(t.answered_in_time, t.offered),
    ),
    _figure(
        Unit.SHARE,
        WAITS,
        "service_level_exclude_short",
        "answered within the threshold / (offered - abandoned within the short-abandon threshold)",
        lambda t: share(t.answered_in_time, t.offered - t.abandoned_soon),
    ),
    _figure(
        Unit.SHARE,
        WAITS,
        "service_level_answered_only",
        "answered within the threshold / answered",
        lambda t: share(t.answered_in_time, t.answered),
    ),
    _figure(
        Unit.SECONDS,
        WAITS,
        "average_speed_of_answer",
        "sum of the waits of answered calls / answered",
        lambda t: mean_seconds(t.waited_ms, t.answered),
    ),
)

HANDLING = (
    _number(PARTS, "handled", "answered calls whose line is down", lambda t: t.handled),
    _figure(
        Unit.SECONDS,
        PARTS,
        "average_duration",
        "(talk + hold) / handled",
        lambda t: mean_seconds(t.talked_ms + t.held_ms, t.handled),
    ),
    _figure(
        Unit.SECONDS,
        PARTS,
        "average_talk_time",
        "talk / handled",
        lambda t: mean_seconds(t.talked_ms, t.handled),
    ),
    _figure(
        Unit.SECONDS,
        PARTS,
        "average_hold_time",
        "hold / handled",
        lambda t: mean_seconds(t.held_ms, t.handled),
    ),
    _figure(
        Unit.SECONDS,
        PARTS,
        "average_wrap_up_time",
        "wrap-up / handled",
        lambda t: mean_seconds(t.wrapped_ms, t.handled),
    ),
    _figure(
        Unit.SECONDS,
        PARTS,
        "average_handle_time",
        "(talk + hold + wrap-up) / handled",
        lambda t: mean_seconds(t.talked_ms + t.held_ms + t.wrapped_ms, t.handled),
    ),
)

QUALITY = (
    _number(SCORES, "scored", "calls with a current score", lambda t: t.scored),
    _figure(
        Unit.SCORE,
        SCORES,
        "average_score",
        "sum of current scores / scored",
        lambda t: mean_of_thousandths(t.scores, t.scored),
    ),
    _number(SCORES, "excellent", "scored 0.8 or better", lambda t: t.excellent),
    _number(SCORES, "good", "scored 0.6 up to below 0.8", lambda t: t.good),
    _number(SCORES, "fair", "scored 0.4 up to below 0.6", lambda t: t.fair),
    _number(SCORES, "poor", "scored below 0.4", lambda t: t.poor),
    _figure(
        Unit.SCORE,
        "what a program found in transcripts",
        "average_compliance",
        "sum of compliance / calls of which it is known",
        lambda t: mean_of_thousandths(t.compliances, t.compliance_known),
    ),
    _figure(
        Unit.SCORE,
        "what a program found in transcripts",
        "average_accuracy",
        "sum of accuracy / calls of which it is known",
        lambda t: mean_of_thousandths(t.accuracies, t.accuracy_known),
    ),
    _figure(
        Unit.SCORE,
        "what a program found in transcripts",
        "average_professionalism",
        "sum of professionalism / calls of which it is known",
        lambda t: mean_of_thousandths(t.professionalisms, t.professionalism_known),
    ),
)

SENTIMENT = (
    _number(
        SENTIMENTS, "judged", "calls whose sentiment is known, 0 included", lambda t: t.judged
    ),
    _figure(
        Unit.SENTIMENT,
        SENTIMENTS,
        "average_sentiment",
        "sum of sentiments / judged",
        lambda t: mean_of_thousandths(t.sentiments, t.judged),
    ),
    _number(SENTIMENTS, "positive", "sentiment above 0.1", lambda t: t.positive),
    _number(SENTIMENTS, "neutral", "sentiment from -0.1 to 0.1", lambda t: t.neutral),
    _number(SENTIMENTS, "negative", "sentiment below -0.1", lambda t: t.negative),
    _figure(
        Unit.CORRELATION,
        SENTIMENTS,
        "sentiment_with_score",
        "Pearson's r of sentiment and score, over calls that have both",
        lambda t: (
            Pairs(
                number=t.compared,
                ones=t.compared_sentiments,
                one_squares=t.compared_sentiment_squares,
                others=t.compared_scores,
                other_squares=t.compared_score_squares,
                products=t.compared_products,
            ).correlation
        ),
    ),
    _figure(
        Unit.CORRELATION,
        SENTIMENTS,
        "sentiment_with_escalation",
        "Pearson's r of sentiment and whether the call was escalated (1) or not (0), over judged",
        lambda t: (
            Pairs(
                number=t.judged,
                ones=t.sentiments,
                one_squares=t.sentiment_squares,
                others=t.judged_escalated,
                other_squares=t.judged_escalated,
                products=t.escalated_sentiments,
            ).correlation
        ),
    ),
)

CALL_FIGURES = (*VOLUME, *WAITING, *HANDLING, *QUALITY, *SENTIMENT)
