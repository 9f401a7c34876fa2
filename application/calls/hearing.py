"""Take in what is heard of a call: kept once, applied in whatever order it comes."""

from datetime import datetime

from application.calls.ports import CallWork
from domain.calls.call import Call
from domain.calls.facts import Heard


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
