"""What is asked of whoever carries the calls."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Protocol

import attrs

from application.calls.telephony_news import Told
from application.kernel.refusals import Unavailable
from domain.calls.ending import EndReason
from domain.calls.facts import Heard
from domain.calls.legs import Kind
from domain.calls.recordings import RecordingStep
from domain.kernel.identifiers import CallId, OrganizationId
from domain.kernel.refusals import Category, Conflict, Invalid, Severity


@attrs.frozen
class TelephonyUnavailable(Unavailable):
    """The provider did not answer in time: nobody knows whether it was done.

    What was asked for may be asked for again: it is done once.
    """

    code: ClassVar[str] = "telephony_unavailable"
    category: ClassVar[Category] = Category.EXTERNAL_SERVICE
    retry_after: int = 5

    def __str__(self) -> str:
        return "the telephone line does not answer; calls that are up go on, try again shortly"


@attrs.frozen
class TelephonyRefused(Invalid):
    """It was not done and, asked for in this way, never will be. `reason` is the provider's."""

    code: ClassVar[str] = "telephony_refused"
    category: ClassVar[Category] = Category.EXTERNAL_SERVICE
    reason: str

    def __str__(self) -> str:
        return f"the telephone line refuses: {self.reason}"


@attrs.frozen
class NoTelephony(Conflict):
    """The organization has no line, or its credentials are missing."""

    code: ClassVar[str] = "no_telephony"
    category: ClassVar[Category] = Category.EXTERNAL_SERVICE
    severity: ClassVar[Severity] = Severity.HIGH

    def __str__(self) -> str:
        return "this organization has no telephone line"


@attrs.frozen(kw_only=True)
class Dial:
    """`key` is written down before anything is asked: with the same key nobody is rung twice.

    `calling` is the number that is shown, or None for the organization's own.
    """

    key: str
    call_id: CallId
    called: str = attrs.field(repr=False)
    calling: str | None = attrs.field(default=None, repr=False)


@attrs.frozen(kw_only=True)
class Dialled:
    """`calling` is the number that the line has shown, where it says so.

    `queue_seconds` is how long it waited for its turn, on a line that takes so many a second.
    """

    provider_call: str
    calling: str | None = attrs.field(default=None, repr=False)
    queue_seconds: float = 0


@attrs.frozen(kw_only=True)
class Transfer:
    """With a `key`, which is written down before anything is asked, nobody is rung twice.

    `again` is whether it may have been asked before: then the line looks first.
    """

    to: str = attrs.field(repr=False)
    kind: Kind
    key: str | None = None
    again: bool = False


class Telephony(Protocol):
    """One organization's line. Every step has a deadline, and is never taken in a transaction.

    All of them raise TelephonyUnavailable or TelephonyRefused.
    """

    @property
    def name(self) -> str:
        """Stored with calls: `twilio`, `simulator`."""
        ...

    async def dial(self, dial: Dial) -> Dialled: ...

    async def hang_up(self, provider_call: str, *, reason: EndReason) -> None:
        """A call that is down already stays as it is."""
        ...

    async def hold(self, provider_call: str) -> None: ...

    async def resume(self, provider_call: str) -> None: ...

    async def transfer(self, provider_call: str, transfer: Transfer) -> None:
        """To a number in E.164."""
        ...

    async def say(self, provider_call: str, text: str) -> None: ...

    async def record(self, provider_call: str) -> str:
        """What the recording is called there. One that goes on is not begun again."""
        ...

    async def change_recording(
        self, provider_call: str, reference: str, step: RecordingStep
    ) -> None: ...

    async def delete_recording(self, reference: str) -> None:
        """One that is not there any more is no obstacle."""
        ...

    async def look_up(self, provider_call: str) -> Heard | None:
        """How it stands there now; None for a call that is unknown there."""
        ...

    async def calls_since(self, moment: datetime) -> Sequence[Told]:
        """How each call begun since then stands, oldest first.

        Those from outside are said to be only where nobody else could have been called.
        """
        ...


class Telephonies(Protocol):
    def of(self, organization_id: OrganizationId, /) -> Telephony:
        """Raises NoTelephony."""
        ...
