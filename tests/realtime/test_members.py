"""Members listen with the session they have signed in with, and no longer than it lasts."""

from typing import Any
from uuid import UUID

import pytest
from websockets.exceptions import ConnectionClosed

from application.identity.accept_invitation import AcceptInvitation
from application.identity.end_sessions import EndOwnSessions
from application.identity.invite_owner import InviteOwner
from application.identity.open_session import OpenedSession, OpenSession
from application.kernel.pages import Slice
from domain.documentation.events import CrawlBlocked
from domain.kernel.identifiers import CrawlId, SiteId
from entrypoints.wiring.ambient import utc_now
from tests.contract.desks import Desk
from tests.contract.offices import HOME, PASSWORD
from tests.realtime.places import Served, a_container, confirmed, serving
from tests.realtime.test_doors import closed_with
from tests.worker.offices import Place

pytestmark = pytest.mark.anyio

ADA = "ada@example.com"
CRAWL = CrawlId(UUID(int=7))


async def signed_in(served: Served) -> OpenedSession:
    people = served.container.people
    organization = await served.container.identity.organization_views().called("demo")
    invited = await people.invite_owner()(
        InviteOwner(organization=organization, email=ADA, name="Ada Lovelace")
    )
    await people.accept_invitation()(AcceptInvitation(token=invited.secret, password=PASSWORD))
    opened: OpenedSession = await people.open_session()(
        OpenSession(
            organization="demo", email=ADA, password=PASSWORD, device="a browser", address=HOME
        )
    )
    return opened


async def test_a_member_has_so_many_sockets_and_no_more(sqlite_place: Place) -> None:
    async with serving(a_container(sqlite_place, realtime_sockets_per_member=1)) as served:
        await Desk.opened(served.container, "demo")
        opened = await signed_in(served)
        async with served.client(opened.secret):
            late = served.url(await served.ticket(opened.secret))
            assert await closed_with(late) == 4429


async def test_a_member_listens_until_the_session_ends(sqlite_place: Place) -> None:
    async with serving(a_container(sqlite_place, realtime_silence_seconds=1)) as served:
        desk = await Desk.opened(served.container, "demo")
        opened = await signed_in(served)
        async with served.client(opened.secret) as client:
            await client.subscribe(desk.resource_id)
            await confirmed(desk, [1])
            await client.until("event", name="booking_confirmed")
            end = EndOwnSessions(actor=opened.member.actor)
            await served.container.people.end_own_sessions()(end)
            with pytest.raises(ConnectionClosed) as closed:
                await client.until("nothing")
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4403


async def test_a_member_hears_of_their_notices_and_a_key_of_none(sqlite_place: Place) -> None:
    async with serving(a_container(sqlite_place)) as served:
        desk = await Desk.opened(served.container, "demo")
        opened = await signed_in(served)
        key = await served.key(desk.actor)
        async with served.client(opened.secret) as client, served.client(key) as other:
            await client.subscribe("notices")
            await other.say("subscribe", rooms=["notices"])
            assert (await other.until("error"))["code"] == "no_account"
            await other.subscribe("*")
            await blocked(served, desk)
            told = await client.until("event", name="notices_given")
            await confirmed(desk, [1])
            await other.until("event", name="booking_confirmed")
        notices: Any = served.container.notifications.in_program
        listed = await notices.views().notices(
            opened.member.actor, unread=True, slice=Slice(limit=9)
        )

    assert told["data"] == {
        "notice_id": str(listed.items[0].id),
        "kind": "crawl_blocked",
        "about_id": str(CRAWL),
        "heading": "A crawl awaits approval",
        "action_url": f"/v1/crawls/{CRAWL}",
    }
    assert "crawl_blocked" in other.events
    assert "notices_given" not in other.events


async def blocked(served: Served, desk: Desk) -> None:
    event = CrawlBlocked(
        crawl_id=CRAWL, site_id=SiteId(UUID(int=8)), reason="fewer pages", occurred_at=utc_now()
    )
    work: Any = served.container.calls.unit_of_work()
    await work(desk.actor, lambda work: work.facts.publish([event]))
