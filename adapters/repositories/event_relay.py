"""The relay in SQL: positions, links, and the cursors of subscribers."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import attrs
from sqlalchemy import Connection, Row, bindparam, or_, select, update

from adapters.repositories.booking_facts import SqlBookingFacts
from adapters.repositories.bookings import SqlBookings
from adapters.repositories.call_figures import SqlCallFigures
from adapters.repositories.instalments import SqlInstalments
from adapters.repositories.ledger import SqlLedger
from adapters.repositories.levels import SqlLevels
from adapters.repositories.notices import SqlMemberNotices
from adapters.repositories.organization_settings import SqlOwnSettings
from adapters.repositories.paper_fees import SqlPaperFees
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.schema.events import dead_letters, event_heads, event_log, receipts
from adapters.sql.chain import START, link
from adapters.sql.database import EVERYBODY, Database, already_begun
from adapters.sql.event_log import EventLog, recorded
from adapters.sql.line import tell_numbered
from adapters.sql.scope import Scope
from application.analytics.booking_facts import BookingFactsWork
from application.analytics.ports import FiguresWork
from application.bookings.payment_ports import BooksWork
from application.inventory.live_ports import LevelWork
from application.kernel.events import EventRelay
from application.kernel.figures import UNTOLD, Figures
from application.kernel.ports import Clock, NewId, Stale
from application.kernel.subscribers import RecordedEvent, Subscriber
from application.kernel.told_figures import DEAD_LETTERS, FACT_DELAY, FACTS
from application.kernel.tracing import Continuing, Trace, told_of, unseen
from application.notifications.notice_ports import NoticeGiving
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId

logger = logging.getLogger(__name__)


def _nobody_waits() -> None:
    """Whom to call when events have been numbered, where nobody wants to know."""


@attrs.frozen
class SqlSubscriberWork(LevelWork, BooksWork, BookingFactsWork, FiguresWork, NoticeGiving):
    """Whatever any subscriber needs."""

    jobs: SqlJobQueue
    facts: EventLog
    levels: SqlLevels
    own_settings: SqlOwnSettings
    bookings: SqlBookings
    ledger: SqlLedger
    paper_fees: SqlPaperFees
    instalments: SqlInstalments
    booking_facts: SqlBookingFacts
    call_figures: SqlCallFigures
    notices: SqlMemberNotices

    @classmethod
    def on(cls, scope: Scope) -> "SqlSubscriberWork":
        return cls(
            jobs=SqlJobQueue(scope),
            facts=EventLog(scope),
            levels=SqlLevels(scope),
            own_settings=SqlOwnSettings(scope),
            bookings=SqlBookings(scope),
            ledger=SqlLedger(scope),
            paper_fees=SqlPaperFees(scope),
            instalments=SqlInstalments(scope),
            booking_facts=SqlBookingFacts(scope),
            call_figures=SqlCallFigures(scope),
            notices=SqlMemberNotices(scope),
        )


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
        question = (
            select(event_log.c.organization_id).where(event_log.c.position.is_(None)).distinct()
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
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
                _store_numbers(scope, numbered)
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

    async def behind(self, subscriber: Subscriber) -> Sequence[OrganizationId]:
        now = self.clock()
        theirs = (receipts.c.organization_id == event_heads.c.organization_id) & (
            receipts.c.subscriber == subscriber.name
        )
        question = (
            select(event_heads.c.organization_id)
            .outerjoin(receipts, theirs)
            .where(
                or_(
                    receipts.c.position.is_(None),
                    receipts.c.position < event_heads.c.position,
                ),
                or_(receipts.c.retry_at.is_(None), receipts.c.retry_at <= now),
            )
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )

    async def deliver(
        self, subscriber: Subscriber, organization_id: OrganizationId, *, limit: int
    ) -> int:
        def deliver(connection: Connection) -> int:
            scope = Scope(connection, Actor.system(organization_id), self.new_id, already_begun)
            receipt = _locked_receipt(scope, subscriber.name)
            if receipt and receipt.retry_at and receipt.retry_at > self.clock():
                return 0  # another relay has tried meanwhile
            start = receipt.position if receipt else 0
            position, attempts = start, receipt.attempts if receipt else 0
            retry_at: datetime | None = None
            for event in _following(scope, start, limit):
                error = self._hear(scope, subscriber, event)
                attempts = attempts + 1 if error else 0
                if error and attempts < self.attempts:
                    retry_at = self.clock() + self.first_wait * 2 ** (attempts - 1)
                    break
                if error:
                    self._bury(scope, subscriber, event, error)
                    attempts = 0
                position = event.position
            state = {"position": position, "attempts": attempts, "retry_at": retry_at}
            _store_receipt(scope, subscriber.name, state, known=receipt is not None)
            scope.send()
            return position - start

        return await self.database.write(deliver, of=organization_id)

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


def _locked_head(scope: Scope) -> Row[Any] | None:
    head = select(event_heads).where(scope.owns(event_heads)).with_for_update()
    return scope.execute(head).one_or_none()


def _unnumbered(scope: Scope, limit: int) -> Sequence[Row[Any]]:
    return scope.execute(
        select(event_log)
        .where(scope.owns(event_log), event_log.c.position.is_(None))
        .order_by(event_log.c.arrival)
        .limit(limit)
    ).all()


def _store_numbers(scope: Scope, numbered: Sequence[dict[str, Any]]) -> None:
    scope.execute(
        update(event_log)
        .where(scope.owns(event_log), event_log.c.id == bindparam("p_id"))
        .values(position=bindparam("p_position"), link=bindparam("p_link")),
        numbered,
    )


def _store_head(scope: Scope, *, known: bool, **head: Any) -> None:
    # Two relays that both found no head run into its primary key: one is told to decide again.
    if known:
        scope.execute(update(event_heads).where(scope.owns(event_heads)).values(**head))
    else:
        scope.add(event_heads, **head)
        scope.send()


def _locked_receipt(scope: Scope, subscriber: str) -> Row[Any] | None:
    receipt = select(receipts).where(scope.owns(receipts), receipts.c.subscriber == subscriber)
    return scope.execute(receipt.with_for_update()).one_or_none()


def _following(scope: Scope, position: int, limit: int) -> Sequence[Row[Any]]:
    return scope.execute(
        select(event_log)
        .where(scope.owns(event_log), event_log.c.position > position)
        .order_by(event_log.c.position)
        .limit(limit)
    ).all()


def _store_receipt(scope: Scope, subscriber: str, state: dict[str, Any], *, known: bool) -> None:
    if known:
        scope.execute(
            update(receipts)
            .where(scope.owns(receipts), receipts.c.subscriber == subscriber)
            .values(**state)
        )
    else:
        scope.add(receipts, subscriber=subscriber, **state)
