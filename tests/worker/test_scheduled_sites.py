"""Sites that are read by themselves as time passes."""

from datetime import time, timedelta

import pytest
from dependency_injector import providers

from application.documentation.keep_sites import AddSite
from application.kernel.pages import Slice
from domain.documentation.crawl import Crawl
from domain.documentation.kinds import SiteKind
from domain.documentation.schedule import Schedule
from domain.documentation.scope import Scope
from domain.documentation.site import Reading, Site
from domain.kernel.hours import Weekday
from domain.kernel.periods import Zone
from entrypoints.wiring.schedules import Times
from tests.contract.desks import Desk
from tests.fakes.time import Time
from tests.worker.offices import Place, at_work, eventually

pytestmark = pytest.mark.anyio

INSIDE = "http://127.0.0.1:9/"  # nobody is asked: it is refused at once
NIGHTLY = Schedule(days=tuple(Weekday), times=(time(3),), zone=Zone("Europe/Lisbon"))


@pytest.fixture
def place(sqlite_place: Place) -> Place:
    return sqlite_place


async def test_a_site_is_read_by_itself(desk: Desk, clock: Time) -> None:
    often = Times(read_every=timedelta(milliseconds=20))
    desk.container.schedules.times.override(providers.Object(often))
    crawling = desk.container.crawling
    reading = Reading(starts=(INSIDE,), scope=Scope(within=(INSIDE,), without=()))
    site: Site = await crawling.add_site()(
        AddSite(
            actor=desk.actor,
            title="Guide",
            kind=SiteKind.GENERIC,
            reading=reading,
            schedule=NIGHTLY,
        )
    )

    async def crawls() -> list[Crawl]:
        page = await crawling.views().crawls(desk.actor, site.id, slice=Slice(limit=10))
        return list(page.items)

    async def is_rescheduled() -> bool:
        here: Site = await crawling.views().site(desk.actor, site.id)
        assert here.next_read_at is not None
        return here.next_read_at > clock()

    async with at_work(desk.container):
        assert not await crawls()
        clock.passes(timedelta(days=12))
        await eventually(is_rescheduled)

    assert len(await crawls()) == 1
