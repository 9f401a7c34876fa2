"""What members are told of in the program itself, and in which words.

The words are ours and name nobody: what happened is read where the notice leads, by whoever may.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import ClassVar
from uuid import UUID, uuid5

import attrs

from domain.kernel.identifiers import EventId, MemberId, NoticeId
from domain.kernel.refusals import NotFound


class NoticeKind(Enum):
    CALL_SCORED_LOW = "call_scored_low"
    ESCALATION_OFFERED = "escalation_offered"
    ESCALATION_OVERDUE = "escalation_overdue"
    REFUND_REQUESTED = "refund_requested"
    REFUND_FAILED = "refund_failed"
    DISPUTE_OPENED = "dispute_opened"
    PAYMENT_PARKED = "payment_parked"
    CRAWL_BLOCKED = "crawl_blocked"
    IMPORT_COMPLETED = "import_completed"
    REPORT_FAILED = "report_failed"


@attrs.frozen
class Wording:
    """`leads_to` is an address of the API, with the place of what the notice is about."""

    title: str
    message: str
    leads_to: str


WORDINGS: Mapping[NoticeKind, Wording] = {
    NoticeKind.CALL_SCORED_LOW: Wording(
        "A call scored low",
        "Its score fell below 0.6. See why, and what was said.",
        "/v1/calls/{}/quality",
    ),
    NoticeKind.ESCALATION_OFFERED: Wording(
        "Somebody asks for you",
        "A caller was escalated and is offered to you: accept or decline.",
        "/v1/escalations/{}",
    ),
    NoticeKind.ESCALATION_OVERDUE: Wording(
        "A caller has waited too long",
        "Nobody answered an escalation by the time that was promised.",
        "/v1/escalations/{}",
    ),
    NoticeKind.REFUND_REQUESTED: Wording(
        "A refund awaits approval",
        "Approve or reject it: nothing is given back before.",
        "/v1/refunds/{}",
    ),
    NoticeKind.REFUND_FAILED: Wording(
        "A refund has failed",
        "The money is still here: find another way to give it back.",
        "/v1/refunds/{}",
    ),
    NoticeKind.DISPUTE_OPENED: Wording(
        "A payment is disputed",
        "Send evidence to the provider by the day it names.",
        "/v1/disputes/{}",
    ),
    NoticeKind.PAYMENT_PARKED: Wording(
        "A payment needs a look",
        "It came in and fits nothing: decide what becomes of it.",
        "/v1/payments/{}",
    ),
    NoticeKind.CRAWL_BLOCKED: Wording(
        "A crawl awaits approval",
        "It would take away a large part of what is known of the site.",
        "/v1/crawls/{}",
    ),
    NoticeKind.IMPORT_COMPLETED: Wording(
        "Your import is done",
        "See how many rows were taken, and why the others were refused.",
        "/v1/imports/{}",
    ),
    NoticeKind.REPORT_FAILED: Wording(
        "A report was not sent",
        "See what kept it from being made or sent, and send it by hand.",
        "/v1/report-schedules/{}/runs",
    ),
}


@attrs.frozen
class NoticeNotFound(NotFound):
    code: ClassVar[str] = "notice_not_found"
    notice_id: NoticeId

    def __str__(self) -> str:
        return f"you have no notice {self.notice_id}"


def notice_of(event_id: EventId) -> NoticeId:
    """The one notice about an event, however often it is heard and however many are told."""
    return NoticeId(uuid5(event_id, "notice"))


def heading_of(kind: NoticeKind) -> str:
    return WORDINGS[kind].title


def leading_to(kind: NoticeKind, about: UUID) -> str:
    return WORDINGS[kind].leads_to.format(about)


@attrs.frozen(kw_only=True)
class MemberNotice:
    """Of one member: whoever else is told of the same reads and deletes their own."""

    id: NoticeId
    member_id: MemberId
    kind: NoticeKind
    about: UUID
    given_at: datetime
    read_at: datetime | None = None

    @property
    def title(self) -> str:
        return heading_of(self.kind)

    @property
    def message(self) -> str:
        return WORDINGS[self.kind].message

    @property
    def action_url(self) -> str:
        return leading_to(self.kind, self.about)

    def read(self, now: datetime) -> "MemberNotice":
        """The first time counts."""
        return self if self.read_at else attrs.evolve(self, read_at=now)
