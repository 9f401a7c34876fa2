"""What is said over one socket, and what is answered."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import attrs

from application.calls.seeing import only_of
from application.identity.redeem_ticket import SessionOfSocket
from application.inventory.announce_intent import AnnounceIntent
from application.inventory.cancel_intent import CancelIntent
from application.kernel.ports import UseCase
from domain.identity.sessions import NoAccount
from domain.inventory.intents import Intent
from domain.kernel.actors import Permission
from domain.kernel.identifiers import IntentId, ResourceId
from domain.kernel.refusals import Refusal
from entrypoints.realtime.asking import (
    Anything,
    Malformed,
    MeansToBook,
    Ping,
    Subscribe,
    ThinksBetter,
    Unsubscribe,
    understood,
)
from entrypoints.realtime.closing import TOO_LARGE, TOO_MANY_MESSAGES
from entrypoints.realtime.feed import TooFarBehind
from entrypoints.realtime.hub import Limits, Socket
from entrypoints.realtime.rooms import CallRoom, NoticeRoom, Room, room_called
from entrypoints.realtime.telling import (
    Error,
    IntentAccepted,
    IntentWithdrawn,
    Pong,
    RoomTold,
    Subscribed,
    Telling,
    Unsubscribed,
    Welcome,
    worded,
)

BURST = 2.0  # seconds' worth of messages that may come at once


@attrs.define
class Patience:
    """So many messages a second, and some at once; a bucket that fills by itself."""

    per_second: float
    left: float
    since: float

    @classmethod
    def new(cls, per_second: float, now: float) -> "Patience":
        return cls(per_second, left=per_second * BURST, since=now)

    def ends(self, now: float) -> bool:
        """Whether this message is one too many."""
        grown = self.left + (now - self.since) * self.per_second
        self.left, self.since = min(grown, self.per_second * BURST) - 1, now
        return self.left < 0


@attrs.frozen(kw_only=True)
class UseCases:
    announce_intent: UseCase[AnnounceIntent, Intent]
    cancel_intent: UseCase[CancelIntent, Intent]


@attrs.define(kw_only=True)
class Conversation:
    socket: Socket
    use_cases: UseCases
    limits: Limits
    seconds: Callable[[], float]
    _patience: Patience = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._patience = Patience.new(self.limits.messages_per_second, self.seconds())

    def begin(self) -> None:
        self._say(
            Welcome(
                position=self.socket.feed.position,
                heartbeat_seconds=self.limits.heartbeat,
                silence_seconds=self.limits.silence,
            )
        )

    async def hear(self, text: str) -> None:
        self.socket.heard_at = now = self.seconds()
        if len(text) > self.limits.message_bytes:
            self.socket.outbox.close(TOO_LARGE)
        elif self._patience.ends(now):
            self.socket.outbox.close(TOO_MANY_MESSAGES)
        else:
            await self._answer(text)

    async def _answer(self, text: str) -> None:
        try:
            asked = understood(text)
        except Malformed as fault:
            self._say(Error(code="malformed_message", detail=str(fault)))
            return
        try:
            await self._do(asked)
        except Refusal as refusal:
            self._say(Error(ref=asked.ref, code=refusal.code, detail=str(refusal)))
        except TooFarBehind as fault:
            self._say(Error(ref=asked.ref, code="too_far_behind", detail=str(fault)))

    async def _do(self, asked: Anything) -> None:
        match asked:
            case Subscribe():
                await self._subscribe(asked)
            case Unsubscribe():
                self.socket.feed.leave(self.socket.watcher, [*self._rooms(asked.rooms)])
                self._say(Unsubscribed(ref=asked.ref, rooms=asked.rooms))
            case Ping():
                self._say(Pong(ref=asked.ref, position=self.socket.feed.position))
            case MeansToBook():
                await self._announce(asked)
            case ThinksBetter():
                await self._withdraw(asked)

    async def _subscribe(self, asked: Subscribe) -> None:
        watcher, feed = self.socket.watcher, self.socket.feed
        rooms = dict.fromkeys(self._rooms(asked.rooms))
        if any(isinstance(room, CallRoom) for room in rooms):
            self._hear_of_calls()
        if any(isinstance(room, NoticeRoom) for room in rooms):
            self._must_be_a_member()
        if len(watcher.rooms | rooms.keys()) > self.limits.rooms:
            detail = f"a socket is in at most {self.limits.rooms} rooms"
            self._say(Error(ref=asked.ref, code="too_many_rooms", detail=detail))
            return

        def show(position: int, shown: Sequence[RoomTold]) -> None:
            self._say(Subscribed(ref=asked.ref, position=position, rooms=shown))

        if asked.after is None:
            await feed.enter(watcher, rooms, show)
        elif watcher.has_entered:
            detail = "only the first subscription of a socket can go back"
            self._say(Error(ref=asked.ref, code="cannot_go_back", detail=detail))
        else:
            await feed.resume(watcher, rooms, show, after=asked.after)

    def _rooms(self, names: Sequence[str]) -> Iterator[Room]:
        return (room_called(name, by=self.socket.admission.actor.id) for name in names)

    def _must_be_a_member(self) -> None:
        """Raises NoAccount."""
        if not isinstance(self.socket.admission.by, SessionOfSocket):
            raise NoAccount

    def _hear_of_calls(self) -> None:
        """Of all, or of one's own. Raises NotPermitted."""
        actor = self.socket.admission.actor
        actor.must_have_one(Permission.READ_CALLS, Permission.HANDLE_OWN_CALLS)
        self.socket.watcher.whose = only_of(actor, Permission.READ_CALLS)

    async def _announce(self, asked: MeansToBook) -> None:
        intent = await self.use_cases.announce_intent(
            AnnounceIntent(
                actor=self.socket.admission.actor,
                resource_id=ResourceId(asked.resource_id),
                units=asked.units,
                good_for=timedelta(seconds=asked.seconds),
            )
        )
        self._say(IntentAccepted(ref=asked.ref, intent_id=intent.id, expires_at=intent.expires_at))

    async def _withdraw(self, asked: ThinksBetter) -> None:
        intent = await self.use_cases.cancel_intent(
            CancelIntent(actor=self.socket.admission.actor, intent_id=IntentId(asked.intent_id))
        )
        self._say(IntentWithdrawn(ref=asked.ref, intent_id=intent.id))

    def _say(self, telling: Telling) -> None:
        self.socket.outbox.put(worded(telling))
