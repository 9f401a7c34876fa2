"""One's own notices as they are read, in SQL."""

from collections.abc import Collection

import attrs
from sqlalchemy import ColumnElement, and_, func, select

from adapters.mapping.notices import notice_of
from adapters.schema.notices import notices, unwanted_notices
from adapters.sql.database import Database
from adapters.sql.keysets import page_backwards
from application.kernel.pages import Page, Slice
from application.notifications.notice_ports import NoticeViews
from domain.kernel.actors import Actor
from domain.notifications.member_notices import MemberNotice, NoticeKind


@attrs.frozen
class SqlNoticeViews(NoticeViews):
    database: Database

    async def notices(
        self, actor: Actor, *, unread: bool | None, slice: Slice
    ) -> Page[MemberNotice]:
        question = select(notices).where(_own(actor))
        if unread is not None:
            question = question.where(notices.c.read_at.is_(None) == unread)
        keys = (notices.c.given_at, notices.c.id)
        return await self.database.read(
            lambda connection: page_backwards(connection, question, keys, slice, notice_of),
            of=actor.organization_id,
        )

    async def unread(self, actor: Actor) -> int:
        question = (
            select(func.count())
            .select_from(notices)
            .where(_own(actor), notices.c.read_at.is_(None))
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalar_one(), of=actor.organization_id
        )

    async def unwanted(self, actor: Actor) -> Collection[NoticeKind]:
        question = select(unwanted_notices.c.kind).where(
            unwanted_notices.c.organization_id == actor.organization_id,
            unwanted_notices.c.member_id == actor.id,
        )
        return await self.database.read(
            lambda connection: {
                NoticeKind(kind) for kind in connection.execute(question).scalars()
            },
            of=actor.organization_id,
        )


def _own(actor: Actor) -> ColumnElement[bool]:
    return and_(
        notices.c.organization_id == actor.organization_id, notices.c.member_id == actor.id
    )
