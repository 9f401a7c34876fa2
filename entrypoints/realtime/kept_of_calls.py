"""What happens to calls is not told to everybody who listens."""

from collections.abc import Mapping

from domain.calls import events as calls
from domain.kernel.events import Event

CALLS = "calls are for whoever may see them"

KEPT_OF_CALLS: Mapping[type[Event], str] = {
    calls.CallAccepted: CALLS,
    calls.CallAnswered: CALLS,
    calls.CallConflicted: CALLS,
    calls.CallDeleted: CALLS,
    calls.CallEnded: CALLS,
    calls.CallEndingRequested: CALLS,
    calls.CallHeld: CALLS,
    calls.CallImported: CALLS,
    calls.CallInitiated: CALLS,
    calls.CallNoteAdded: CALLS,
    calls.CallNoteChanged: CALLS,
    calls.CallNoteRemoved: CALLS,
    calls.CallProgressed: CALLS,
    calls.CallResumed: CALLS,
    calls.CallTransferred: CALLS,
    calls.CallUpdated: CALLS,
    calls.CallWrapped: CALLS,
}
