"""Choose what not to be told of in the program."""

import attrs

from application.kernel.ports import UnitOfWork
from application.notifications.notice_ports import NoticeWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId
from domain.notifications.member_notices import NoticeKind


@attrs.frozen(kw_only=True)
class ChooseNotices:
    actor: Actor
    unwanted: frozenset[NoticeKind]


@attrs.frozen(kw_only=True)
class ChooseNoticesHandler:
    """Choosing the same again changes nothing."""

    unit_of_work: UnitOfWork[NoticeWork]

    async def __call__(self, command: ChooseNotices, /) -> None:
        def choose(work: NoticeWork) -> None:
            work.notices.choose(MemberId(command.actor.id), command.unwanted)

        await self.unit_of_work(command.actor, choose)
