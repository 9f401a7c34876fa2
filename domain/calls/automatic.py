"""The score that every call gets without a person.

    score = 0.3 x sentiment + 0.3 x compliance + 0.2 x accuracy + 0.2 x professionalism

Sentiment is the customer's, scaled to 0 to 1; compliance loses a tenth for each issue; accuracy
and professionalism are the share of their rules that were kept. What nothing is known of weighs
nothing; a call nobody wrote down has no score at all.
"""

from enum import Enum
from fractions import Fraction

import attrs

from domain.calls.answers import Answer, AnswerSource
from domain.calls.compliance import Issue, issues_in
from domain.calls.conduct import measured
from domain.calls.forms import NO, YES, Form, Item, ItemKind
from domain.calls.rules import Conversation, Measure, Rule, Standards, Verdict, share_kept
from domain.calls.sentiments import sentiment_of_customer
from domain.calls.thousandths import WHOLE, in_thousandths

SENTIMENT, COMPLIANCE, ACCURACY, PROFESSIONALISM = (Fraction(n, 10) for n in (3, 3, 2, 2))
OFF_FOR_EACH_ISSUE = Fraction(1, 10)
LOW_BELOW = 500
NEGATIVE_BELOW = -300

ACCURATE = (Rule.BOOKING_READ_BACK, Rule.SUMMARY_WRITTEN, Rule.DISPOSITION_SET)
PROFESSIONAL = (
    Rule.GREETING_IN_TIME,
    Rule.BOTH_TALK,
    Rule.NO_LONG_SILENCE,
    Rule.FEW_HOLDS,
    Rule.FEW_INTERRUPTIONS,
)


class Flag(Enum):
    NEGATIVE_SENTIMENT = "negative_sentiment"
    COMPLIANCE_ISSUES = "compliance_issues"
    LOW_OVERALL_SCORE = "low_overall_score"


@attrs.frozen(kw_only=True)
class Components:
    """Shares of the whole; None where nothing is known. Sentiment is scaled to 0 to 1."""

    sentiment: Fraction | None
    compliance: Fraction
    accuracy: Fraction | None
    professionalism: Fraction | None


@attrs.frozen(kw_only=True)
class Assessment:
    """What a program found; its score follows from nothing else.

    `heard` is whether there are any lines. `sentiment` is in thousandths.
    """

    heard: bool = False
    sentiment: int | None = None
    issues: tuple[Issue, ...] = ()
    measures: tuple[Measure, ...] = ()

    @property
    def components(self) -> Components:
        feeling = self.sentiment
        return Components(
            sentiment=None if feeling is None else Fraction(feeling + WHOLE, 2 * WHOLE),
            compliance=max(1 - OFF_FOR_EACH_ISSUE * len(self.issues), Fraction()),
            accuracy=self._kept(ACCURATE),
            professionalism=self._kept(PROFESSIONAL),
        )

    @property
    def score(self) -> int | None:
        """In thousandths."""
        if not self.heard:
            return None
        of = self.components
        parts = (
            (SENTIMENT, of.sentiment),
            (COMPLIANCE, of.compliance),
            (ACCURACY, of.accuracy),
            (PROFESSIONALISM, of.professionalism),
        )
        known = [(weight, part) for weight, part in parts if part is not None]
        total = sum((weight * part for weight, part in known), Fraction())
        return in_thousandths(total / sum(weight for weight, _ in known))

    @property
    def flags(self) -> tuple[Flag, ...]:
        score, feeling = self.score, self.sentiment
        raised = (
            (Flag.NEGATIVE_SENTIMENT, feeling is not None and feeling < NEGATIVE_BELOW),
            (Flag.COMPLIANCE_ISSUES, bool(self.issues)),
            (Flag.LOW_OVERALL_SCORE, score is not None and score < LOW_BELOW),
        )
        return tuple(flag for flag, is_raised in raised if is_raised)

    def _kept(self, rules: tuple[Rule, ...]) -> Fraction | None:
        kept, known = share_kept([one for one in self.measures if one.rule in rules])
        return Fraction(kept, known) if known else None


def assessed(of: Conversation, by: Standards) -> Assessment:
    return Assessment(
        heard=bool(of.utterances),
        sentiment=sentiment_of_customer(of.utterances),
        issues=issues_in(of.utterances, by.speech),
        measures=tuple(measured(rule, of, by) for rule in Rule),
    )


def answers_by_rule(form: Form, measures: tuple[Measure, ...]) -> tuple[Answer, ...]:
    """What the items of a form that name a rule are answered with; what is unknown, is not."""
    found = {measure.rule: measure for measure in measures}
    answers = (_answer(item, found[item.rule]) for item in form.items if item.rule in found)
    return tuple(answer for answer in answers if answer is not None)


def _answer(item: Item, measure: Measure) -> Answer | None:
    if measure.verdict is Verdict.NOT_APPLICABLE and item.may_not_apply:
        return Answer(item=item.key, not_applicable=True, source=AnswerSource.RULE)
    if measure.verdict not in (Verdict.KEPT, Verdict.BROKEN):
        return None
    numeric = item.kind is ItemKind.NUMERIC
    if numeric and measure.measured is None:
        return None
    said = YES if measure.verdict is Verdict.KEPT else NO
    return Answer(
        item=item.key,
        options=() if numeric else (said,),
        number=measure.measured if numeric else None,
        source=AnswerSource.RULE,
        evidence=measure.evidence,
    )
