"""Escalations in JSON."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from msgspec import Meta

from application.calls.people_views import EscalationFigures
from domain.calls.asked import Asked
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import (
    CallerHears,
    Cause,
    EscalationKind,
    EscalationState,
    EscalationStatus,
    HandedBack,
    OfferOutcome,
    OwnerKind,
)
from domain.calls.escalation_rate import escalation_rate
from domain.calls.needs import Needs
from domain.calls.ownership import caller_hears, owner_of
from domain.calls.sla import ClockState
from domain.calls.triggers import Pulled, Trigger
from domain.kernel.identifiers import ActorId, CallId
from entrypoints.http.agent_shapes import Count, Level, Rating, Seconds, ShownTags, Tag, Tags
from entrypoints.http.paging import LARGEST_PAGE, Next, PageQuery
from entrypoints.http.shapes import Identifier, Input, Moment, Output, Version

MOST_OFFERS = 1000
Urgency = Annotated[
    int,
    Meta(
        ge=1,
        le=5,
        description="5 is the most urgent. Each step is worth a minute in line.",
        examples=[3],
    ),
]
Words = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00]*$",
        min_length=1,
        max_length=2000,
        examples=["Has paid twice, and wants to speak to somebody who can see both payments."],
    ),
]
Offers = Annotated[int, Meta(ge=0, le=MOST_OFFERS, description="How many were asked.")]
Numbers = Annotated[Mapping[str, Count], Meta(max_length=20)]

WARM = {
    "call_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
    "kind": "warm",
    "cause": "payment_problem",
    "urgency": 4,
    "skills": ["german"],
    "note": "Has paid twice.",
}
NAMED = {
    "call_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
    "kind": "supervisor",
    "cause": "complaint",
    "agent_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a11",
}


class EscalationInput(Input, frozen=True, kw_only=True):
    """With `agent_id`, nobody else is asked; without `queue_id`, it is the oldest open queue."""

    call_id: Identifier
    kind: EscalationKind = EscalationKind.WARM
    cause: Cause = Cause.CUSTOMER_REQUEST
    urgency: Urgency = 3
    skills: Tags = ()
    department: Tag | None = None
    level: Level = 1
    note: Words | None = None
    agent_id: Identifier | None = None
    queue_id: Identifier | None = None

    def asked(self, by: ActorId) -> Asked:
        """Raises BadEscalation."""
        return Asked(
            call_id=CallId(self.call_id),
            requested_by=by,
            kind=self.kind,
            cause=self.cause,
            pulled=Pulled(trigger=Trigger.MANUAL),
            urgency=self.urgency,
            needs=Needs(
                skills=tuple(dict.fromkeys(self.skills)),
                department=self.department,
                level=self.level,
            ),
            note=self.note,
        )


class DeclineInput(Input, frozen=True):
    """`voicemail` is when a machine answered for the agent."""

    outcome: Literal["declined", "voicemail"] = "declined"

    def why(self) -> OfferOutcome:
        return OfferOutcome(self.outcome)


class CompleteInput(Input, frozen=True):
    rating: Rating | None = None


class HandBackInput(Input, frozen=True, kw_only=True):
    reason: HandedBack


class CallbackInput(Input, frozen=True, kw_only=True):
    callback_at: Moment


class MessageInput(Input, frozen=True, kw_only=True):
    message: Words


class EscalationQuery(PageQuery, frozen=True):
    call_id: Identifier | None = None
    agent_id: Identifier | None = None
    queue_id: Identifier | None = None
    state: EscalationState | None = None
    trigger: Trigger | None = None
    show: Literal["all", "open"] = "all"


class OwnerBody(Output, frozen=True):
    kind: OwnerKind
    id: Identifier


class WaitingBody(Output, frozen=True):
    """`answer_by` is when an answer is due, while the clock runs."""

    queue_id: Identifier
    clock: ClockState
    answer_by: Moment | None
    warned: bool
    waits_until: Moment


class EscalationBody(Output, frozen=True):
    """`owner` is who has to look after the caller, and nobody once they were helped or hung up.

    `until` is when the offer, or the time that the agent has the caller, runs out.
    """

    id: Identifier
    version: Version
    call_id: Identifier
    state: EscalationState
    status: EscalationStatus
    kind: EscalationKind
    cause: Cause
    trigger: Trigger
    urgency: Urgency
    skills: ShownTags
    department: Tag | None
    level: Level
    note: Words | None
    requested_by: Identifier
    requested_at: Moment
    owner: OwnerBody | None
    caller_hears: CallerHears
    agent_id: Identifier | None
    until: Moment | None
    offers: Offers
    waiting: WaitingBody | None
    accepted_at: Moment | None
    ended_at: Moment | None
    ended_because: Annotated[str, Meta(pattern="^[a-z_]+$", max_length=20)] | None
    callback_at: Moment | None
    message: Words | None

    @classmethod
    def of(cls, escalation: Escalation) -> "EscalationBody":
        asked, owner = escalation.asked, owner_of(escalation)
        return cls(
            id=escalation.id,
            version=escalation.version,
            call_id=asked.call_id,
            state=escalation.state,
            status=escalation.state.status,
            kind=asked.kind,
            cause=asked.cause,
            trigger=asked.pulled.trigger,
            urgency=asked.urgency,
            skills=asked.needs.skills,
            department=asked.needs.department,
            level=asked.needs.level,
            note=asked.note,
            requested_by=asked.requested_by,
            requested_at=escalation.requested_at,
            owner=None if owner is None else OwnerBody(kind=owner.kind, id=owner.id),
            caller_hears=caller_hears(escalation),
            agent_id=escalation.agent_id,
            until=escalation.until,
            offers=escalation.offers,
            waiting=_waiting(escalation),
            accepted_at=escalation.accepted_at,
            ended_at=escalation.ended_at,
            ended_because=escalation.ended_because,
            callback_at=escalation.callback_at,
            message=escalation.message,
        )


class EscalationPage(Output, frozen=True):
    items: Annotated[Sequence[EscalationBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class EscalationFiguresBody(Output, frozen=True, rename={"since": "from"}):
    """Of the calls begun in that span. `rate` is escalated calls of all calls."""

    since: Moment
    until: Moment
    calls: Count
    escalated_calls: Count
    rate: Annotated[float, Meta(ge=0, le=1, examples=[0.12])] | None
    escalations: Count
    by_trigger: Numbers
    by_state: Numbers
    seconds_to_resolve: Seconds | None

    @classmethod
    def of(
        cls, figures: EscalationFigures, since: Moment, until: Moment
    ) -> "EscalationFiguresBody":
        return cls(
            since=since,
            until=until,
            calls=figures.calls,
            escalated_calls=figures.escalated_calls,
            rate=escalation_rate(calls=figures.calls, escalated=figures.escalated_calls),
            escalations=figures.escalations,
            by_trigger=figures.by_trigger,
            by_state=figures.by_state,
            seconds_to_resolve=figures.seconds_to_resolve,
        )


def _waiting(escalation: Escalation) -> WaitingBody | None:
    place = escalation.waiting
    if place is None:
        return None
    return WaitingBody(
        queue_id=place.queue_id,
        clock=place.clock.state,
        answer_by=place.clock.due_at,
        warned=place.clock.warned,
        waits_until=place.until,
    )
