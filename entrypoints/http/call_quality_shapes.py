"""What was said in calls, and how good they were, in JSON."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from domain.calls.compliance import Issue
from domain.calls.quality import CallQuality
from domain.calls.rules import Measure
from domain.calls.sentiments import Label
from domain.calls.thousandths import in_thousandths
from domain.calls.transcript import Said
from domain.calls.utterances import Speaker, Utterance
from entrypoints.http.evaluation_shapes import SpanInput
from entrypoints.http.paging import LARGEST_PAGE, Next, PageQuery
from entrypoints.http.quality_numbers import Score, Sentiment, share, thousandths
from entrypoints.http.refusals import TEXT, TEXT_OR_NOTHING
from entrypoints.http.scorecard_shapes import RuleName
from entrypoints.http.shapes import Identifier, Input, Moment, Name, Output, sensible

MOST_AT_ONCE = 200

SpeakerName = Literal["customer", "agent", "bot"]
LabelName = Literal["positive", "neutral", "negative"]
Text = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]+$(?!\n)",
        min_length=1,
        max_length=4000,
        examples=["A room for two nights, please"],
    ),
]
AudioUrl = Annotated[
    str,
    Meta(
        pattern=r'^https://[^\s\x00-\x1f\x7f"<>\\]+$(?!\n)',
        max_length=500,
        examples=["https://recordings.example.com/1.mp3"],
    ),
]
LineNumber = Annotated[int, Meta(ge=1, le=10_000, examples=[1])]
HELLO = {"speaker": "agent", "text": "Hello", "begins_at": "2027-03-04T09:00:03Z"}


class LineInput(Input, frozen=True):
    """Without a sentiment it is found by a list of words."""

    speaker: SpeakerName
    text: Text
    begins_at: Moment
    ends_at: Moment | None = None
    audio_url: AudioUrl | None = None
    sentiment: Sentiment | None = None

    def said(self) -> Said:
        """Raises FarOff."""
        begins_at = sensible(self.begins_at)
        assert begins_at is not None  # noqa: S101  (nor is what it was)
        return Said(
            speaker=Speaker(self.speaker),
            text=self.text,
            audio_url=self.audio_url,
            begins_at=begins_at,
            ends_at=sensible(self.ends_at),
            sentiment=None if self.sentiment is None else thousandths(self.sentiment),
        )


class LinesInput(Input, frozen=True):
    """In the order they were said in."""

    lines: Annotated[tuple[LineInput, ...], Meta(min_length=1, max_length=MOST_AT_ONCE)]


class LineBody(Output, frozen=True):
    """`sentiment_by` is who felt for it: whoever wrote the line down, or a list of words."""

    line: LineNumber
    speaker: SpeakerName
    text: Annotated[str, Meta(pattern=TEXT, max_length=4100)]
    audio_url: AudioUrl | None
    begins_at: Moment
    ends_at: Moment | None
    sentiment: Sentiment | None
    sentiment_label: LabelName | None
    sentiment_by: Literal["given", "lexicon"]

    @classmethod
    def of(cls, one: Utterance) -> "LineBody":
        return cls(
            line=one.line,
            speaker=one.speaker.value,
            text=one.text,
            audio_url=one.audio_url,
            begins_at=one.begins_at,
            ends_at=one.ends_at,
            sentiment=share(one.sentiment),
            sentiment_label=_label(one.sentiment),
            sentiment_by=one.felt_by.value,
        )


class LinesBody(Output, frozen=True):
    call_id: Identifier
    lines: Annotated[Sequence[LineBody], Meta(max_length=MOST_AT_ONCE)]

    @classmethod
    def of(cls, call_id: UUID, lines: Sequence[Utterance]) -> "LinesBody":
        return cls(call_id=call_id, lines=[LineBody.of(one) for one in lines])


class LineQuery(PageQuery, frozen=True):
    speaker: SpeakerName | None = None


class LinePage(Output, frozen=True):
    items: Annotated[Sequence[LineBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class ComponentsBody(Output, frozen=True):
    """What the automatic score is made of; null is unknown, and weighs nothing."""

    sentiment: Score | None
    compliance: Score
    accuracy: Score | None
    professionalism: Score | None


class IssueBody(Output, frozen=True):
    kind: Literal[
        "card_number", "social_security_number", "prohibited_phrase", "missing_disclosure"
    ]
    phrase: Annotated[str, Meta(pattern=TEXT, max_length=200)] | None
    evidence: SpanInput | None

    @classmethod
    def of(cls, issue: Issue) -> "IssueBody":
        span = None if issue.span is None else SpanInput.of(issue.span)
        return cls(kind=issue.kind.value, phrase=issue.phrase, evidence=span)


class MeasureBody(Output, frozen=True):
    rule: RuleName
    verdict: Literal["kept", "broken", "unknown", "not_applicable"]
    measured: Annotated[int, Meta(ge=0, le=10**9)] | None
    evidence: Annotated[tuple[SpanInput, ...], Meta(max_length=10_000)]

    @classmethod
    def of(cls, measure: Measure) -> "MeasureBody":
        return cls(
            rule=measure.rule.value,
            verdict=measure.verdict.value,
            measured=measure.measured,
            evidence=tuple(SpanInput.of(one) for one in measure.evidence),
        )


class ImpressionBody(Output, frozen=True):
    """`source` is who listened; `fell_back` why it was not the model, if there is one."""

    source: Literal["lexicon", "model"]
    fell_back: Annotated[str, Meta(pattern="^[a-z_]+$", max_length=32)] | None
    sentiment: Sentiment | None
    label: LabelName | None
    summary: Annotated[str, Meta(pattern=TEXT_OR_NOTHING, max_length=4000)]


class QualityBody(Output, frozen=True):
    """`score` is the current one: of the latest evaluation, or else the automatic one."""

    call_id: Identifier
    score: Score | None
    band: Name | None
    source: Literal["automatic", "human"]
    evaluation_id: Identifier | None
    automatic_score: Score | None
    components: ComponentsBody | None
    flags: Annotated[
        tuple[Literal["negative_sentiment", "compliance_issues", "low_overall_score"], ...],
        Meta(max_length=3),
    ]
    issues: Annotated[tuple[IssueBody, ...], Meta(max_length=100_000)]
    rules: Annotated[tuple[MeasureBody, ...], Meta(max_length=100)]
    impression: ImpressionBody
    scored_at: Moment | None

    @classmethod
    def of(cls, quality: CallQuality) -> "QualityBody":
        found = quality.assessment
        return cls(
            call_id=quality.call_id,
            score=share(quality.score),
            band=quality.band,
            source=quality.source.value,
            evaluation_id=quality.evaluation_id,
            automatic_score=share(found.score),
            components=_components(quality),
            flags=tuple(flag.value for flag in found.flags),
            issues=tuple(IssueBody.of(one) for one in found.issues),
            rules=tuple(MeasureBody.of(one) for one in found.measures),
            impression=ImpressionBody(
                source=quality.listener.value,
                fell_back=quality.fell_back,
                sentiment=share(found.sentiment),
                label=_label(found.sentiment),
                summary=quality.summary,
            ),
            scored_at=quality.scored_at,
        )


def _components(quality: CallQuality) -> ComponentsBody | None:
    if not quality.assessment.heard:
        return None
    of = quality.assessment.components
    return ComponentsBody(
        sentiment=_shown(of.sentiment),
        compliance=in_thousandths(of.compliance) / 1000,
        accuracy=_shown(of.accuracy),
        professionalism=_shown(of.professionalism),
    )


def _shown(part: Fraction | None) -> float | None:
    return None if part is None else share(in_thousandths(part))


def _label(sentiment: int | None) -> LabelName | None:
    return None if sentiment is None else Label.of(sentiment).value
