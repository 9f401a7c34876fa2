"""What members are told of in the program, in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Table, and_, delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.mapping.notices import columns_of, notice_of
from adapters.schema.escalations import agents
from adapters.schema.events import event_log
from adapters.schema.notices import notices, unwanted_notices
from adapters.schema.people import members
from adapters.sql.scope import Scope
from application.notifications.notice_ports import (
    Audience,
    MemberNotices,
    NoticeWork,
    WhoeverActsAs,
    WhoeverMay,
)
from domain.identity.members import MemberState
from domain.identity.roles import Role
from domain.kernel.identifiers import MemberId, NoticeId
from domain.notifications.member_notices import MemberNotice, NoticeKind, NoticeNotFound
from domain.pipelines.events import ImportStarted


@attrs.frozen
class SqlMemberNotices(MemberNotices):
    scope: Scope

    def audience(self, whom: Audience, kind: NoticeKind) -> Sequence[MemberId]:
        unwanted = exists().where(
            self.scope.owns(unwanted_notices),
            unwanted_notices.c.member_id == members.c.id,
            unwanted_notices.c.kind == kind.value,
        )
        question = (
            select(members.c.id)
            .where(
                self.scope.owns(members),
                members.c.state == MemberState.ACTIVE.value,
                self._among(whom),
                ~unwanted,
            )
            .order_by(members.c.id)
        )
        return [MemberId(id) for id in self.scope.ask(question).scalars()]

    def give(self, given: Sequence[MemberNotice]) -> None:
        ours = {"organization_id": self.scope.organization_id}
        rows = [{**ours, **columns_of(notice)} for notice in given]
        self.scope.execute(_giving(notices, self.scope.connection.dialect.name), rows)

    def get(self, member_id: MemberId, notice_id: NoticeId) -> MemberNotice:
        question = select(notices).where(self._is(member_id, notice_id))
        row = self.scope.ask(question).one_or_none()
        if row is None:
            raise NoticeNotFound(notice_id)
        return notice_of(row)

    def keep_read(self, notice: MemberNotice) -> None:
        reading = update(notices).where(self._is(notice.member_id, notice.id))
        if not self.scope.execute(reading.values(read_at=notice.read_at)).rowcount:
            raise NoticeNotFound(notice.id)

    def read_all(self, member_id: MemberId, *, at: datetime) -> int:
        unread = and_(
            self.scope.owns(notices),
            notices.c.member_id == member_id,
            notices.c.read_at.is_(None),
        )
        return self.scope.execute(update(notices).where(unread).values(read_at=at)).rowcount

    def delete(self, member_id: MemberId, notice_id: NoticeId) -> None:
        gone = self.scope.execute(delete(notices).where(self._is(member_id, notice_id)))
        if not gone.rowcount:
            raise NoticeNotFound(notice_id)

    def choose(self, member_id: MemberId, unwanted: Collection[NoticeKind]) -> None:
        self.scope.execute(
            delete(unwanted_notices).where(
                self.scope.owns(unwanted_notices), unwanted_notices.c.member_id == member_id
            )
        )
        ours = {"organization_id": self.scope.organization_id, "member_id": member_id}
        rows = [{**ours, "kind": kind} for kind in sorted(each.value for each in unwanted)]
        if rows:
            dialect = self.scope.connection.dialect.name
            self.scope.execute(_giving(unwanted_notices, dialect), rows)

    def _is(self, member_id: MemberId, notice_id: NoticeId) -> ColumnElement[bool]:
        return and_(
            self.scope.owns(notices),
            notices.c.member_id == member_id,
            notices.c.id == notice_id,
        )

    def _among(self, whom: Audience) -> ColumnElement[bool]:
        if isinstance(whom, WhoeverMay):
            roles = [role.value for role in Role if whom.permission in role.permissions]
            return members.c.role.in_(roles)
        if isinstance(whom, WhoeverActsAs):
            acting = select(agents.c.acts_as).where(
                self.scope.owns(agents), agents.c.id == whom.agent_id
            )
            return members.c.id == acting.scalar_subquery()
        starting = select(event_log.c.actor_id).where(
            self.scope.owns(event_log),
            event_log.c.subject == whom.import_id,
            event_log.c.name == ImportStarted.name,
        )
        return members.c.id.in_(starting)


@attrs.frozen
class SqlNoticeWork(NoticeWork):
    notices: SqlMemberNotices

    @classmethod
    def on(cls, scope: Scope) -> "SqlNoticeWork":
        return cls(SqlMemberNotices(scope))


@lru_cache(maxsize=4)
def _giving(table: Table, dialect: str) -> Any:
    insert: Any = {"postgresql": postgresql, "sqlite": sqlite}[dialect].insert(table)
    return insert.on_conflict_do_nothing()
