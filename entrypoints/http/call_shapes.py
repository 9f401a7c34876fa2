"""Calls in JSON."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated

from msgspec import Meta

from domain.calls.call import Call, Direction
from domain.calls.durations import Durations
from domain.calls.ending import AtFault, EndReason, Party
from domain.calls.facts import Heard
from domain.calls.interventions import MOST_INTERVENTIONS
from domain.calls.legs import Leg
from domain.calls.status import CallStatus
from domain.calls.yeses import MOST_YESES, Agreed, Yes
from entrypoints.http.intervention_shapes import InterventionBody
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import (
    ONE_LINE,
    Identifier,
    Moment,
    Output,
    PhoneNumber,
    Version,
)

LONGEST_DAY = 10**7
MOST_LEGS = 1000
LONGEST_NOTE = 2000

Template = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        max_length=100,
        description="What kind of call it is, in words of yours.",
        examples=["sales"],
    ),
]
Department = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        max_length=60,
        description="For which department the number rings at which it came in.",
        examples=["billing"],
    ),
]
Bot = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        max_length=100,
        description="Which machine talks; null for a person.",
        examples=["ada"],
    ),
]
Metadata = Annotated[
    Mapping[
        Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{1,40}$(?!\n)", max_length=40)],
        Annotated[str, Meta(pattern=r"^[^\x00]*$", max_length=500)],
    ],
    Meta(max_length=50, description="What you keep with a call.", examples=[{"campaign": "x"}]),
]
CallName = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        max_length=255,
        description="What a call is called where it is carried.",
        examples=["pbx-4711"],
    ),
]
EventWord = Annotated[
    str,
    Meta(pattern=ONE_LINE, max_length=64, description="Its word for it.", examples=["answered"]),
]
EndNote = Annotated[
    str, Meta(pattern=r"^[^\x00]*$", max_length=LONGEST_NOTE, examples=["nobody there"])
]
Seconds = Annotated[
    float, Meta(ge=0, le=LONGEST_DAY, description="Seconds; null is not known.", examples=[61.5])
]
Score = Annotated[
    float, Meta(ge=0, le=1, description="From 0 to 1; null before it was judged.", examples=[0.85])
]
Feeling = Annotated[
    float,
    Meta(ge=-1, le=1, description="From -1 to 1; null before it was felt for.", examples=[0.0]),
]
Place = Annotated[int, Meta(ge=0, le=10**9, examples=[3])]
LegName = Annotated[str, Meta(max_length=64, pattern=ONE_LINE, examples=["colleague"])]


class HandlerBody(Output, frozen=True):
    """Whoever talks."""

    actor_id: Identifier | None
    agent_id: Identifier | None
    bot: Bot | None

    @classmethod
    def of(cls, call: Call) -> "HandlerBody | None":
        handler = call.handler
        if handler is None:
            return None
        return cls(actor_id=handler.actor_id, agent_id=handler.agent_id, bot=handler.bot)


class EndBody(Output, frozen=True):
    """Why it ended, by whom, whose fault it is, and what follows from that."""

    reason: EndReason
    party: Party
    fault: AtFault
    billable: bool
    retryable: bool
    note: EndNote

    @classmethod
    def of(cls, call: Call) -> "EndBody | None":
        if call.end_reason is None:
            return None
        meaning = call.end_reason.meaning
        return cls(
            reason=call.end_reason,
            party=meaning.party,
            fault=meaning.fault,
            billable=meaning.billable,
            retryable=meaning.retryable,
            note="" if call.ending is None else call.ending.note,
        )


class LegBody(Output, frozen=True):
    name: LegName
    status: CallStatus
    joined_at: Moment | None
    left_at: Moment | None

    @classmethod
    def of(cls, leg: Leg) -> "LegBody":
        return cls(name=leg.name, status=leg.status, joined_at=leg.joined_at, left_at=leg.left_at)


class DurationsBody(Output, frozen=True):
    """`total` is from the answer until the line went down, `talk` is that without `hold`."""

    queue: Seconds | None
    ring: Seconds | None
    talk: Seconds | None
    hold: Seconds | None
    wrap: Seconds | None
    total: Seconds | None

    @classmethod
    def of(cls, durations: Durations) -> "DurationsBody":
        return cls(
            queue=_seconds(durations.queue),
            ring=_seconds(durations.ring),
            talk=_seconds(durations.talk),
            hold=_seconds(durations.hold),
            wrap=_seconds(durations.wrap),
            total=_seconds(durations.total),
        )


class YesBody(Output, frozen=True):
    """What the customer has agreed to; nobody knows the wording any more who was forgotten."""

    action: Agreed
    booking_id: Identifier
    wording: EndNote
    by: Identifier
    at: Moment

    @classmethod
    def of(cls, yes: Yes) -> "YesBody":
        return cls(
            action=yes.action,
            booking_id=yes.booking_id,
            wording=yes.wording,
            by=yes.by,
            at=yes.at,
        )


class CallBody(Output, frozen=True):
    """`conflict` is a second end that the provider told of. `ending` is what was asked for."""

    id: Identifier
    version: Version
    direction: Direction
    status: CallStatus
    on_hold: bool
    caller: PhoneNumber | None
    called: PhoneNumber | None
    provider: Annotated[str, Meta(max_length=16, pattern="^[a-z]*$", examples=["twilio"])] | None
    provider_call: CallName | None
    handler: HandlerBody | None
    template: Template | None
    department: Department | None
    queue_id: Identifier | None
    metadata: Metadata
    root_call_id: Identifier | None
    started_at: Moment
    answered_at: Moment | None
    ended_at: Moment | None
    ending: EndReason | None
    end: EndBody | None
    conflict: CallStatus | None
    durations: DurationsBody
    legs: Annotated[Sequence[LegBody], Meta(max_length=MOST_LEGS)]
    disposition_id: Identifier | None
    qa_score: Score | None
    sentiment: Feeling | None
    escalated: bool
    yeses: Annotated[Sequence[YesBody], Meta(max_length=MOST_YESES)]
    bot_paused: bool
    interventions: Annotated[Sequence[InterventionBody], Meta(max_length=MOST_INTERVENTIONS)]

    @classmethod
    def of(cls, call: Call) -> "CallBody":
        return cls(
            id=call.id,
            version=call.version,
            direction=call.direction,
            status=call.status,
            on_hold=call.on_hold,
            caller=call.numbers.caller,
            called=call.numbers.called,
            provider=call.provider,
            provider_call=call.provider_call,
            handler=HandlerBody.of(call),
            template=call.template,
            department=call.department,
            queue_id=call.queue_id,
            metadata=call.metadata,
            root_call_id=call.root_call_id,
            started_at=call.started_at,
            answered_at=call.answered_at,
            ended_at=call.ended_at,
            ending=None if call.ending is None else call.ending.reason,
            end=EndBody.of(call),
            conflict=call.conflict,
            durations=DurationsBody.of(call.durations),
            legs=[LegBody.of(leg) for leg in call.legs[:MOST_LEGS]],
            disposition_id=call.disposition_id,
            qa_score=_fraction(call.qa_milli),
            sentiment=_fraction(call.sentiment_milli),
            escalated=call.escalated,
            yeses=[YesBody.of(yes) for yes in call.yeses[-MOST_YESES:]],
            bot_paused=call.bot_paused,
            interventions=[
                InterventionBody.of(one) for one in call.interventions[-MOST_INTERVENTIONS:]
            ],
        )


class CallPage(Output, frozen=True):
    items: Annotated[Sequence[CallBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class NewsBody(Output, frozen=True):
    """What was heard; a null `status` is a word that nobody here knew."""

    provider: Annotated[str, Meta(max_length=16, pattern="^[a-z]*$", examples=["twilio"])]
    event: EventWord
    sequence: Place | None
    status: CallStatus | None
    leg: LegName | None
    at: Moment

    @classmethod
    def of(cls, fact: Heard) -> "NewsBody":
        return cls(
            provider=fact.provider,
            event=fact.event,
            sequence=fact.sequence,
            status=fact.status,
            leg=fact.leg,
            at=fact.at,
        )


class NewsPage(Output, frozen=True):
    items: Annotated[Sequence[NewsBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


def _seconds(duration: timedelta | None) -> float | None:
    return None if duration is None else duration.total_seconds()


def _fraction(milli: int | None) -> float | None:
    return None if milli is None else milli / 1000
