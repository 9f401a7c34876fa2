"""Take in what is heard of a call: kept once, applied in whatever order it comes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import attrs

from application.calls.ports import CallWork
from application.calls.telephony_news import Incoming, Told, UnknownCall
from domain.calls.call import Call, Direction, Numbers
from domain.calls.facts import Heard
from domain.calls.refusals import CallNotFound
from domain.kernel.identifiers import CallId
from domain.kernel.phone_numbers import is_phone_number

CALL = "call"
"""The member of `details` with our own name for the call, where the line knows it."""


def take_in(work: CallWork, call: Call, fact: Heard, *, now: datetime) -> Call:
    """The call as it is then. What was delivered before changes nothing."""
    if work.calls.has_heard(fact):
        return call
    return apply_new(work, call, fact, now=now)


def apply_new(work: CallWork, call: Call, fact: Heard, *, now: datetime) -> Call:
    """For what was not delivered before."""
    after = call.hear(fact)
    saved = call if after == call and not after.events else work.calls.save(after)
    work.calls.keep(saved, fact, now=now)
    return saved


def first_heard_of(work: CallWork, told: Told, id: UUID, *, now: datetime) -> Call:
    """The call that was placed and whose name nobody knew, or a new one of that id if it came in.

    Raises UnknownCall.
    """
    if told.incoming is not None:
        return _come_in(work, CallId(id), told.fact, told.incoming, now)
    return _named(_placed(work, told.fact), told.fact)


def as_its_number_says(work: CallWork, numbers: Numbers) -> Mapping[str, Any]:
    """For whom a call rings that comes in, as members of it."""
    rung = None if numbers.called is None else work.desk_numbers.rung(numbers.called)
    if rung is None:
        return {}
    return {
        "handler": rung.handler,
        "template": rung.rings_for.template,
        "department": rung.rings_for.department,
        "queue_id": rung.rings_for.queue_id,
    }


def _come_in(work: CallWork, id: CallId, fact: Heard, incoming: Incoming, now: datetime) -> Call:
    numbers = Numbers(caller=_number(incoming.caller), called=_number(incoming.called))
    return Call.initiate(
        id,
        Direction.INBOUND,
        numbers,
        now=min(now, fact.at),
        provider=fact.provider,
        provider_call=fact.provider_call,
        **as_its_number_says(work, numbers),
    )


def _placed(work: CallWork, fact: Heard) -> Call:
    """Whoever placed it may not have heard its name yet. Raises UnknownCall."""
    try:
        return work.calls.locked(CallId(UUID(fact.details[CALL])))
    except (KeyError, ValueError, CallNotFound):
        raise UnknownCall from None


def _named(call: Call, fact: Heard) -> Call:
    """Raises UnknownCall if it has another name already: nobody places a call twice."""
    if call.provider_call not in (None, fact.provider_call):
        raise UnknownCall
    return attrs.evolve(call, provider=fact.provider, provider_call=fact.provider_call)


def _number(given: str | None) -> str | None:
    return given if given is not None and is_phone_number(given) else None
