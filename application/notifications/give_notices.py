"""Which events members are told of in the program, and whom."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.ports import Clock
from application.kernel.subscribers import RecordedEvent, Subscriber
from application.notifications.notice_ports import (
    NoticeGiving,
    Telling,
    WhoeverActsAs,
    WhoeverMay,
    WhoeverStarted,
)
from application.notifications.subscribers import fell_low
from domain.analytics.schedule_events import ScheduledReportFailed
from domain.calls.escalation_events import EscalationOffered, EscalationOverdue
from domain.calls.quality_events import QaScoreUpdated
from domain.documentation.events import CrawlBlocked
from domain.kernel.actors import Permission
from domain.kernel.identifiers import AgentId, ImportId
from domain.notifications.events import NoticesGiven
from domain.notifications.member_notices import (
    MemberNotice,
    NoticeKind,
    heading_of,
    leading_to,
    notice_of,
)
from domain.payments.events import DisputeOpened, PaymentParked, RefundFailed, RefundRequested
from domain.pipelines.events import ImportCompleted

STALE = timedelta(days=2)  # what was long ago is no news, such as when this is heard first


def _whoever_may(kind: NoticeKind, permission: Permission) -> Callable[[RecordedEvent], Telling]:
    return lambda event: Telling(kind=kind, about=event.subject, whom=WhoeverMay(permission))


def _offered(event: RecordedEvent) -> Telling:
    agent_id = AgentId(UUID(str(event.payload["agent_id"])))
    return Telling(
        kind=NoticeKind.ESCALATION_OFFERED, about=event.subject, whom=WhoeverActsAs(agent_id)
    )


def _imported(event: RecordedEvent) -> Telling:
    return Telling(
        kind=NoticeKind.IMPORT_COMPLETED,
        about=event.subject,
        whom=WhoeverStarted(ImportId(event.subject)),
    )


def _scored(event: RecordedEvent) -> Telling | None:
    if not fell_low(event):
        return None
    return _whoever_may(NoticeKind.CALL_SCORED_LOW, Permission.REVIEW_CALLS)(event)


TELLINGS: Mapping[str, Callable[[RecordedEvent], Telling | None]] = {
    QaScoreUpdated.name: _scored,
    EscalationOffered.name: _offered,
    EscalationOverdue.name: _whoever_may(NoticeKind.ESCALATION_OVERDUE, Permission.WRITE_AGENTS),
    RefundRequested.name: _whoever_may(NoticeKind.REFUND_REQUESTED, Permission.APPROVE_REFUNDS),
    RefundFailed.name: _whoever_may(NoticeKind.REFUND_FAILED, Permission.APPROVE_REFUNDS),
    DisputeOpened.name: _whoever_may(NoticeKind.DISPUTE_OPENED, Permission.OPERATE_PAYMENTS),
    PaymentParked.name: _whoever_may(NoticeKind.PAYMENT_PARKED, Permission.OPERATE_PAYMENTS),
    CrawlBlocked.name: _whoever_may(NoticeKind.CRAWL_BLOCKED, Permission.WRITE_DOCUMENTATION),
    ImportCompleted.name: _imported,
    ScheduledReportFailed.name: _whoever_may(NoticeKind.REPORT_FAILED, Permission.EXPORT),
}


@attrs.frozen(kw_only=True)
class NoticesToMembers(Subscriber):
    """One notice an event, for each member it concerns; told at once to those who listen."""

    name: ClassVar[str] = "notices_to_members"
    hears: ClassVar[frozenset[str]] = frozenset(TELLINGS)
    clock: Clock

    def __call__(self, event: RecordedEvent, work: NoticeGiving, /) -> None:
        now = self.clock()
        telling = TELLINGS[event.name](event) if now - event.occurred_at < STALE else None
        members = work.notices.audience(telling.whom, telling.kind) if telling else ()
        if telling is None or not members:
            return
        id = notice_of(event.id)
        work.notices.give(
            [
                MemberNotice(
                    id=id, member_id=each, kind=telling.kind, about=telling.about, given_at=now
                )
                for each in members
            ]
        )
        given = NoticesGiven(
            notice_id=id,
            kind=telling.kind.value,
            about_id=telling.about,
            heading=heading_of(telling.kind),
            action_url=leading_to(telling.kind, telling.about),
            member_ids=tuple(members),
            occurred_at=now,
        )
        work.facts.publish([given])
