"""Bookings come in by a pipeline and from a channel; whoever is at it is killed, twice.

Each record is one booking, each event of the feed one foreign booking, and the night that is sold
out by then is told to the channel.
`pytest tests/chaos/test_brought_in.py --chaos-database=postgres`.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import anyio
import attrs
import pytest
from sqlalchemy import Connection, Table, func, select

from adapters.connectors.feeds import read_feed
from adapters.schema.bookings import bookings
from adapters.schema.channels import channel_syncs, foreign_bookings
from adapters.schema.pipelines import posted_events, quarantined_rows
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.databases import open_database
from application.bookings.channels_come_due import ChannelsComeDue
from application.bookings.keep_channels import AddChannel, ChangeChannel
from application.bookings.publish_busy_times import FeedLink, PublishBusyTimes
from application.inventory.open_pools import OpenPools
from application.pipelines.keep_pipelines import AddPipeline
from application.pipelines.post_events import PostEvents
from domain.bookings.channels import Channel, ChannelChanges
from domain.kernel.periods import DateRange
from domain.pipelines.definition import Definition
from domain.pipelines.imports import ImportTarget
from domain.pipelines.pipeline import Policy
from domain.pipelines.posted_events import PostedEvent
from domain.pipelines.steps import Drop, Move
from entrypoints.cli.migrate import migrate
from entrypoints.wiring.ambient import pause, utc_now
from tests.chaos.conftest import Place
from tests.chaos.hotel import PLENTY, program_at
from tests.chaos.lone_worker import LoneWorker
from tests.contract.databases import PATIENT
from tests.contract.desks import OPENING, Desk
from tests.http.channel_house import calendar
from tests.web_sites import WebSite, web_site

pytestmark = pytest.mark.anyio

PATIENCE = 240.0
ROOMS, TOO_MANY = 200, 5
THEIRS = 160
FEED = "/theirs.ics"
DAY = timedelta(days=1)
BOOKED = Definition(
    key="id",
    steps=(
        Move(field="id", to="key"),
        Move(field="said.request", to="request"),
        Drop(fields=("said", "kind", "occurred_at")),
    ),
)


def theirs(number: int, *, moved: bool) -> str:
    """On one of the nights behind the first, or on the one after that."""
    first = OPENING + DAY * (1 + number % 20 + moved)
    more = [f"SEQUENCE:{int(moved)}"]
    if moved and number % 2:
        more.append("STATUS:CANCELLED")
    return "\r\n".join(
        [
            "BEGIN:VEVENT",
            f"UID:{number}@theirs",
            "DTSTAMP:20270101T000000Z",
            f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{first + DAY:%Y%m%d}",
            *more,
            "END:VEVENT",
        ]
    )


def wanted(desk: Desk, number: int) -> PostedEvent:
    request = {
        "kind": "hotel",
        "resource_id": str(desk.resource_id),
        "contact": {"name": "Ann Bo", "email": "ann@example.com"},
        "check_in": OPENING.isoformat(),
        "check_out": (OPENING + DAY).isoformat(),
        "rooms": 1,
        "guests": 2,
    }
    return PostedEvent(
        id=f"booking-{number}", kind="booking", occurred_at=utc_now(), said={"request": request}
    )


@attrs.frozen
class BroughtIn:
    booked: int
    waiting: int
    kept_out: int
    live: int
    changed: int
    syncs: int


@attrs.frozen(kw_only=True)
class House:
    database: Database
    container: Any
    desk: Desk
    site: WebSite
    channel: Channel

    def says(self, *, moved: bool) -> None:
        self.site.says(FEED, calendar(*(theirs(number, moved=moved) for number in range(THEIRS))))

    async def look(self) -> BroughtIn:
        def ask(connection: Connection) -> BroughtIn:
            def number(of: Table, *where: Any) -> int:
                question = select(func.count()).select_from(of).where(*where)
                return int(connection.execute(question).scalar_one())

            return BroughtIn(
                booked=number(bookings, bookings.c.state == "confirmed"),
                waiting=number(posted_events, posted_events.c.taken_at.is_(None)),
                kept_out=number(quarantined_rows, quarantined_rows.c.code == "sold_out"),
                live=number(foreign_bookings, foreign_bookings.c.state == "live"),
                changed=number(foreign_bookings, foreign_bookings.c.sequence > 0),
                syncs=number(channel_syncs),
            )

        return await self.database.read(ask, of=EVERYBODY)

    async def seen(self, expected: Callable[[BroughtIn], bool]) -> None:
        while not expected(await self.look()):  # noqa: ASYNC110  (it is another process)
            await anyio.sleep(0.02)

    async def told(self) -> list[tuple[date, str, str]]:
        """Until when it is busy here, as the channel reads it."""
        link = FeedLink(
            organization_id=self.desk.actor.organization_id,
            channel_id=self.channel.id,
            secret=self.channel.link,
        )
        publish = self.container.pipelines.channels.publish_busy_times()
        feed = await publish(PublishBusyTimes(token=link.token))
        return [
            (each.ends, each.status, each.uid) for each in read_feed(feed.body, most=1000).events
        ]


async def opened(place: Place, database: Database, site: WebSite) -> House:
    """A first night with so many rooms and others with plenty; records wait to be taken."""
    container: Any = program_at(place.site)
    await migrate(container)
    desk = await Desk.opened(container, "desk")
    await desk.sell(capacity=PLENTY)
    await container.inventory.open_pools()(
        OpenPools(
            actor=desk.actor,
            resource_id=desk.resource_id,
            dates=DateRange(OPENING, OPENING + DAY),
            capacity=ROOMS,
        )
    )
    runs, channels = container.pipelines.runs, container.pipelines.channels
    channel = await channels.add_channel()(
        AddChannel(
            actor=desk.actor,
            resource_id=desk.resource_id,
            name="Theirs",
            feed=site.url(FEED),
        )
    )
    await runs.add_pipeline()(
        AddPipeline(
            actor=desk.actor,
            name="Bookings",
            target=ImportTarget.BOOKINGS,
            definition=BOOKED,
            policy=Policy(),
            event_kind="booking",
        )
    )
    every = [wanted(desk, number) for number in range(ROOMS + TOO_MANY)]
    for first in range(0, len(every), 100):
        await runs.post_events()(PostEvents(actor=desk.actor, events=every[first : first + 100]))
    return House(database=database, container=container, desk=desk, site=site, channel=channel)


async def comes_due(house: House) -> None:
    """Somebody changes it, to the same feed at another address."""
    again = ChannelChanges(feed=house.site.url(FEED) + "?again")
    channels = house.container.pipelines.channels
    await channels.change_channel()(
        ChangeChannel(
            actor=house.desk.actor, channel_id=house.channel.id, changes=again, version=None
        )
    )
    await channels.channels_come_due()(ChannelsComeDue(actor=house.desk.actor))


async def killed_twice(house: House, place: Place) -> tuple[BroughtIn, BroughtIn, int]:
    """What there was when it was killed, and how the last worker ended."""

    def worker() -> LoneWorker:
        return LoneWorker.at(place.site, INTERNAL_HOSTS=house.site.host)

    async def killed(running: LoneWorker) -> BroughtIn:
        await running.kill()
        return await house.look()

    house.says(moved=False)
    running = worker()
    await house.seen(lambda now: now.booked >= ROOMS / 4 and now.live >= THEIRS / 4)
    first = await killed(running)
    running = worker()
    await house.seen(lambda now: not now.waiting and now.syncs == 1)
    house.says(moved=True)
    await comes_due(house)
    await house.seen(lambda now: now.changed >= THEIRS / 4)
    second = await killed(running)
    running = worker()
    await house.seen(lambda now: now.syncs > 1)
    return first, second, await running.stop()


async def test_what_is_brought_in_is_there_once_whoever_dies(chosen_place: Place) -> None:
    url = chosen_place.site.url
    database = open_database(url, pooling=PATIENT, pause=pause, allow_unsafe=True)
    async with web_site() as site:
        house = await opened(chosen_place, database, site)
        with anyio.fail_after(PATIENCE):
            first, second, ended = await killed_twice(house, chosen_place)
    after, told, again = await house.look(), await house.told(), await house.told()
    await house.container.database().close()
    await database.close()

    assert first.booked < ROOMS or first.live < THEIRS, "something was under way"
    assert second.changed < THEIRS, "so was this"
    assert (ended, after.booked, after.kept_out) == (0, ROOMS, TOO_MANY)
    assert (after.live, after.changed) == (THEIRS / 2, THEIRS)
    # Until the season opens nothing is on sale; its first night is sold out, and told with that.
    assert [(until, status) for until, status, _ in told] == [(OPENING + DAY, "CONFIRMED")]
    assert again == told
    code, said = chosen_place.site.run("verify")
    assert (code, said[:1500]) == (0, "all invariants hold\n")
