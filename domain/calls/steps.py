"""What the desk does to a call, each step refused where it makes no sense."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import attrs

from domain.calls.call import Call, Handler
from domain.calls.ending import Ending, EndReason
from domain.calls.events import (
    CallAccepted,
    CallDeleted,
    CallEndingRequested,
    CallHeld,
    CallIntervened,
    CallResumed,
    CallTransferred,
    CallUpdated,
    CallWrapped,
    CustomerAgreed,
)
from domain.calls.facts import OURS, Heard
from domain.calls.interventions import (
    MOST_INTERVENTIONS,
    Intervening,
    Intervention,
    NoBotTalks,
    TooManyInterventions,
    WordsMissing,
)
from domain.calls.legs import Interval, Kind
from domain.calls.refusals import CallNotOver, CallStateForbids, CallTaken
from domain.calls.status import CallStatus
from domain.calls.yeses import MOST_YESES, TooManyYeses, Yes
from domain.kernel.identifiers import DispositionId

PAUSED_AFTER = {Intervening.PAUSE: True, Intervening.RESUME: False}
"""Whether the machine is silent then; by anything else it stays as it was."""


def our_fact(call: Call, event: str, status: CallStatus, *, now: datetime) -> Heard:
    """What the desk itself knows of a call stands among the facts as what providers say does."""
    return Heard(provider=OURS, provider_call=str(call.id), event=event, status=status, at=now)


def accept(call: Call, handler: Handler, *, wraps_up: bool, now: datetime) -> Call:
    """Asked again by whoever has it, nothing changes. Raises CallOver or CallTaken."""
    call.must_not_be_over()
    if call.handler is not None:
        if not call.handler.covers(handler):
            raise CallTaken(call.id)
        return call if call.wraps_up == wraps_up else attrs.evolve(call, wraps_up=wraps_up)
    said = {
        "handler_id": handler.actor_id,
        "agent_id": handler.agent_id,
        "bot": handler.bot,
    }
    return call.told(
        CallAccepted, said, now=now, handler=handler, wraps_up=wraps_up, bot_paused=False
    )


def hold(call: Call, *, now: datetime) -> Call:
    """Raises CallOver or CallStateForbids."""
    _must_talk(call)
    _must_not_be_on_hold(call)
    return call.told(CallHeld, {}, now=now, holds=(*call.holds, Interval(since=now)))


def resume(call: Call, *, now: datetime) -> Call:
    """Raises CallOver or CallStateForbids."""
    _must_talk(call)
    if not call.on_hold:
        raise CallStateForbids(call.id, call.status.value)
    *before, last = call.holds
    holds = (*before, attrs.evolve(last, until=now))
    return call.told(CallResumed, {}, now=now, holds=holds)


def transfer(call: Call, kind: Kind, *, now: datetime) -> Call:
    """Whose it is then, is for whoever accepts it. Raises CallOver or CallStateForbids."""
    _must_talk(call)
    said = {"kind": kind.value}
    return call.told(CallTransferred, said, now=now, handler=None, bot_paused=False)


def hand_over(call: Call, handler: Handler, kind: Kind, *, now: datetime) -> Call:
    """Whoever was put through has it from now on; if nobody talks any more, nothing changes."""
    if call.status.line_is_down or call.handler == handler:
        return call
    said = {
        "kind": kind.value,
        "handler_id": handler.actor_id,
        "agent_id": handler.agent_id,
    }
    return call.told(CallTransferred, said, now=now, handler=handler, bot_paused=False)


def agree(call: Call, yes: Yes) -> Call:
    """Only whoever is on the line can say yes.

    Raises CallOver, CallStateForbids or TooManyYeses.
    """
    _must_talk(call)
    if len(call.yeses) >= MOST_YESES:
        raise TooManyYeses(call.id)
    said = {"action": yes.action.value, "booking_id": yes.booking_id}
    return call.told(CustomerAgreed, said, now=yes.at, yeses=(*call.yeses, yes))


def intervene(call: Call, intervention: Intervention) -> Call:
    """Raises WordsMissing, CallOver, CallStateForbids, NoBotTalks or TooManyInterventions."""
    if intervention.lacks_words:
        raise WordsMissing
    _must_talk(call)
    kind = intervention.kind
    if len(call.interventions) >= MOST_INTERVENTIONS and kind is not Intervening.RESUME:
        raise TooManyInterventions(call.id)  # but a machine that is silent may go on
    if kind is Intervening.MESSAGE:
        _must_not_be_on_hold(call)  # whoever hears something at the line waits no longer
    elif call.handler is None or call.handler.bot is None:
        raise NoBotTalks(call.id)
    if kind is Intervening.PAUSE and call.bot_paused:
        raise CallStateForbids(call.id, "bot_paused")
    if kind is Intervening.RESUME and not call.bot_paused:
        raise CallStateForbids(call.id, call.status.value)
    return call.told(
        CallIntervened,
        {"intervention": kind.value},
        now=intervention.at,
        interventions=(*call.interventions, intervention),
        bot_paused=PAUSED_AFTER.get(kind, call.bot_paused),
    )


def request_end(
    call: Call,
    reason: EndReason,
    *,
    owner: UUID,
    note: str = "",
    disposition_id: DispositionId | None = None,
    now: datetime,
) -> Call:
    """Who asks first decides how it ends; whoever asks after that joins in. Raises CallOver."""
    call.must_not_be_over()
    if call.ending is not None:
        return call
    talking = call.status is CallStatus.IN_PROGRESS
    ending = Ending(
        owner=owner,
        outcome=CallStatus.COMPLETED if talking else CallStatus.CANCELLED,
        reason=reason,
        note=note,
        requested_at=now,
    )
    said = {"outcome": ending.outcome.value, "end_reason": reason.value}
    came_of_it = disposition_id or call.disposition_id
    return call.told(CallEndingRequested, said, now=now, ending=ending, disposition_id=came_of_it)


def wrap_up(call: Call, *, disposition_id: DispositionId | None = None, now: datetime) -> Call:
    """It is written up, with what came of it. Raises CallStateForbids."""
    if call.status is not CallStatus.WRAPPING:
        raise CallStateForbids(call.id, call.status.value)
    return call.told(
        CallWrapped,
        {},
        now=now,
        status=CallStatus.COMPLETED,
        wrapped_at=now,
        disposition_id=disposition_id or call.disposition_id,
    )


def update(
    call: Call, *, template: str | None, metadata: Mapping[str, str], now: datetime
) -> Call:
    """What the desk keeps with it, before and after its end."""
    if (call.template, dict(call.metadata)) == (template, dict(metadata)):
        return call
    return call.told(CallUpdated, {}, now=now, template=template, metadata=dict(metadata))


def delete(call: Call, *, now: datetime) -> Call:
    """It is shown no longer, and kept. Raises CallNotOver."""
    if not call.status.is_over:
        raise CallNotOver(call.id)
    if call.deleted_at is not None:
        return call
    return call.told(CallDeleted, {}, now=now, deleted_at=now)


def _must_not_be_on_hold(call: Call) -> None:
    if call.on_hold:
        raise CallStateForbids(call.id, "on_hold")


def _must_talk(call: Call) -> None:
    call.must_not_be_over()
    if call.status is not CallStatus.IN_PROGRESS or call.ending is not None:
        raise CallStateForbids(call.id, call.status.value)
