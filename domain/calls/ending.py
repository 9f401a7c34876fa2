"""Who ended a call, and why: every end has one reason out of a closed list."""

from datetime import datetime
from enum import Enum
from uuid import UUID

import attrs

from domain.calls.facts import PROVIDER_REASON, Heard
from domain.calls.status import CallStatus
from domain.kernel.personal import personal


class Party(Enum):
    """Who hung up."""

    CUSTOMER = "customer"
    AGENT = "agent"
    DESK = "desk"
    CARRIER = "carrier"
    UNKNOWN = "unknown"


class AtFault(Enum):
    """Whose fault it is that there was no more to it."""

    NOBODY = "nobody"
    OURS = "ours"
    CARRIER = "carrier"
    CUSTOMER = "customer"


class EndReason(Enum):
    CUSTOMER_HUNG_UP = "customer_hung_up"
    AGENT_HUNG_UP = "agent_hung_up"
    BOT_HUNG_UP = "bot_hung_up"
    DONE = "done"
    SUPERVISOR_ENDED = "supervisor_ended"
    TRANSFERRED_AWAY = "transferred_away"
    VOICEMAIL_LEFT = "voicemail_left"
    LINE_ENDED = "line_ended"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    CALLED_OFF = "called_off"
    CALLER_GAVE_UP = "caller_gave_up"
    QUEUE_TIMED_OUT = "queue_timed_out"
    OUT_OF_HOURS = "out_of_hours"
    SILENCE = "silence"
    TOO_LONG = "too_long"
    BAD_NUMBER = "bad_number"
    CARRIER_FAILED = "carrier_failed"
    TELEPHONY_UNAVAILABLE = "telephony_unavailable"
    DESK_FAILED = "desk_failed"
    LOST = "lost"

    @property
    def meaning(self) -> "Meaning":
        return MEANINGS[self]


@attrs.frozen
class Meaning:
    """`billable` is whether the carrier charges for it, `retryable` whether to try once more."""

    party: Party
    fault: AtFault = AtFault.NOBODY
    billable: bool = True
    retryable: bool = False


MEANINGS = {
    EndReason.CUSTOMER_HUNG_UP: Meaning(Party.CUSTOMER),
    EndReason.AGENT_HUNG_UP: Meaning(Party.AGENT),
    EndReason.BOT_HUNG_UP: Meaning(Party.AGENT),
    EndReason.DONE: Meaning(Party.AGENT),
    EndReason.SUPERVISOR_ENDED: Meaning(Party.DESK),
    EndReason.TRANSFERRED_AWAY: Meaning(Party.AGENT),
    EndReason.VOICEMAIL_LEFT: Meaning(Party.AGENT, retryable=True),
    EndReason.LINE_ENDED: Meaning(Party.UNKNOWN),
    EndReason.BUSY: Meaning(Party.CUSTOMER, AtFault.CUSTOMER, billable=False, retryable=True),
    EndReason.NO_ANSWER: Meaning(Party.CUSTOMER, AtFault.CUSTOMER, billable=False, retryable=True),
    EndReason.REJECTED: Meaning(Party.CUSTOMER, AtFault.CUSTOMER, billable=False),
    EndReason.CALLED_OFF: Meaning(Party.DESK, billable=False),
    EndReason.CALLER_GAVE_UP: Meaning(Party.CUSTOMER, billable=False, retryable=True),
    EndReason.QUEUE_TIMED_OUT: Meaning(Party.DESK, AtFault.OURS, retryable=True),
    EndReason.OUT_OF_HOURS: Meaning(Party.DESK),
    EndReason.SILENCE: Meaning(Party.DESK, AtFault.CUSTOMER),
    EndReason.TOO_LONG: Meaning(Party.DESK),
    EndReason.BAD_NUMBER: Meaning(Party.CARRIER, AtFault.OURS, billable=False),
    EndReason.CARRIER_FAILED: Meaning(
        Party.CARRIER, AtFault.CARRIER, billable=False, retryable=True
    ),
    EndReason.TELEPHONY_UNAVAILABLE: Meaning(
        Party.CARRIER, AtFault.CARRIER, billable=False, retryable=True
    ),
    EndReason.DESK_FAILED: Meaning(Party.DESK, AtFault.OURS, retryable=True),
    EndReason.LOST: Meaning(Party.CARRIER, AtFault.CARRIER, retryable=True),
}

USUAL = {
    CallStatus.COMPLETED: EndReason.LINE_ENDED,
    CallStatus.BUSY: EndReason.BUSY,
    CallStatus.NO_ANSWER: EndReason.NO_ANSWER,
    CallStatus.REJECTED: EndReason.REJECTED,
    CallStatus.FAILED: EndReason.CARRIER_FAILED,
    CallStatus.CANCELLED: EndReason.CALLER_GAVE_UP,
}
"""Where a provider says that a call has ended and not why."""


def said_reason(fact: Heard, status: CallStatus) -> EndReason:
    """What the provider's adapter makes of it, or else the usual one."""
    said = fact.details.get(PROVIDER_REASON, "")
    known = {reason.value: reason for reason in EndReason}
    return known.get(said, USUAL[status])


@attrs.frozen(kw_only=True)
class Ending:
    """Somebody has decided that the call ends, and how: what comes in later changes neither.

    `owner` is whoever holds it; only they may say that it is done.
    """

    owner: UUID
    outcome: CallStatus
    reason: EndReason
    note: str = attrs.field(default="", metadata=personal("why the desk ended the call"))
    requested_at: datetime
