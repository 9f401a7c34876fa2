"""Members are told what concerns them, and read, delete and choose for themselves only."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import attrs
import pytest
from sqlalchemy import Connection, insert

from adapters.readers.notices import SqlNoticeViews
from adapters.repositories.notice_retention import SqlNoticeRetention
from adapters.repositories.notices import SqlNoticeWork
from adapters.schema.escalations import agents
from adapters.schema.identity import organizations
from adapters.schema.people import members
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.kernel.pages import Slice
from application.kernel.ports import UnitOfWork
from application.notifications.notice_ports import (
    NoticeRetention,
    NoticeViews,
    NoticeWork,
    WhoeverActsAs,
    WhoeverMay,
    WhoeverStarted,
)
from domain.identity.roles import Role
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ActorId, AgentId, ImportId, MemberId, NoticeId
from domain.notifications.member_notices import MemberNotice, NoticeKind, NoticeNotFound
from tests.contract.databases import opened
from tests.fakes.notices import MemoryMemberNotices, MemoryNoticeboard
from tests.samples import DAY, DESK, MINUTE, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

OLGA, MAX, ANA, GONE = (MemberId(UUID(int=number)) for number in (1, 2, 3, 4))
ROLES = {OLGA: Role.OWNER, MAX: Role.MANAGER, ANA: Role.AGENT}
AGENT = AgentId(UUID(int=11))
LOW = NoticeKind.CALL_SCORED_LOW


def member(id: MemberId) -> Actor:
    return attrs.evolve(DESK, id=ActorId(id))


@attrs.frozen(kw_only=True)
class Board:
    work: UnitOfWork[NoticeWork]
    views: NoticeViews
    retention: NoticeRetention

    async def audience(self, permission: Permission, kind: NoticeKind = LOW) -> list[MemberId]:
        def ask(work: NoticeWork) -> list[MemberId]:
            return list(work.notices.audience(WhoeverMay(permission), kind))

        return await self.work(DESK, ask)

    async def give(self, number: int, *to: MemberId, at: datetime = NOW) -> NoticeId:
        id = NoticeId(UUID(int=number))
        given = [
            MemberNotice(id=id, member_id=each, kind=LOW, about=UUID(int=7), given_at=at)
            for each in to
        ]
        await self.work(DESK, lambda work: work.notices.give(given))
        return id

    async def read(self, id: NoticeId, by: MemberId, at: datetime = NOW) -> None:
        def read(work: NoticeWork) -> None:
            work.notices.keep_read(work.notices.get(by, id).read(at))

        await self.work(DESK, read)

    async def delete(self, id: NoticeId, by: MemberId) -> None:
        await self.work(DESK, lambda work: work.notices.delete(by, id))

    async def listed(self, by: MemberId, *, unread: bool | None = None) -> list[int]:
        page = await self.views.notices(member(by), unread=unread, slice=Slice(limit=9))
        return [one.id.int for one in page.items]


@pytest.fixture
async def board(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_storage_url: str | None,
) -> AsyncIterator[Board]:
    if any_storage_url is None:
        memory = MemoryNoticeboard(
            actor=DESK, notices_of=MemoryMemberNotices(active=ROLES, standing_for={AGENT: ANA})
        )
        yield Board(work=memory, views=memory, retention=memory)
        return
    async with opened(any_storage_url) as database:
        await database.write(_people, of=DESK.organization_id)
        yield Board(
            work=SqlUnitOfWork[NoticeWork](
                database=database, work_on=SqlNoticeWork.on, new_id=uuid4, clock=lambda: NOW
            ),
            views=SqlNoticeViews(database),
            retention=SqlNoticeRetention(database),
        )


def _people(connection: Connection) -> None:
    ours = {"organization_id": DESK.organization_id, "version": 1}
    connection.execute(
        insert(organizations), {**ours, "slug": "desk", "name": "Desk", "created_at": NOW}
    )
    people = [(id, role, "active") for id, role in ROLES.items()]
    for id, role, state in [*people, (GONE, Role.MANAGER, "deactivated")]:
        about = {"id": id, "email": f"{id}@example.com", "name": "Somebody", "created_at": NOW}
        connection.execute(insert(members), {**ours, **about, "role": role.value, "state": state})
    acting = {"id": AGENT, "name": "Ana", "kind": "person", "acts_as": ANA, "since": NOW}
    numbers = dict.fromkeys(("level", "load", "calls_handled", "ratings", "rated"), 0)
    lists = {"skills": [], "departments": [], "presence": "offline"}
    connection.execute(insert(agents), {**ours, **acting, **numbers, **lists})


async def test_whoever_may_is_told_if_they_want_to_be(board: Board) -> None:
    assert await board.audience(Permission.REVIEW_CALLS) == [OLGA, MAX]
    assert await board.audience(Permission.OPERATE_PAYMENTS) == [OLGA]

    await board.work(DESK, lambda work: work.notices.choose(MAX, {LOW}))

    assert await board.audience(Permission.REVIEW_CALLS) == [OLGA]
    refunds = NoticeKind.REFUND_REQUESTED
    assert await board.audience(Permission.REVIEW_CALLS, refunds) == [OLGA, MAX]
    assert set(await board.views.unwanted(member(MAX))) == {LOW}
    assert not await board.views.unwanted(member(OLGA))
    await board.work(DESK, lambda work: work.notices.choose(MAX, set()))
    assert await board.audience(Permission.REVIEW_CALLS) == [OLGA, MAX]


async def test_an_agent_is_told_as_the_member_who_acts(board: Board) -> None:
    def ask(work: NoticeWork) -> list[list[MemberId]]:
        asked = (WhoeverActsAs(AGENT), WhoeverActsAs(AgentId(UUID(int=12))))
        unknown = WhoeverStarted(ImportId(UUID(int=13)))
        return [list(work.notices.audience(whom, LOW)) for whom in (*asked, unknown)]

    assert await board.work(DESK, ask) == [[ANA], [], []]


async def test_what_is_given_again_stays_as_it_is(board: Board) -> None:
    id = await board.give(1, OLGA, MAX)
    await board.read(id, OLGA)
    await board.read(id, OLGA, NOW + MINUTE)

    await board.give(1, OLGA, MAX, at=NOW + DAY)

    (kept,) = (await board.views.notices(member(OLGA), unread=None, slice=Slice(limit=9))).items
    assert (kept.given_at, kept.read_at, kept.action_url) == (
        NOW,
        NOW,
        f"/v1/calls/{UUID(int=7)}/quality",
    )
    assert [await board.views.unread(member(who)) for who in (OLGA, MAX, ANA)] == [0, 1, 0]


async def test_the_latest_comes_first_page_by_page(board: Board) -> None:
    for number in (1, 2, 3):
        await board.give(number, OLGA, at=NOW + timedelta(minutes=number))
    await board.read(NoticeId(UUID(int=2)), OLGA)

    first = await board.views.notices(member(OLGA), unread=None, slice=Slice(limit=2))
    rest = Slice(limit=2, after=first.next)
    second = await board.views.notices(member(OLGA), unread=None, slice=rest)

    assert [one.id.int for one in (*first.items, *second.items)] == [3, 2, 1]
    assert (await board.listed(OLGA, unread=True), await board.listed(OLGA, unread=False)) == (
        [3, 1],
        [2],
    )


async def test_another_members_notices_are_nobodys_business(board: Board) -> None:
    id = await board.give(1, OLGA, MAX)

    def read_all(work: NoticeWork) -> int:
        return work.notices.read_all(MAX, at=NOW)

    assert [await board.work(DESK, read_all) for _ in range(2)] == [1, 0]
    await board.delete(id, MAX)

    assert (await board.listed(OLGA, unread=True), await board.listed(MAX)) == ([1], [])
    for nobody in (ANA, MAX):
        with pytest.raises(NoticeNotFound):
            await board.read(id, nobody)
        with pytest.raises(NoticeNotFound):
            await board.delete(id, nobody)
    foreign = attrs.evolve(OTHER_DESK, id=ActorId(OLGA))
    assert await board.views.unread(foreign) == 0


async def test_old_ones_are_forgotten_a_few_at_a_time(board: Board) -> None:
    for number in (1, 2, 3):
        await board.read(await board.give(number, OLGA, at=NOW - 9 * DAY), OLGA, NOW - 8 * DAY)
    await board.read(await board.give(4, OLGA, at=NOW - 9 * DAY), OLGA, NOW)
    await board.give(5, OLGA, MAX, at=NOW - 9 * DAY)
    await board.give(6, OLGA, at=NOW - 99 * DAY)

    async def forget(actor: Actor = DESK) -> int:
        return await board.retention.forget_notices(
            actor, read_before=NOW - 7 * DAY, given_before=NOW - 90 * DAY, limit=3
        )

    assert [await forget(OTHER_DESK), await forget(), await forget(), await forget()] == [
        0,
        3,
        1,
        0,
    ]
    assert sorted(await board.listed(OLGA)) == [4, 5]
    assert await board.listed(MAX) == [5]
