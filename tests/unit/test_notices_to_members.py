"""Which events members are told of in the program, and whom."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import attrs
import pytest

from application.kernel.jobs import JobQueue
from application.kernel.subscribers import RecordedEvent
from application.notifications.give_notices import NoticesToMembers
from application.notifications.notice_ports import NoticeGiving
from domain.identity.roles import Role
from domain.kernel.events import Event
from domain.kernel.identifiers import EventId, MemberId
from domain.notifications.events import NoticesGiven
from domain.notifications.member_notices import WORDINGS, NoticeKind
from tests.fakes.notices import MemoryMemberNotices
from tests.samples import DAY, DESK, NOW

OWNER, MANAGER, AGENT, VIEWER = (MemberId(UUID(int=number)) for number in (1, 2, 3, 4))
ROLES = {OWNER: Role.OWNER, MANAGER: Role.MANAGER, AGENT: Role.AGENT, VIEWER: Role.VIEWER}
DESK_AGENT, SUBJECT, EVENT = UUID(int=11), UUID(int=12), EventId(UUID(int=13))
LOW: dict[str, Any] = {"score": 599, "before": 600}


@attrs.frozen
class Work(NoticeGiving):
    notices: MemoryMemberNotices
    published: list[Event] = attrs.field(factory=list)

    @property
    def facts(self) -> Any:
        return self

    @property
    def jobs(self) -> JobQueue:
        raise AssertionError("nothing is left to be done later")

    def publish(self, events: list[Event]) -> None:
        self.published.extend(events)


def board() -> Work:
    standing_for = {DESK_AGENT: AGENT, SUBJECT: VIEWER}
    return Work(MemoryMemberNotices(active=ROLES, standing_for=standing_for))


def hear(work: Work, name: str, *, at: datetime = NOW, **payload: Any) -> list[MemberId]:
    """Who was told."""
    event = RecordedEvent(
        organization_id=DESK.organization_id,
        position=1,
        id=EVENT,
        name=name,
        subject=SUBJECT,
        payload=payload,
        occurred_at=at,
        actor_id=DESK.id,
    )
    NoticesToMembers(clock=lambda: NOW)(event, work)
    return sorted(member_id for member_id, _ in work.notices.given)


@pytest.mark.parametrize(
    ("name", "payload", "told"),
    [
        ("qa_score_updated", LOW, [OWNER, MANAGER]),
        ("qa_score_updated", {"score": 0, "before": None}, [OWNER, MANAGER]),
        ("qa_score_updated", {"score": 600, "before": None}, []),
        ("qa_score_updated", {"score": None, "before": 900}, []),
        ("qa_score_updated", {"score": 100, "before": 599}, []),
        ("escalation_offered", {"agent_id": str(DESK_AGENT)}, [AGENT]),
        ("escalation_offered", {"agent_id": str(UUID(int=99))}, []),
        ("escalation_overdue", {}, [OWNER, MANAGER]),
        ("refund_requested", {}, [OWNER, MANAGER]),
        ("refund_failed", {}, [OWNER, MANAGER]),
        ("dispute_opened", {}, [OWNER]),
        ("payment_parked", {}, [OWNER]),
        ("crawl_blocked", {}, [OWNER, MANAGER]),
        ("import_completed", {}, [VIEWER]),
    ],
)
def test_each_is_told_to_whom_it_concerns(
    name: str, payload: dict[str, Any], told: list[MemberId]
) -> None:
    work = board()

    assert hear(work, name, **payload) == told

    for given in work.published:
        assert isinstance(given, NoticesGiven)
        assert list(given.member_ids) == told
        assert str(SUBJECT) in given.action_url
    assert len(work.published) == bool(told)


def test_what_is_heard_twice_is_given_once() -> None:
    work = board()

    for _ in range(2):
        hear(work, "qa_score_updated", **LOW)

    assert len(work.notices.given) == 2


def test_what_was_long_ago_is_no_news() -> None:
    assert hear(board(), "qa_score_updated", at=NOW - 2 * DAY, **LOW) == []
    late = NOW - 2 * DAY + timedelta(seconds=1)
    assert hear(board(), "qa_score_updated", at=late, **LOW) == [OWNER, MANAGER]


def test_whoever_does_not_want_to_know_is_left_alone() -> None:
    work = board()
    work.notices.choose(OWNER, {NoticeKind.CALL_SCORED_LOW})

    assert hear(work, "qa_score_updated", **LOW) == [MANAGER]


def test_there_are_words_for_every_kind() -> None:
    assert WORDINGS.keys() == set(NoticeKind)
    assert {name.leads_to.count("{}") for name in WORDINGS.values()} == {1}
