"""Wiring of crawls."""

import hashlib
from importlib.metadata import version

from dependency_injector import containers, providers

from adapters.egress.way_out import Closing, WayOut
from adapters.extraction.parsers import Parsers
from adapters.readers.crawls import SqlCrawlViews, SqlDueSites
from adapters.repositories.crawl_work import SqlCrawlWork
from adapters.scraper.bell import BellHere
from adapters.scraper.robots import ReadByProtego
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.documentation.crawl_site import CrawlSiteHandler, KeepRobotsHandler
from application.documentation.crawls_here import CrawlsHere
from application.documentation.delete_site import DeleteSiteHandler, ForgetSiteHandler
from application.documentation.keep_sites import AddSiteHandler, ChangeSiteHandler
from application.documentation.lease_pages import LeasePagesHandler
from application.documentation.read_on_schedule import ReadOnScheduleHandler
from application.documentation.read_page import PageReader
from application.documentation.record_page import RecordPageHandler
from application.documentation.robots import AskForRobots
from application.documentation.start_crawl import StartCrawlHandler
from application.documentation.steer_crawl import SteerCrawlHandler
from application.documentation.tell_progress import TellProgressHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.hands import Hands
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe, use_case

NAME = "Frontdesk"
MOST_HANDS = 64


def user_agent(settings: Settings) -> str:
    """Says who asks, and where to complain."""
    return f"{NAME}/{version('frontdesk')} (+{settings.public_url})"


def way_out(internal: frozenset[str]) -> WayOut:
    def make() -> Closing:
        # A start would wait for its library, and most processes never go there.
        from adapters.egress.client import Egress  # noqa: PLC0415

        return Egress(internal=internal)

    return WayOut(make)


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


class CrawlingContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    figures: providers.Dependency[object] = providers.Dependency()
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    unit_of_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlCrawlWork.on),
        new_id=new_id,
        clock=clock,
    )
    egress = providers.Singleton(way_out, settings.provided.internal_hosts)
    parsers = providers.Singleton(Parsers, most=settings.provided.crawl_processes)
    agent = providers.Singleton(user_agent, settings)
    read_robots = providers.Singleton(ReadByProtego, NAME)
    views = providers.Singleton(SqlCrawlViews, database)
    add_site = use_case(
        Permission.WRITE_DOCUMENTATION,
        providers.Singleton(AddSiteHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id),
        observe,
    )
    change_site = use_case(
        Permission.WRITE_DOCUMENTATION,
        providers.Singleton(ChangeSiteHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    delete_site = use_case(
        Permission.WRITE_DOCUMENTATION,
        providers.Singleton(DeleteSiteHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    forget_site = providers.Singleton(ForgetSiteHandler, unit_of_work=unit_of_work, clock=clock)
    start_crawl = use_case(
        Permission.WRITE_DOCUMENTATION,
        providers.Singleton(
            StartCrawlHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    due_sites = providers.Singleton(SqlDueSites, database)
    read_on_schedule = use_case(
        Permission.WRITE_DOCUMENTATION,
        providers.Singleton(
            ReadOnScheduleHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    steer_crawl = use_case(
        Permission.WRITE_DOCUMENTATION,
        providers.Singleton(SteerCrawlHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    lease_pages = use_case(
        Permission.WRITE_DOCUMENTATION,
        providers.Singleton(LeasePagesHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    record_page = use_case(
        Permission.WRITE_DOCUMENTATION,
        providers.Singleton(RecordPageHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    tell_progress = use_case(
        Permission.WRITE_DOCUMENTATION,
        providers.Singleton(TellProgressHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    keep_robots = use_case(
        Permission.WRITE_DOCUMENTATION,
        providers.Singleton(
            KeepRobotsHandler, unit_of_work=unit_of_work, clock=clock, read_robots=read_robots
        ),
        observe,
    )
    crawls_here = providers.Singleton(CrawlsHere, clock)
    crawl_site = providers.Singleton(
        CrawlSiteHandler,
        lease_pages=lease_pages,
        record_page=record_page,
        keep_robots=keep_robots,
        tell_progress=tell_progress,
        ask_for_robots=providers.Singleton(AskForRobots, fetch=egress, user_agent=agent),
        read_robots=read_robots,
        reader=providers.Singleton(
            PageReader,
            fetch=egress,
            extract=parsers,
            digest=providers.Object(digest),
            clock=clock,
            chance=chance,
            user_agent=agent,
            figures=figures,
        ),
        clock=clock,
        side_by_side=providers.Singleton(Hands, MOST_HANDS),
        new_bell=providers.Object(BellHere),
        here=crawls_here,
    )
