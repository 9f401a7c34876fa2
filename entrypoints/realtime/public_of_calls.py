"""What happens to calls is told in the rooms of calls, to whoever may see them all."""

from collections.abc import Mapping

from domain.calls import desk_numbers, dispositions, number_orders, templates
from domain.calls import events as calls
from domain.calls import quality_events as quality
from domain.kernel.events import Event

CALLS = "calls are for whoever may see them"

TOLD_OF_CALLS: frozenset[type[Event]] = frozenset(
    {
        calls.CallAccepted,
        calls.CallAnswered,
        calls.CallConflicted,
        calls.CallDeleted,
        calls.CallEnded,
        calls.CallEndingRequested,
        calls.CallHeld,
        calls.CallInitiated,
        calls.CallIntervened,
        calls.CallNoteAdded,
        calls.CallNoteChanged,
        calls.CallNoteRemoved,
        calls.CallProgressed,
        calls.CallRecordingChanged,
        calls.CallRecordingLapsed,
        calls.CallResumed,
        calls.CallTransferred,
        calls.CallUpdated,
        calls.CallWrapped,
        calls.CustomerAgreed,
        calls.PassageQuoted,
        quality.CallLinesAdded,
    }
)

KEPT_OF_CALLS: Mapping[type[Event], str] = {
    calls.CallErased: "that somebody was forgotten is nobody else's business",
    calls.CallImported: "the past, by the thousand",
    desk_numbers.PhoneNumberAdded: CALLS,
    desk_numbers.PhoneNumberChanged: CALLS,
    desk_numbers.PhoneNumberDeleted: CALLS,
    number_orders.PhoneNumberOrdered: CALLS,
    number_orders.PhoneNumberOrderSettled: CALLS,
    templates.CallTemplateAdded: CALLS,
    templates.CallTemplateChanged: CALLS,
    templates.CallTemplateDeleted: CALLS,
    dispositions.DispositionAdded: CALLS,
    dispositions.DispositionChanged: CALLS,
    quality.EvaluationDisputed: CALLS,
    quality.EvaluationSaved: CALLS,
    quality.EvaluationSettled: CALLS,
    quality.EvaluationStarted: CALLS,
    quality.EvaluationSubmitted: CALLS,
    quality.EvaluationTakenUp: CALLS,
    quality.ScorecardActivated: CALLS,
    quality.ScorecardAdded: CALLS,
    quality.ScorecardChanged: CALLS,
    quality.ScorecardRetired: CALLS,
}

NAMES_OF_CALLS = frozenset(event.name for event in TOLD_OF_CALLS)
