"""Calls of the past, carried elsewhere: what is told of one has to hang together."""

from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.calls.call import Call, Direction, Handler, Numbers
from domain.calls.ending import USUAL
from domain.calls.events import CallImported
from domain.calls.status import CallStatus
from domain.kernel.identifiers import AgentId, CallId
from domain.kernel.refusals import Invalid

AGENT = "agent"
ELSEWHERE = "import"
"""The provider of calls that no line of ours has carried."""


class Rule(Enum):
    """What a call of the past has to keep to; the values are what refusals are counted by."""

    IS_OVER = "is_over"
    BEGINS_BEFORE_IT_ENDS = "begins_before_it_ends"
    ANSWERED_WHILE_IT_LASTS = "answered_while_it_lasts"
    ANSWERED_IF_COMPLETED = "answered_if_completed"
    ANSWERED_BY_SOMEBODY = "answered_by_somebody"


@attrs.frozen
class ImplausibleCall(Invalid):
    code: ClassVar[str] = "implausible_call"
    rule: str

    def __str__(self) -> str:
        return f"what is told of the call breaks the rule {self.rule}"


@attrs.frozen(kw_only=True)
class PastCall:
    """`key` is its name where it comes from, `agent` whoever answered it there, `template` what
    it was about."""

    key: str
    direction: Direction
    numbers: Numbers
    status: CallStatus
    started_at: datetime
    queued_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime
    agent: str | None = None
    template: str | None = None

    def must_hang_together(self, *, now: datetime) -> None:
        """Raises ImplausibleCall with the first rule that it breaks."""
        kept = {
            Rule.IS_OVER: self.status.is_over and self.ended_at <= now,
            Rule.BEGINS_BEFORE_IT_ENDS: self.started_at
            <= (self.queued_at or self.started_at)
            <= self.ended_at,
            Rule.ANSWERED_WHILE_IT_LASTS: self.answered_at is None
            or self.started_at <= self.answered_at <= self.ended_at,
            Rule.ANSWERED_IF_COMPLETED: (self.status is CallStatus.COMPLETED)
            == (self.answered_at is not None),
            Rule.ANSWERED_BY_SOMEBODY: self.answered_at is None or self.agent is not None,
        }
        for rule, is_kept in kept.items():
            if not is_kept:
                raise ImplausibleCall(rule.value)

    def call(self, id: CallId, *, now: datetime, answered_by: AgentId | None = None) -> Call:
        """Raises ImplausibleCall."""
        self.must_hang_together(now=now)
        imported = CallImported(call_id=id, status=self.status.value, occurred_at=now)
        return Call(
            id=id,
            direction=self.direction,
            numbers=self.numbers,
            provider=ELSEWHERE,
            provider_call=self.key,
            status=self.status,
            handler=None if answered_by is None else Handler(agent_id=answered_by),
            template=self.template,
            metadata={} if self.agent is None else {AGENT: self.agent},
            started_at=self.started_at,
            queued_at=self.queued_at,
            answered_at=self.answered_at,
            ended_at=self.ended_at,
            end_reason=USUAL[self.status],
            events=(imported,),
        )
