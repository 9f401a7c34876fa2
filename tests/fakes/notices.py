"""Notices in memory, as strict as the real storage."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import attrs

from application.kernel.once import Once
from application.kernel.pages import Page, Slice
from application.kernel.ports import UnitOfWork
from application.notifications.notice_ports import (
    Audience,
    MemberNotices,
    NoticeRetention,
    NoticeViews,
    NoticeWork,
    WhoeverActsAs,
    WhoeverMay,
)
from domain.identity.roles import Role
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId, NoticeId
from domain.notifications.member_notices import MemberNotice, NoticeKind, NoticeNotFound

Decision = TypeVar("Decision")


@attrs.frozen
class MemoryMemberNotices(MemberNotices):
    """`active` are members by role; `standing_for` who acts as an agent or began an import."""

    active: Mapping[MemberId, Role]
    standing_for: Mapping[UUID, MemberId] = attrs.field(factory=dict)
    given: dict[tuple[MemberId, NoticeId], MemberNotice] = attrs.field(factory=dict)
    unwanted: dict[MemberId, Collection[NoticeKind]] = attrs.field(factory=dict)

    def audience(self, whom: Audience, kind: NoticeKind) -> Sequence[MemberId]:
        if isinstance(whom, WhoeverMay):
            may = {id for id, role in self.active.items() if whom.permission in role.permissions}
        else:
            id = whom.agent_id if isinstance(whom, WhoeverActsAs) else whom.import_id
            may = (
                {self.standing_for[id]} & self.active.keys() if id in self.standing_for else set()
            )
        return sorted(id for id in may if kind not in self.unwanted.get(id, ()))

    def give(self, notices: Sequence[MemberNotice], /) -> None:
        for notice in notices:
            self.given.setdefault((notice.member_id, notice.id), notice)

    def get(self, member_id: MemberId, notice_id: NoticeId) -> MemberNotice:
        if (member_id, notice_id) not in self.given:
            raise NoticeNotFound(notice_id)
        return self.given[member_id, notice_id]

    def keep_read(self, notice: MemberNotice) -> None:
        self.get(notice.member_id, notice.id)
        self.given[notice.member_id, notice.id] = notice

    def read_all(self, member_id: MemberId, *, at: datetime) -> int:
        unread = [key for key, one in self.given.items() if one.read_at is None]
        theirs = [key for key in unread if key[0] == member_id]
        self.given.update({key: self.given[key].read(at) for key in theirs})
        return len(theirs)

    def delete(self, member_id: MemberId, notice_id: NoticeId) -> None:
        self.get(member_id, notice_id)
        del self.given[member_id, notice_id]

    def choose(self, member_id: MemberId, unwanted: Collection[NoticeKind]) -> None:
        self.unwanted[member_id] = frozenset(unwanted)


@attrs.frozen
class MemoryNoticeWork(NoticeWork):
    notices: MemoryMemberNotices


@attrs.frozen
class MemoryNoticeboard(UnitOfWork[MemoryNoticeWork], NoticeViews, NoticeRetention):
    """Of one organization."""

    actor: Actor
    notices_of: MemoryMemberNotices

    async def __call__(
        self,
        actor: Actor,
        decide: Callable[[MemoryNoticeWork], Decision],
        /,
        *,
        once: Once[Decision] | None = None,
    ) -> Decision:
        assert once is None, "answers are remembered elsewhere"
        assert actor.organization_id == self.actor.organization_id
        return decide(MemoryNoticeWork(self.notices_of))

    async def notices(
        self, actor: Actor, *, unread: bool | None, slice: Slice
    ) -> Page[MemberNotice]:
        fitting = [one for one in self._own(actor) if unread in (None, one.read_at is None)]
        fitting.sort(key=lambda one: (one.given_at, one.id), reverse=True)
        keys = [(one.given_at.isoformat(), str(one.id)) for one in fitting]
        start = 0 if slice.after is None else keys.index((slice.after[0], slice.after[1])) + 1
        end = start + slice.limit
        return Page(items=fitting[start:end], next=keys[end - 1] if keys[end:] else None)

    async def unread(self, actor: Actor) -> int:
        return sum(one.read_at is None for one in self._own(actor))

    async def unwanted(self, actor: Actor) -> Collection[NoticeKind]:
        return self.notices_of.unwanted.get(MemberId(actor.id), frozenset())

    async def forget_notices(
        self, actor: Actor, *, read_before: datetime, given_before: datetime, limit: int
    ) -> int:
        if actor.organization_id != self.actor.organization_id:
            return 0
        given = self.notices_of.given
        old = [
            key
            for key, one in given.items()
            if one.given_at < given_before
            or (one.read_at is not None and one.read_at < read_before)
        ]
        for key in old[:limit]:
            del given[key]
        return len(old[:limit])

    def _own(self, actor: Actor) -> list[MemberNotice]:
        given = self.notices_of.given.values()
        same = actor.organization_id == self.actor.organization_id
        return [one for one in given if same and one.member_id == actor.id]
