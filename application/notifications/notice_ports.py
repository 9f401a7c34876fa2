"""What notices inside the program need from storage, and what is asked about them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import attrs

from application.kernel.facts import Facts
from application.kernel.pages import Page, Slice
from application.kernel.subscribers import SubscriberWork
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import AgentId, ImportId, MemberId, NoticeId
from domain.notifications.member_notices import MemberNotice, NoticeKind


@attrs.frozen
class WhoeverMay:
    permission: Permission


@attrs.frozen
class WhoeverActsAs:
    agent_id: AgentId


@attrs.frozen
class WhoeverStarted:
    import_id: ImportId


Audience = WhoeverMay | WhoeverActsAs | WhoeverStarted


class MemberNotices(Protocol):
    """Those of one organization."""

    def audience(self, whom: Audience, kind: NoticeKind) -> Sequence[MemberId]:
        """Active members who want to be told of this kind, in the order of their ids."""
        ...

    def give(self, notices: Sequence[MemberNotice]) -> None:
        """Those that were given before stay as they are."""
        ...

    def get(self, member_id: MemberId, notice_id: NoticeId) -> MemberNotice:
        """Raises NoticeNotFound, also for somebody else's."""
        ...

    def keep_read(self, notice: MemberNotice) -> None:
        """That it has been read. Raises NoticeNotFound if it is gone."""
        ...

    def read_all(self, member_id: MemberId, *, at: datetime) -> int:
        """How many had not been read."""
        ...

    def delete(self, member_id: MemberId, notice_id: NoticeId) -> None:
        """Raises NoticeNotFound if it is gone."""
        ...

    def choose(self, member_id: MemberId, unwanted: Collection[NoticeKind]) -> None:
        """All other kinds are told, from now on."""
        ...


class NoticeWork(Protocol):
    """What one transaction about notices may touch."""

    @property
    def notices(self) -> MemberNotices: ...


class NoticeGiving(SubscriberWork, Protocol):
    @property
    def notices(self) -> MemberNotices: ...

    @property
    def facts(self) -> Facts: ...


class NoticeViews(Protocol):
    """One's own notices."""

    async def notices(
        self, actor: Actor, *, unread: bool | None, slice: Slice
    ) -> Page[MemberNotice]:
        """The latest first: all, those that are unread, or those that are not."""
        ...

    async def unread(self, actor: Actor) -> int: ...

    async def unwanted(self, actor: Actor) -> Collection[NoticeKind]: ...


class NoticeRetention(Protocol):
    async def forget_notices(
        self, actor: Actor, *, read_before: datetime, given_before: datetime, limit: int
    ) -> int:
        """Up to `limit` of the organization's, read or not in time; how many it were."""
        ...


@attrs.frozen(kw_only=True)
class Telling:
    """What an event gives cause to tell, and whom."""

    kind: NoticeKind
    about: UUID
    whom: Audience
