"""One organization's account with Twilio, by the official client."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import attrs

from adapters.twilio import twiml
from adapters.twilio.client import Elsewhere, client_of
from adapters.twilio.failures import NOT_FOUND, NOT_IN_PROGRESS, told
from adapters.twilio.pace import Pace
from adapters.twilio.reading import CALL, OF, PROVIDER, came_from, came_in, seen
from adapters.twilio.recordings import TwilioRecordings
from application.calls.telephony import Dial, Dialled, Telephony, TelephonyRefused, Transfer
from application.calls.telephony_news import Told
from application.kernel.ports import Clock
from application.kernel.secrets import Secret
from domain.calls.ending import EndReason
from domain.calls.facts import Heard
from domain.calls.legs import Kind
from domain.calls.recordings import RecordingStep

TOTAL = 10.0  # seconds
EVENTS = ["initiated", "ringing", "answered", "completed"]
NOT_YET_UP = frozenset({"queued", "initiated", "ringing"})
DOWN = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
MOST_LISTED = 10_000
PAGE = 1000
FEW = 5


@attrs.frozen(kw_only=True)
class Doors:
    """Where Twilio is to knock: with what happens to calls, and for what to do with them."""

    events: str
    voice: str

    def told_at(self, **asked: str) -> str:
        return f"{self.events}?{urlencode(asked)}" if asked else self.events


@attrs.frozen(kw_only=True)
class TwilioTelephony(Telephony):
    """`open` makes one; `close` it when it is no longer needed.

    `number` is what is shown; `own_number` is the one that no other organization is called at.

    Twilio knows no keys by which the same is done once. Where nobody knows whether a call was
    placed it is looked for before it is placed again; and its first news tells whose it is.
    """

    client: Any = attrs.field(repr=False)
    http: Elsewhere = attrs.field(repr=False)
    doors: Callable[[], Awaitable[Doors]]
    number: Callable[[], Awaitable[str | None]] = attrs.field(repr=False)
    own_number: Callable[[], Awaitable[str | None]] = attrs.field(repr=False)
    pace: Pace
    clock: Clock
    seconds: float
    unclear: set[str] = attrs.field(factory=set, init=False, repr=False)

    @classmethod
    def open(
        cls,
        account: str,
        token: Secret,
        url: str,
        *,
        doors: Callable[[], Awaitable[Doors]],
        number: Callable[[], Awaitable[str | None]],
        own_number: Callable[[], Awaitable[str | None]],
        pace: Pace,
        clock: Clock,
        seconds: float = TOTAL,
    ) -> "TwilioTelephony":
        http = Elsewhere(url, seconds)
        return cls(
            client=client_of(account, token, http),
            http=http,
            doors=doors,
            number=number,
            own_number=own_number,
            pace=pace,
            clock=clock,
            seconds=seconds,
        )

    async def close(self) -> None:
        await self.http.close()

    @property
    def name(self) -> str:
        return PROVIDER

    async def dial(self, dial: Dial) -> Dialled:
        calling = dial.calling or await self.number()
        if calling is None:
            raise TelephonyRefused("no_number")
        placed = await self._placed_before(dial, calling)
        if placed is not None:
            return Dialled(provider_call=placed, calling=calling)
        waited, doors = await self.pace(), await self.doors()
        self.unclear.add(dial.key)
        with told(self.seconds):
            call = await self.client.calls.create_async(
                to=dial.called,
                from_=calling,
                url=doors.voice,
                status_callback=doors.told_at(**{CALL: str(dial.call_id)}),
                status_callback_event=EVENTS,
            )
        self.unclear.discard(dial.key)
        lined_up = float(call.queue_time or 0) / 1000
        return Dialled(provider_call=call.sid, calling=calling, queue_seconds=waited + lined_up)

    async def hang_up(self, provider_call: str, *, reason: EndReason) -> None:
        """What rings is called off, what is up completed; once more if it has just changed."""
        with told(self.seconds):
            if not await self._ended(provider_call):
                await self._ended(provider_call)

    async def hold(self, provider_call: str) -> None:
        await self._told_to(provider_call, twiml.on_hold())

    async def resume(self, provider_call: str) -> None:
        await self._told_to(provider_call, twiml.into_room(provider_call))

    async def say(self, provider_call: str, text: str) -> None:
        await self._told_to(provider_call, twiml.saying(text, provider_call))

    async def transfer(self, provider_call: str, transfer: Transfer) -> None:
        """Cold: the customer is put through. Warm: whoever it is joins those in the room."""
        to = transfer.to
        if transfer.again and await self._rings_already(provider_call, to):
            return
        told_at = (await self.doors()).told_at(**{OF: provider_call})
        if transfer.kind is Kind.COLD:
            await self._told_to(provider_call, twiml.handed_to(to, told_at))
            return
        number = await self.number()
        if number is None:
            raise TelephonyRefused("no_number")
        with told(self.seconds):
            await self.client.conferences(provider_call).participants.create_async(
                to=to,
                from_=number,
                status_callback=told_at,
                status_callback_event=EVENTS,
                end_conference_on_exit=False,
            )

    async def record(self, provider_call: str) -> str:
        return await self._recordings.begin(provider_call)

    async def change_recording(
        self, provider_call: str, reference: str, step: RecordingStep
    ) -> None:
        await self._recordings.change(provider_call, reference, step)

    async def delete_recording(self, reference: str) -> None:
        await self._recordings.delete(reference)

    @property
    def _recordings(self) -> TwilioRecordings:
        return TwilioRecordings(client=self.client, seconds=self.seconds)

    async def look_up(self, provider_call: str) -> Heard | None:
        try:
            with told(self.seconds):
                return self._seen(await self.client.calls(provider_call).fetch_async())
        except TelephonyRefused as refusal:
            if refusal.reason == str(NOT_FOUND):
                return None
            raise

    async def calls_since(self, moment: datetime) -> Sequence[Told]:
        """Legs that other calls have made are not calls of their own."""
        own = await self.own_number()
        with told(self.seconds):
            found = await self.client.calls.list_async(
                start_time_after=moment, limit=MOST_LISTED, page_size=PAGE
            )
            return [
                Told(fact=self._seen(call), incoming=came_in(call, own))
                for call in reversed(found)
                if not call.parent_call_sid
            ]

    async def _placed_before(self, dial: Dial, calling: str) -> str | None:
        if dial.key not in self.unclear:
            return None
        with told(self.seconds):
            calls = self.client.calls
            found = await calls.list_async(to=dial.called, from_=calling, limit=FEW)
        self.unclear.discard(dial.key)
        return next((str(call.sid) for call in found if call.status not in DOWN), None)

    async def _rings_already(self, provider_call: str, to: str) -> bool:
        """Rung by us, or by the call itself: whoever joins a room is called from our number."""
        number = await self.number()
        with told(self.seconds):
            found = await self.client.calls.list_async(to=to, limit=FEW)
        return any(
            call.status not in DOWN
            and (call.parent_call_sid == provider_call or came_from(call) == number)
            for call in found
        )

    async def _told_to(self, provider_call: str, document: str) -> None:
        with told(self.seconds):
            await self.client.calls(provider_call).update_async(twiml=document)

    async def _ended(self, provider_call: str) -> bool:
        """Whether it has, in a way that goes with how it stood."""
        call = self.client.calls(provider_call)
        status = (await call.fetch_async()).status
        if status in DOWN:
            return True
        ending = "canceled" if status in NOT_YET_UP else "completed"
        try:
            await call.update_async(status=ending)
        except Exception as error:
            if getattr(error, "code", None) != NOT_IN_PROGRESS:
                raise
            return False
        return True

    def _seen(self, call: Any) -> Heard:
        return seen(
            call.sid,
            call.status,
            updated_at=call.date_updated or call.date_created,
            ended_at=call.end_time,
            duration=call.duration,
            now=self.clock(),
        )
