"""The relay in SQL: positions, links, and the cursors of subscribers."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Connection, Executable, Row, bindparam, select, update

from adapters.repositories.event_cursors import Cursor, Cursors, all_behind
from adapters.repositories.subscriber_work import SqlSubscriberWork
from adapters.schema.events import dead_letters, event_heads, event_log
from adapters.sql.chain import START, link
from adapters.sql.database import EVERYBODY, Database, already_begun
from adapters.sql.event_log import recorded
from adapters.sql.line import tell_numbered
from adapters.sql.scope import Scope
from application.kernel.events import EventRelay, Passed
from application.kernel.figures import UNTOLD, Figures
from application.kernel.ports import Clock, NewId, Stale
from application.kernel.subscribers import Gathering, RecordedEvent, Subscriber
from application.kernel.told_figures import DEAD_LETTERS, FACT_DELAY, FACTS
from application.kernel.tracing import Continuing, Trace, told_of, unseen
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId

logger = logging.getLogger(__name__)

FEW = 2


def _nobody_waits() -> None:
    """Whom to call when events have been numbered, where nobody wants to know."""


@attrs.frozen(kw_only=True)
class SqlEventRelay(EventRelay):
    database: Database
    clock: Clock
    new_id: NewId
    numbered: Callable[[], None] = _nobody_waits
    continuing: Continuing = unseen
    figures: Figures = UNTOLD
    attempts: int = 8
    first_wait: timedelta = timedelta(seconds=1)

    async def unnumbered(self) -> Sequence[OrganizationId]:
        return await self.database.read(
            lambda connection: connection.execute(_waiting()).scalars().all(), of=EVERYBODY
        )

    async def number(self, organization_id: OrganizationId, *, limit: int) -> int:
        def number(connection: Connection) -> Sequence[Row[Any]]:
            scope = Scope(connection, Actor.system(organization_id), self.new_id, already_begun)
            head = _locked_head(scope)
            position, last = (head.position, bytes(head.link)) if head else (0, START)
            numbered, events = [], _unnumbered(scope, limit)
            for event in events:
                position += 1
                last = link(last, position, event)
                numbered.append({"p_id": event.id, "p_position": position, "p_link": last})
            if numbered:
                scope.execute(_numbering(), [{**_of(scope), **each} for each in numbered])
                _store_head(scope, known=head is not None, position=position, link=last)
                tell_numbered(connection)
            return events

        done = await self.database.write(number, of=organization_id)
        if done:
            self.numbered()
        self._count(done)
        return len(done)

    def _count(self, events: Sequence[Row[Any]]) -> None:
        now = self.clock()
        for event in events:
            self.figures.add(FACTS, event.name)
            self.figures.observe(FACT_DELAY, (now - event.occurred_at).total_seconds())

    async def behind(
        self, subscribers: Sequence[Subscriber]
    ) -> Mapping[OrganizationId, frozenset[str]]:
        question = all_behind(tuple(subscriber.name for subscriber in subscribers))
        now = self.clock()
        rows = await self.database.read(
            lambda connection: connection.execute(question, {"p_now": now}).all(), of=EVERYBODY
        )
        found: dict[OrganizationId, set[str]] = {}
        for organization_id, name in rows:
            found.setdefault(organization_id, set()).add(name)
        return {organization_id: frozenset(names) for organization_id, names in found.items()}

    async def pass_by(
        self, subscribers: Sequence[Subscriber], organization_id: OrganizationId
    ) -> Passed:
        def pass_by(connection: Connection) -> Passed:
            scope = Scope(connection, Actor.system(organization_id), self.new_id, already_begun)
            return Cursors(scope).pass_by(subscribers)

        return await self.database.write(pass_by, of=organization_id)

    async def deliver(
        self, subscriber: Subscriber, organization_id: OrganizationId, *, limit: int
    ) -> int:
        def deliver(connection: Connection) -> int:
            scope = Scope(connection, Actor.system(organization_id), self.new_id, already_begun)
            cursors = Cursors(scope)
            begun = cursors.locked(subscriber.name)
            if begun.retry_at and begun.retry_at > self.clock():
                return 0  # another relay has tried meanwhile
            events = cursors.following(begun.position, limit)
            reached = self._heard(scope, subscriber, begun, events)
            cursors.store(subscriber.name, reached)
            scope.send()
            return reached.position - begun.position

        return await self.database.write(deliver, of=organization_id)

    def _heard(
        self, scope: Scope, subscriber: Subscriber, begun: Cursor, events: Sequence[Row[Any]]
    ) -> Cursor:
        """Where the cursor is then."""
        if self._gathered(scope, subscriber, events):
            return attrs.evolve(begun, position=events[-1].position, attempts=0, retry_at=None)
        cursor = attrs.evolve(begun, retry_at=None)
        for event in events:
            error = self._hear(scope, subscriber, event)
            attempts = cursor.attempts + 1 if error else 0
            if error and attempts < self.attempts:
                retry_at = self.clock() + self.first_wait * 2 ** (attempts - 1)
                return attrs.evolve(cursor, attempts=attempts, retry_at=retry_at)
            if error:
                self._bury(scope, subscriber, event, error)
            cursor = attrs.evolve(cursor, position=event.position, attempts=0)
        return cursor

    def _gathered(self, scope: Scope, subscriber: Subscriber, events: Sequence[Row[Any]]) -> bool:
        """Whether all of them were heard at once; if not, they have not been heard at all."""
        heard = [event for event in events if event.name in subscriber.hears]
        if len(heard) < FEW or not isinstance(subscriber, Gathering):
            return False
        attempt = scope.connection.begin_nested()
        try:
            with self.continuing(f"hear {subscriber.name}", heard[0].trace) as trace:
                work = SqlSubscriberWork.on(attrs.evolve(scope, trace=trace))
                subscriber.together([recorded(event) for event in heard], work)
            scope.send()
        except Stale:
            raise
        except Exception:  # noqa: BLE001  (which of them it was is found out one by one)
            scope.changes.forget()
            attempt.rollback()
            return False
        attempt.commit()
        return True

    def _hear(self, scope: Scope, subscriber: Subscriber, event: Row[Any]) -> Exception | None:
        if event.name not in subscriber.hears:
            return None
        attempt = scope.connection.begin_nested()
        try:
            self._tell(scope, subscriber, recorded(event))
            scope.send()
        except Stale:
            raise
        except Exception as error:
            scope.changes.forget()
            attempt.rollback()
            logger.exception(
                "subscriber failed",
                extra={
                    "subscriber": subscriber.name,
                    "event": str(event.id),
                    **told_of(Trace.kept(event.trace)),
                },
            )
            return error
        attempt.commit()
        return None

    def _tell(self, scope: Scope, subscriber: Subscriber, event: RecordedEvent) -> None:
        with self.continuing(f"hear {subscriber.name}", event.trace) as trace:
            subscriber(event, SqlSubscriberWork.on(attrs.evolve(scope, trace=trace)))

    def _bury(
        self, scope: Scope, subscriber: Subscriber, event: Row[Any], error: Exception
    ) -> None:
        scope.add(
            dead_letters,
            subscriber=subscriber.name,
            event_id=event.id,
            error=type(error).__name__,
            failed_at=self.clock(),
        )
        self.figures.add(DEAD_LETTERS, subscriber.name)
        scope.send()  # before the next event, whose failure would undo it


@lru_cache(maxsize=1)
def _waiting() -> Executable:
    return select(event_log.c.organization_id).where(event_log.c.position.is_(None)).distinct()


@lru_cache(maxsize=1)
def _head() -> Executable:
    ours = event_heads.c.organization_id == bindparam("p_organization_id")
    return select(event_heads).where(ours).with_for_update()


@lru_cache(maxsize=1)
def _waiting_here() -> Executable:
    return (
        select(event_log)
        .where(
            event_log.c.organization_id == bindparam("p_organization_id"),
            event_log.c.position.is_(None),
        )
        .order_by(event_log.c.arrival)
        .limit(bindparam("p_limit"))
    )


@lru_cache(maxsize=1)
def _numbering() -> Executable:
    return (
        update(event_log)
        .where(
            event_log.c.organization_id == bindparam("p_organization_id"),
            event_log.c.id == bindparam("p_id"),
        )
        .values(position=bindparam("p_position"), link=bindparam("p_link"))
    )


def _of(scope: Scope) -> Mapping[str, Any]:
    return {"p_organization_id": scope.organization_id}


def _locked_head(scope: Scope) -> Row[Any] | None:
    return scope.execute(_head(), _of(scope)).one_or_none()


def _unnumbered(scope: Scope, limit: int) -> Sequence[Row[Any]]:
    return scope.execute(_waiting_here(), {**_of(scope), "p_limit": limit}).all()


def _store_head(scope: Scope, *, known: bool, **head: Any) -> None:
    # Two relays that both found no head run into its primary key: one is told to decide again.
    if known:
        scope.execute(update(event_heads).where(scope.owns(event_heads)).values(**head))
    else:
        scope.add(event_heads, **head)
        scope.send()
