"""All sockets of this process, and what brings news to them."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress

import attrs

from application.identity.admit_session import AdmitSession
from application.identity.ports import KeyViews
from application.identity.redeem_ticket import Admission, KeyOfSocket, SessionOfSocket
from application.kernel.events import EventHeads
from application.kernel.figures import UNTOLD, Figures
from application.kernel.refusals import TEMPORARY
from application.kernel.told_figures import SOCKETS_CLOSED
from domain.identity.api_keys import Unauthenticated
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, OrganizationId
from domain.kernel.refusals import Forbidden
from entrypoints.realtime.closing import FAILED, GOING_AWAY, REVOKED, SILENT, Closing
from entrypoints.realtime.feed import Feed, Sources
from entrypoints.realtime.outbox import Outbox
from entrypoints.realtime.rooms import Watcher
from entrypoints.realtime.telling import Heartbeat, worded

logger = logging.getLogger(__name__)

Wait = Callable[[float], Awaitable[object]]
"""Until there may be news, and at most so many seconds."""


@attrs.frozen(kw_only=True)
class Limits:
    """Times are in seconds."""

    sockets_per_key: int
    sockets_per_member: int
    rooms: int
    queue: int
    message_bytes: int
    messages_per_second: float
    silence: float
    heartbeat: float
    poll: float
    grace: float


@attrs.define(eq=False, kw_only=True)
class Socket:
    admission: Admission
    watcher: Watcher
    feed: Feed
    heard_at: float

    @property
    def outbox(self) -> Outbox:
        return self.watcher.outbox

    def leave(self) -> None:
        self.feed.leave(self.watcher, tuple(self.watcher.rooms))


@attrs.define(eq=False, kw_only=True)
class Hub:
    sources: Sources
    heads: EventHeads
    keys: KeyViews
    admit_session: AdmitSession
    seconds: Callable[[], float]
    wait: Wait
    limits: Limits
    figures: Figures = UNTOLD
    _sockets: set[Socket] = attrs.field(factory=set, init=False)
    _feeds: dict[OrganizationId, Feed] = attrs.field(factory=dict, init=False)
    _per_key: Counter[ActorId] = attrs.field(factory=Counter, init=False)
    _tasks: list[asyncio.Task[None]] = attrs.field(factory=list, init=False)
    _empty: asyncio.Event = attrs.field(factory=asyncio.Event, init=False)
    _stopping: bool = attrs.field(default=False, init=False)

    @property
    def open(self) -> int:
        return len(self._sockets)

    def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._forever(work), name=work.__name__)
            for work in (self._follow, self._look_after)
        ]

    async def stop(self) -> None:
        """Tells everybody to go, and waits for those who do."""
        self._stopping = True
        for socket in self._sockets:
            socket.outbox.close(GOING_AWAY)
        if self._sockets:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.limits.grace):
                    await self._empty.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def is_full_for(self, admission: Admission) -> bool:
        is_member = isinstance(admission.by, SessionOfSocket)
        most = self.limits.sockets_per_member if is_member else self.limits.sockets_per_key
        return self._per_key[admission.actor.id] >= most

    async def join(self, admission: Admission) -> Socket:
        organization_id = admission.actor.organization_id
        if organization_id not in self._feeds:
            heads = await self.heads.of([organization_id])
            # Somebody else may have been faster.
            feed = Feed(
                actor=Actor.system(organization_id),
                sources=self.sources,
                position=heads.get(organization_id, 0),
            )
            self._feeds.setdefault(organization_id, feed)
        socket = Socket(
            admission=admission,
            watcher=Watcher(Outbox(self.limits.queue)),
            feed=self._feeds[organization_id],
            heard_at=self.seconds(),
        )
        self._sockets.add(socket)
        self._per_key[admission.actor.id] += 1
        if self._stopping:
            socket.outbox.close(GOING_AWAY)
        return socket

    def part(self, socket: Socket) -> None:
        socket.leave()
        self._sockets.discard(socket)
        closing = socket.outbox.closing
        self.figures.add(SOCKETS_CLOSED, str(closing.code) if closing else "left")
        self._per_key[socket.admission.actor.id] -= 1
        if self._stopping and not self._sockets:
            self._empty.set()
        if all(other.feed is not socket.feed for other in self._sockets):
            self._forget(socket.feed)

    async def _forever(self, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except TEMPORARY:
                await asyncio.sleep(self.limits.poll)
            except Exception:
                logger.exception("sockets are not served for a moment")
                await asyncio.sleep(1)

    async def _follow(self) -> None:
        await self.wait(self.limits.poll)
        if not self._feeds:
            return
        heads = await self.heads.of(self._feeds.keys())
        behind = [
            feed
            for organization_id, feed in self._feeds.items()
            if heads.get(organization_id, 0) > feed.position
        ]
        await asyncio.gather(*map(self._advance, behind))

    async def _advance(self, feed: Feed) -> None:
        try:
            await feed.advance()
        except TEMPORARY:
            return  # it is asked again
        except Exception:
            logger.exception("events could not be told")
            self._close(FAILED, feed)

    async def _look_after(self) -> None:
        await asyncio.sleep(self.limits.heartbeat)
        silent_since = self.seconds() - self.limits.silence
        beats = {feed: worded(Heartbeat(position=feed.position)) for feed in self._feeds.values()}
        for socket in tuple(self._sockets):
            if socket.heard_at < silent_since:
                socket.outbox.close(SILENT)
            elif socket.feed in beats:
                socket.outbox.put(beats[socket.feed])
        await self._turn_out_the_revoked()

    async def _turn_out_the_revoked(self) -> None:
        for by in {socket.admission.by for socket in self._sockets}:
            actor: Actor | None = None
            with suppress(Unauthenticated, Forbidden):
                actor = await self._still(by)
            for socket in self._sockets:
                if socket.admission.by == by and socket.admission.actor != actor:
                    socket.outbox.close(REVOKED)

    async def _still(self, by: KeyOfSocket | SessionOfSocket) -> Actor | None:
        """Who that is by now."""
        if isinstance(by, SessionOfSocket):
            return await self.admit_session(by.organization_id, by.session_id)
        api_key = await self.keys.key_with(by.digest)
        return api_key.actor(by.digest, now=self.sources.clock()) if api_key else None

    def _close(self, closing: Closing, feed: Feed) -> None:
        for socket in self._sockets:
            if socket.feed is feed:
                socket.outbox.close(closing)
        self._forget(feed)

    def _forget(self, feed: Feed) -> None:
        if self._feeds.get(feed.actor.organization_id) is feed:
            del self._feeds[feed.actor.organization_id]
