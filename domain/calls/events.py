"""What other features may know about calls: never a number, never what was said."""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event, SecurityEvent
from domain.kernel.identifiers import (
    ActorId,
    AgentId,
    BookingId,
    CallId,
    CallNoteId,
    QuotationId,
)


@attrs.frozen(kw_only=True)
class CallEvent(Event):
    call_id: CallId

    @property
    def subject(self) -> UUID:
        return self.call_id


@attrs.frozen(kw_only=True)
class CallInitiated(CallEvent):
    """There is a call: somebody rings us, or is about to be rung."""

    name: ClassVar[str] = "call_initiated"
    direction: str
    handler_id: ActorId | None = None


@attrs.frozen(kw_only=True)
class CallImported(CallEvent):
    """A call of the past, carried elsewhere."""

    name: ClassVar[str] = "call_imported"
    status: str


@attrs.frozen(kw_only=True)
class CallProgressed(CallEvent):
    """It is queued, or rings."""

    name: ClassVar[str] = "call_progressed"
    status: str


@attrs.frozen(kw_only=True)
class CallAnswered(CallEvent):
    name: ClassVar[str] = "call_answered"


@attrs.frozen(kw_only=True)
class CallAccepted(CallEvent):
    """Whose call it is from now on; `bot` names a machine."""

    name: ClassVar[str] = "call_accepted"
    handler_id: ActorId | None
    agent_id: AgentId | None
    bot: str | None


@attrs.frozen(kw_only=True)
class CallHeld(CallEvent):
    name: ClassVar[str] = "call_held"


@attrs.frozen(kw_only=True)
class CallResumed(CallEvent):
    name: ClassVar[str] = "call_resumed"


@attrs.frozen(kw_only=True)
class CallIntervened(CallEvent):
    """Somebody stepped in: `intervention` is message, pause, resume or override."""

    name: ClassVar[str] = "call_intervened"
    intervention: str


@attrs.frozen(kw_only=True)
class CallRecordingChanged(CallEvent):
    """`state` is recording, paused, kept or deleted."""

    name: ClassVar[str] = "call_recording_changed"
    state: str


@attrs.frozen(kw_only=True)
class CallRecordingLapsed(CallEvent, SecurityEvent):
    """It was kept for as long as the organization keeps what is recorded on that basis."""

    name: ClassVar[str] = "call_recording_lapsed"
    basis: str


@attrs.frozen(kw_only=True)
class CustomerAgreed(CallEvent):
    """To have a booking made, changed or cancelled: `action` is book, change or cancel."""

    name: ClassVar[str] = "customer_agreed"
    action: str
    booking_id: BookingId


@attrs.frozen(kw_only=True)
class CallTransferred(CallEvent):
    """`kind` is cold or warm. `handler_id` and `agent_id` say who has it, where it is known."""

    name: ClassVar[str] = "call_transferred"
    kind: str
    handler_id: ActorId | None = None
    agent_id: AgentId | None = None


@attrs.frozen(kw_only=True)
class CallEndingRequested(CallEvent):
    """The desk hangs up; what the line still says does not change how the call ends."""

    name: ClassVar[str] = "call_ending_requested"
    outcome: str
    end_reason: str


@attrs.frozen(kw_only=True)
class CallEnded(CallEvent):
    """The line is down. `status` is wrapping where the agent has still to write it up."""

    name: ClassVar[str] = "call_ended"
    status: str
    end_reason: str
    ended_by: str
    seconds: int


@attrs.frozen(kw_only=True)
class CallWrapped(CallEvent):
    name: ClassVar[str] = "call_wrapped"


@attrs.frozen(kw_only=True)
class CallConflicted(CallEvent):
    """The provider tells of an end that differs from the one known: somebody has to look."""

    name: ClassVar[str] = "call_conflicted"
    status: str


@attrs.frozen(kw_only=True)
class CallUpdated(CallEvent):
    """What the desk notes of it, or what is known of it by now."""

    name: ClassVar[str] = "call_updated"


@attrs.frozen(kw_only=True)
class CallDeleted(CallEvent):
    name: ClassVar[str] = "call_deleted"


@attrs.frozen(kw_only=True)
class CallErased(CallEvent):
    """It is no longer known whose it was, nor what was said; everything else about it stays."""

    name: ClassVar[str] = "call_erased"


@attrs.frozen(kw_only=True)
class CallNoteEvent(CallEvent):
    call_note_id: CallNoteId


@attrs.frozen(kw_only=True)
class CallNoteAdded(CallNoteEvent):
    name: ClassVar[str] = "call_note_added"


@attrs.frozen(kw_only=True)
class CallNoteChanged(CallNoteEvent):
    name: ClassVar[str] = "call_note_changed"


@attrs.frozen(kw_only=True)
class CallNoteRemoved(CallNoteEvent):
    name: ClassVar[str] = "call_note_removed"


@attrs.frozen(kw_only=True)
class PassageQuoted(CallEvent):
    """Which passage it was is read with the quotation, for as long as what was said is kept."""

    name: ClassVar[str] = "passage_quoted"
    quotation_id: QuotationId
