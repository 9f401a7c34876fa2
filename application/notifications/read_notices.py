"""Read one's notices, and put them away."""

import attrs

from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.notifications.notice_ports import NoticeWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId, NoticeId
from domain.notifications.member_notices import MemberNotice


@attrs.frozen(kw_only=True)
class ReadNotice:
    actor: Actor
    notice_id: NoticeId
    once: Once[MemberNotice] | None = None


@attrs.frozen(kw_only=True)
class ReadNoticeHandler:
    unit_of_work: UnitOfWork[NoticeWork]
    clock: Clock

    async def __call__(self, command: ReadNotice, /) -> MemberNotice:
        """Raises NoticeNotFound."""

        def read(work: NoticeWork) -> MemberNotice:
            notice = work.notices.get(MemberId(command.actor.id), command.notice_id)
            seen = notice.read(self.clock())
            work.notices.keep_read(seen)
            return seen

        return await self.unit_of_work(command.actor, read, once=command.once)


@attrs.frozen(kw_only=True)
class ReadNotices:
    """All there are."""

    actor: Actor
    once: Once[int] | None = None


@attrs.frozen(kw_only=True)
class ReadNoticesHandler:
    unit_of_work: UnitOfWork[NoticeWork]
    clock: Clock

    async def __call__(self, command: ReadNotices, /) -> int:
        """How many had not been read."""

        def read(work: NoticeWork) -> int:
            return work.notices.read_all(MemberId(command.actor.id), at=self.clock())

        return await self.unit_of_work(command.actor, read, once=command.once)


@attrs.frozen(kw_only=True)
class DeleteNotice:
    actor: Actor
    notice_id: NoticeId


@attrs.frozen(kw_only=True)
class DeleteNoticeHandler:
    unit_of_work: UnitOfWork[NoticeWork]

    async def __call__(self, command: DeleteNotice, /) -> MemberNotice:
        """As it was. Raises NoticeNotFound."""

        def delete(work: NoticeWork) -> MemberNotice:
            notice = work.notices.get(MemberId(command.actor.id), command.notice_id)
            work.notices.delete(notice.member_id, notice.id)
            return notice

        return await self.unit_of_work(command.actor, delete)
