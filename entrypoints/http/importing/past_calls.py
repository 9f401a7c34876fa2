"""Calls of the past as rows say them."""

from typing import Annotated, Literal

from msgspec import Meta

from domain.calls.call import Direction, Numbers
from domain.calls.past import PastCall
from domain.calls.status import CallStatus
from domain.kernel.identifiers import OrganizationId
from entrypoints.http.call_shapes import Template
from entrypoints.http.importing.keys import Key
from entrypoints.http.shapes import ONE_LINE, Input, Moment, sensible

Phone = Annotated[str, Meta(max_length=16)]
Agent = Annotated[str, Meta(pattern=ONE_LINE, min_length=1, max_length=100)]


class PastCallRowInput(Input, frozen=True, kw_only=True):
    key: Key
    direction: Literal["inbound", "outbound"]
    status: Literal["completed", "busy", "no_answer", "rejected", "failed", "cancelled"]
    started_at: Moment
    queued_at: Moment | None = None
    answered_at: Moment | None = None
    ended_at: Moment
    caller: Phone | None = None
    called: Phone | None = None
    agent: Agent | None = None
    template: Template | None = None

    def row(self, _organization_id: OrganizationId) -> PastCall:
        """Raises what its values refuse."""
        for moment in (self.started_at, self.queued_at, self.answered_at, self.ended_at):
            if moment is not None:
                sensible(moment)
        return PastCall(
            key=self.key,
            direction=Direction(self.direction),
            numbers=Numbers(caller=self.caller, called=self.called),
            status=CallStatus(self.status),
            started_at=self.started_at,
            queued_at=self.queued_at,
            answered_at=self.answered_at,
            ended_at=self.ended_at,
            agent=self.agent,
            template=self.template,
        )
