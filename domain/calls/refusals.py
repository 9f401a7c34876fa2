"""The ways in which calls say no."""

from typing import ClassVar

import attrs

from domain.kernel.identifiers import CallId
from domain.kernel.refusals import Conflict, Invalid, NotFound


@attrs.frozen
class CallNotFound(NotFound):
    code: ClassVar[str] = "call_not_found"
    call_id: CallId

    def __str__(self) -> str:
        return f"no call {self.call_id}"


@attrs.frozen
class CallStateForbids(Conflict):
    """What was asked makes no sense with the call as it is: `call_status` says how far it is."""

    code: ClassVar[str] = "call_state_forbids"
    call_id: CallId
    call_status: str

    def __str__(self) -> str:
        return f"call {self.call_id} is {self.call_status}: that cannot be done now"


@attrs.frozen
class CallOver(Conflict):
    code: ClassVar[str] = "call_over"
    call_id: CallId
    call_status: str

    def __str__(self) -> str:
        return f"call {self.call_id} is over: it is {self.call_status}"


@attrs.frozen
class CallTaken(Conflict):
    """Somebody else has it."""

    code: ClassVar[str] = "call_taken"
    call_id: CallId

    def __str__(self) -> str:
        return f"somebody else has accepted call {self.call_id}"


@attrs.frozen
class CallNotOver(Conflict):
    """What is still going on is not deleted."""

    code: ClassVar[str] = "call_not_over"
    call_id: CallId

    def __str__(self) -> str:
        return f"call {self.call_id} is not over: end it first"


@attrs.frozen
class BadPhoneNumber(Invalid):
    """Of a caller or of whom to call, in E.164."""

    code: ClassVar[str] = "bad_phone_number"

    def __str__(self) -> str:
        return "a telephone number is written like +442079460958"


@attrs.frozen
class CallCarriedByUs(Conflict):
    """How it goes on is heard on the line, not reported."""

    code: ClassVar[str] = "call_carried_by_us"
    call_id: CallId

    def __str__(self) -> str:
        return f"call {self.call_id} is on a line of ours, which tells how it goes on"
