"""Ready-made calls, and what is heard of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.calls.call import Call, Direction, Handler, Numbers
from domain.calls.facts import Heard
from domain.calls.status import CallStatus
from domain.kernel.identifiers import CallId
from tests.samples import DESK, NOW

LINE = "fake"
CALLER = "+442079460958"
OUR_NUMBER = "+442079460000"
ME = Handler(actor_id=DESK.id)


def call_id(number: int = 1001) -> CallId:
    return CallId(UUID(int=number))


def call(number: int = 1001, *, now: datetime = NOW, **members: Any) -> Call:
    usual = {"provider": LINE, "provider_call": f"CA{number}"}
    return Call.initiate(
        call_id(number),
        Direction.INBOUND,
        Numbers(caller=CALLER, called=OUR_NUMBER),
        now=now,
        **{**usual, **members},
    )


def heard(
    status: CallStatus | None, at: datetime = NOW, number: int = 1001, **members: Any
) -> Heard:
    event = "strange" if status is None else status.value
    usual = {"provider": LINE, "provider_call": f"CA{number}", "event": event}
    return Heard(status=status, at=at, **{**usual, **members})


def talking(number: int = 1001, *, now: datetime = NOW, **members: Any) -> Call:
    return call(number, now=now, **members).hear(heard(CallStatus.IN_PROGRESS, now, number))
