"""What is asked about calls and done to them, in JSON."""

from typing import Annotated, Literal

from msgspec import Meta, field

from application.calls.views import CallFilter, Order, Sentiment
from domain.calls.call import Direction, Numbers
from domain.calls.legs import Kind
from domain.calls.status import CallStatus
from domain.calls.yeses import Agreed
from domain.kernel.identifiers import ActorId, AgentId, DispositionId
from entrypoints.http.call_shapes import (
    LONGEST_NOTE,
    Bot,
    CallName,
    EndNote,
    EventWord,
    Metadata,
    Place,
    Score,
    Template,
)
from entrypoints.http.paging import PageQuery
from entrypoints.http.refusals import TEXT
from entrypoints.http.shapes import ONE_LINE, Identifier, Input, Moment, PhoneNumber, sensible

Search = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        max_length=255,
        description="A provider's name for a call, or our identifier of one.",
        examples=["CA0123456789abcdef0123456789abcdef"],
    ),
]
Asked = Literal[
    "done",
    "agent_hung_up",
    "bot_hung_up",
    "supervisor_ended",
    "voicemail_left",
    "called_off",
    "out_of_hours",
    "silence",
    "too_long",
]


class InitiateInput(Input, frozen=True, rename={"called": "to", "calling": "from"}):
    """`from` is one of the organization's numbers; without it, its own is shown."""

    called: PhoneNumber
    calling: PhoneNumber | None = None
    template: Template | None = None
    agent_id: Identifier | None = None
    bot: Bot | None = None
    metadata: Metadata = field(default_factory=dict)
    root_call_id: Identifier | None = None


class ReportInput(Input, frozen=True):
    """Reported again under the same name, it is the same call."""

    name: CallName
    direction: Direction
    caller: PhoneNumber | None = None
    called: PhoneNumber | None = None
    status: Literal["scheduled", "queued", "ringing", "in_progress"] = "ringing"
    template: Template | None = None
    metadata: Metadata = field(default_factory=dict)

    def numbers(self) -> Numbers:
        return Numbers(caller=self.caller, called=self.called)


class NewsInput(Input, frozen=True):
    """Of the same event and sequence it is taken once. Null is a state nobody here knows."""

    event: EventWord
    sequence: Place | None = None
    status: (
        Literal[
            "queued",
            "ringing",
            "in_progress",
            "completed",
            "busy",
            "no_answer",
            "rejected",
            "failed",
            "cancelled",
        ]
        | None
    ) = None


class AcceptInput(Input, frozen=True):
    agent_id: Identifier | None = None
    bot: Bot | None = None


class YesInput(Input, frozen=True):
    """`wording` is what was asked, and what was answered to it."""

    action: Agreed
    booking_id: Identifier
    wording: Annotated[
        str,
        Meta(
            pattern=TEXT,
            max_length=LONGEST_NOTE,
            examples=["Shall I cancel it for a fee of 20 euros? - Yes, please."],
        ),
    ]


class TransferInput(Input, frozen=True):
    """`warm` is with a word before."""

    to: PhoneNumber
    kind: Kind


class EndInput(Input, frozen=True):
    reason: Asked = "done"
    note: EndNote = ""
    disposition_id: Identifier | None = None


class WrapUpInput(Input, frozen=True):
    """Left out, it stays what was said when hanging up."""

    disposition_id: Identifier | None = None


class ChangeCallInput(Input, frozen=True):
    """All of it: what is left out is nothing from then on."""

    template: Template | None = None
    metadata: Metadata = field(default_factory=dict)


class CallQuery(PageQuery, frozen=True):
    status: CallStatus | None = None
    direction: Direction | None = None
    started_from: Moment | None = None
    started_until: Moment | None = None
    search: Search | None = None
    qa_from: Score | None = None
    qa_to: Score | None = None
    sentiment: Sentiment | None = None
    handler_id: Identifier | None = None
    agent_id: Identifier | None = None
    template: Template | None = None
    disposition_id: Identifier | None = None
    escalated: bool | None = None
    converted: bool | None = None
    sort: Order = Order.STARTED_AT
    order: Literal["asc", "desc"] = "desc"

    @property
    def latest_first(self) -> bool:
        return self.order == "desc"

    def filter(self) -> CallFilter:
        """Raises FarOff."""
        return CallFilter(
            status=self.status,
            direction=self.direction,
            started_from=sensible(self.started_from),
            started_until=sensible(self.started_until),
            search=self.search,
            qa_from=_milli(self.qa_from),
            qa_to=_milli(self.qa_to),
            sentiment=self.sentiment,
            handler_id=None if self.handler_id is None else ActorId(self.handler_id),
            agent_id=None if self.agent_id is None else AgentId(self.agent_id),
            template=self.template,
            disposition_id=(
                None if self.disposition_id is None else DispositionId(self.disposition_id)
            ),
            escalated=self.escalated,
            converted=self.converted,
        )


class CallSearch(CallQuery, frozen=True):
    """As in the list, beside a number: those say who somebody is, and stay out of addresses."""

    number: PhoneNumber | None = None


def _milli(score: float | None) -> int | None:
    return None if score is None else round(score * 1000)
