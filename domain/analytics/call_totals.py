"""What is counted of calls: whole numbers that may be added up, so that parts make the whole."""

from collections.abc import Iterable
from operator import attrgetter

import attrs


@attrs.frozen(kw_only=True)
class CallTotals:
    """Of some calls: those of an interval, of an agent, of a template.

    Times are in milliseconds, scores and sentiments in thousandths; a sum is of those calls that
    have such a value, and stands beside how many they are.

    `offered` are calls from outside that came as far as a queue, a ringing telephone or somebody
    who answered; `abandoned` are those of them that ended without an answer, `abandoned_soon`
    before the threshold of a short abandon; `answered_in_time` within the threshold of the
    service level. `waited_ms` is what the answered ones of them waited. `handled` had somebody
    talk with them, whoever rang whom. `compared` have both a score and a sentiment.
    """

    calls: int = 0
    inbound: int = 0
    outbound: int = 0
    active: int = 0
    completed: int = 0
    failed: int = 0
    escalated: int = 0

    offered: int = 0
    answered: int = 0
    answered_in_time: int = 0
    abandoned: int = 0
    abandoned_soon: int = 0
    waited_ms: int = 0

    handled: int = 0
    talked_ms: int = 0
    held_ms: int = 0
    wrapped_ms: int = 0

    scored: int = 0
    scores: int = 0
    excellent: int = 0
    good: int = 0
    fair: int = 0
    poor: int = 0

    compliance_known: int = 0
    compliances: int = 0
    accuracy_known: int = 0
    accuracies: int = 0
    professionalism_known: int = 0
    professionalisms: int = 0

    judged: int = 0
    sentiments: int = 0
    sentiment_squares: int = 0
    positive: int = 0
    neutral: int = 0
    negative: int = 0
    judged_escalated: int = 0
    escalated_sentiments: int = 0

    compared: int = 0
    compared_scores: int = 0
    compared_score_squares: int = 0
    compared_sentiments: int = 0
    compared_sentiment_squares: int = 0
    compared_products: int = 0

    def __add__(self, other: "CallTotals") -> "CallTotals":
        return total((self, other))


COUNTED = tuple(field.name for field in attrs.fields(CallTotals))
_numbers = attrgetter(*COUNTED)


def total(parts: Iterable[CallTotals]) -> CallTotals:
    """Number by number: parts may be the hours of years."""
    sums = map(sum, zip(*map(_numbers, parts), strict=True))
    return CallTotals(**dict(zip(COUNTED, sums, strict=False)))
