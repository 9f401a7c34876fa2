"""Tell whoever takes a call over what it is about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.calls.quotation_ports import QuotationShown
from domain.calls.call import Call
from domain.calls.escalation import Escalation
from domain.calls.hand_over import Briefing, briefing
from domain.calls.utterances import Utterance
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, EscalationId

MOST_HOLDS = 100
MOST_QUOTATIONS = 20


@attrs.frozen(kw_only=True)
class OpenHold:
    """A booking that was held in the call, and is neither confirmed nor let go yet."""

    booking_id: BookingId
    reference: str
    expires_at: datetime


@attrs.frozen(kw_only=True)
class HandedOver:
    """An escalation, its call, what was said in it so far, and what is held.

    Nothing is held for those who may not read bookings. Of quotations the latest are there, the
    first of them first.
    """

    escalation: Escalation
    call: Call
    utterances: Sequence[Utterance]
    holds: Sequence[OpenHold]
    quotations: Sequence[QuotationShown]


class HandOvers(Protocol):
    async def of(self, actor: Actor, escalation_id: EscalationId) -> HandedOver:
        """For its agent, whoever has escalated, and whoever may see all calls.

        Raises EscalationNotFound for everybody else.
        """
        ...


@attrs.frozen(kw_only=True)
class ReadHandOver:
    actor: Actor
    escalation_id: EscalationId


@attrs.frozen(kw_only=True)
class HandOver:
    escalation: Escalation
    call: Call
    briefing: Briefing
    holds: Sequence[OpenHold]
    quotations: Sequence[QuotationShown]


@attrs.frozen(kw_only=True)
class ReadHandOverHandler:
    hand_overs: HandOvers
    keywords: tuple[str, ...]

    async def __call__(self, command: ReadHandOver, /) -> HandOver:
        """Raises EscalationNotFound."""
        found = await self.hand_overs.of(command.actor, command.escalation_id)
        return HandOver(
            escalation=found.escalation,
            call=found.call,
            briefing=briefing(found.utterances, keywords=self.keywords),
            holds=found.holds,
            quotations=found.quotations,
        )
