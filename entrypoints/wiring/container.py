"""The whole program on one page."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from dependency_injector import containers, providers

from adapters.migrations.release import SchemaOfRelease
from adapters.migrations.runner import pending
from adapters.readers.audit import SqlAuditTrail
from adapters.readers.database_care import SqlDatabaseCare
from adapters.readers.events import SqlEventFeed, SqlEventHeads
from adapters.readers.verification import OwnersVerification
from adapters.repositories.event_relay import SqlEventRelay
from adapters.repositories.queued_jobs import SqlQueuedJobs
from adapters.sql.databases import line_for, owned_database, role_of
from adapters.sql.health import DatabaseHealth
from adapters.sql.news import News
from application.kernel.shared_time import SharedTime
from entrypoints.wiring.after_calls import AfterCallsContainer
from entrypoints.wiring.ambient import TimeOrderedIds, below, pause, seconds, utc_now
from entrypoints.wiring.analytics import AnalyticsContainer
from entrypoints.wiring.attendance import AttendanceContainer
from entrypoints.wiring.blocks import BlocksContainer
from entrypoints.wiring.booking_life import BookingLifeContainer
from entrypoints.wiring.bookings import BookingsContainer
from entrypoints.wiring.call_quality import CallQualityContainer
from entrypoints.wiring.calls import CallsContainer, unit_of_work_of_calls
from entrypoints.wiring.catalogue import CatalogueContainer
from entrypoints.wiring.crawling import CrawlingContainer
from entrypoints.wiring.customers import CustomersContainer
from entrypoints.wiring.databases import watched_database
from entrypoints.wiring.depth import allow_deep_copies
from entrypoints.wiring.discounts import DiscountsContainer
from entrypoints.wiring.documentation import DocumentationContainer
from entrypoints.wiring.embedding import EmbeddingContainer
from entrypoints.wiring.escalations import EscalationsContainer
from entrypoints.wiring.flights import FlightsContainer
from entrypoints.wiring.identity import IdentityContainer
from entrypoints.wiring.in_calls import observe_in_calls
from entrypoints.wiring.inventory import InventoryContainer
from entrypoints.wiring.jobs import JobsContainer
from entrypoints.wiring.links import continuation_links
from entrypoints.wiring.notifications import NotificationsContainer
from entrypoints.wiring.onboarding import OnboardingContainer
from entrypoints.wiring.paperwork import PaperworkContainer
from entrypoints.wiring.payment_providers import PaymentProvidersContainer
from entrypoints.wiring.payments import PaymentsContainer
from entrypoints.wiring.people import PeopleContainer
from entrypoints.wiring.pipelines import PipelinesContainer
from entrypoints.wiring.pooling import pooling_of
from entrypoints.wiring.rates import RatesContainer
from entrypoints.wiring.reports import ReportsContainer
from entrypoints.wiring.schedules import SchedulesContainer
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.subscriptions import SubscriptionsContainer
from entrypoints.wiring.telemetry import TelemetryContainer
from entrypoints.wiring.telephony import TelephonyContainer
from entrypoints.wiring.waiting import WaitingContainer

allow_deep_copies()


class Container(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    time = providers.Singleton(SharedTime, machine=utc_now, elapsed=seconds)
    clock = time.provided.now
    new_id = providers.Singleton(TimeOrderedIds)
    chance = providers.Object(below)
    pause = providers.Object(pause)
    seconds = providers.Object(seconds)
    # Who takes access away waits so long, and every process must have the same.
    access_lease = providers.Object(timedelta(milliseconds=250))

    telemetry: Any = providers.Container(TelemetryContainer, settings=settings, seconds=seconds)
    pooling = providers.Singleton(pooling_of, settings)
    news: Any = providers.Singleton(News)
    line = providers.Singleton(line_for, settings.provided.url, news, time)
    database = providers.Singleton(
        watched_database, settings, news, pooling=pooling, pause=pause, listen=telemetry.listen
    )
    owned_database = providers.Singleton(
        owned_database,
        settings.provided.owning_url,
        instead=database.provider,
        pooling=pooling,
        pause=pause,
    )
    role = providers.Singleton(role_of, settings.provided.url)
    schema = providers.Singleton(SchemaOfRelease, owned=owned_database, serves=role)
    health = providers.Singleton(DatabaseHealth, database, providers.Object(pending))
    care = providers.Singleton(SqlDatabaseCare, owned_database)
    verification = providers.Singleton(OwnersVerification, owned=owned_database, clock=clock)
    event_feed = providers.Singleton(SqlEventFeed, database)
    event_heads = providers.Singleton(SqlEventHeads, database)
    audit_trail = providers.Singleton(SqlAuditTrail, database)
    event_relay = providers.Singleton(
        SqlEventRelay,
        database=database,
        clock=clock,
        new_id=new_id,
        numbered=news.provided.numbered,
        continuing=telemetry.continuing,
        figures=telemetry.figures,
    )
    queued_jobs = providers.Singleton(SqlQueuedJobs, database)

    continuation_links = providers.Singleton(continuation_links, settings)

    rates: Any = providers.Container(
        RatesContainer, settings=settings, database=database, seconds=seconds
    )
    usual: ClassVar[Mapping[str, Any]] = {
        "settings": settings,
        "database": database,
        "clock": clock,
        "new_id": new_id,
        "chance": chance,
    }
    watched: ClassVar[Mapping[str, Any]] = {**usual, "observe": telemetry.observe}
    counted: ClassVar[Mapping[str, Any]] = {**watched, "figures": telemetry.figures}
    identity: Any = providers.Container(
        IdentityContainer,
        seconds=seconds,
        access_lease=access_lease,
        rates=rates.rates,
        **counted,
    )
    everyday: ClassVar[Mapping[str, Any]] = {
        "database": database,
        "clock": clock,
        "new_id": new_id,
        "observe": telemetry.observe,
        "business_settings": identity.business_settings,
    }
    # What may be done in a call.
    observe_in_calls = providers.Singleton(
        observe_in_calls, telemetry.observe, unit_of_work_of_calls(database, clock, new_id)
    )
    waiting: Any = providers.Container(
        WaitingContainer,
        observe=observe_in_calls,
        business_settings=identity.business_settings,
        **usual,
    )
    inventory = providers.Container(
        InventoryContainer, settings=settings, waiting=waiting, **everyday
    )
    bookings: Any = providers.Container(
        BookingsContainer,
        observe=observe_in_calls,
        freeing=waiting.freeing,
        business_settings=identity.business_settings,
        **usual,
    )
    customers = providers.Container(CustomersContainer, **watched)
    about_bookings: ClassVar[Mapping[str, Any]] = {
        "database": database,
        "unit_of_work": bookings.unit_of_work,
        "clock": clock,
        "observe": observe_in_calls,
    }
    blocks = providers.Container(
        BlocksContainer,
        new_id=new_id,
        reclaiming=bookings.reclaiming,
        offers=waiting.offers,
        **about_bookings,
    )
    discounts = providers.Container(DiscountsContainer, new_id=new_id, **about_bookings)
    catalogue = providers.Container(CatalogueContainer, new_id=new_id, **about_bookings)
    flights = providers.Container(FlightsContainer, freeing=bookings.freeing, **about_bookings)
    attendance = providers.Container(AttendanceContainer, **about_bookings)
    booking_life = providers.Container(
        BookingLifeContainer,
        unit_of_work=bookings.unit_of_work,
        clock=clock,
        freeing=bookings.freeing,
        hold_policy=bookings.hold_policy,
        business_settings=identity.business_settings,
        observe=observe_in_calls,
    )
    notifications = providers.Container(
        NotificationsContainer,
        settings=settings,
        links=continuation_links,
        organization_views=identity.organization_views,
        continuing=telemetry.continuing,
        **everyday,
    )
    payment_providers: Any = providers.Container(
        PaymentProvidersContainer,
        settings=settings,
        clock=clock,
        new_id=new_id,
        chance=chance,
        organizations=identity.organization_views,
        figures=telemetry.figures,
    )
    telephony: Any = providers.Container(
        TelephonyContainer,
        organizations=identity.organization_views,
        rates=rates.rates,
        **watched,
    )
    paperwork = providers.Container(
        PaperworkContainer,
        mailer=notifications.mailer,
        business_settings=identity.business_settings,
        **watched,
    )
    people: Any = providers.Container(
        PeopleContainer, digest=identity.digest, mailer=notifications.mailer, **watched
    )
    onboarding = providers.Container(
        OnboardingContainer, digest=identity.digest, settle=identity.settle, **watched
    )
    call_quality: Any = providers.Container(
        CallQualityContainer, business_settings=identity.business_settings, **watched
    )
    crawling: Any = providers.Container(CrawlingContainer, **counted)
    analytics: Any = providers.Container(
        AnalyticsContainer, business_settings=identity.business_settings, **counted
    )
    embedding: Any = providers.Container(EmbeddingContainer, **usual)
    pipelines: Any = providers.Container(
        PipelinesContainer,
        seconds=seconds,
        fetch=crawling.egress,
        offers=waiting.offers,
        freeing=waiting.freeing,
        **counted,
    )
    payments = providers.Container(
        PaymentsContainer,
        observe=observe_in_calls,
        gateways=payment_providers.gateways,
        bookings=bookings,
        business_settings=identity.business_settings,
        **usual,
    )
    calls = providers.Container(CallsContainer, telephonies=telephony.lines.accounts, **everyday)
    escalations: Any = providers.Container(
        EscalationsContainer, telephonies=telephony.lines.accounts, **everyday
    )
    after_calls: Any = providers.Container(
        AfterCallsContainer,
        database=database,
        clock=clock,
        observe=telemetry.observe,
        settlements=payments.settlements,
        bookings=bookings,
        business_settings=identity.business_settings,
    )
    reports: Any = providers.Container(
        ReportsContainer,
        tiers=identity.tiers,
        analytics=analytics,
        booking_figures=analytics.booking_figures,
        identity=identity,
        people=people,
        timetable=pipelines.sources.timetable,
        mailer=notifications.mailer,
        **watched,
    )
    subscriptions = providers.Container(
        SubscriptionsContainer,
        after_calls=after_calls,
        analytics=analytics,
        crawling=crawling,
        embedding=embedding,
        call_quality=call_quality,
        escalations=escalations,
        hand_overs=escalations.hand_overs,
        recordings=calls.recordings,
        reports=reports,
        payments=payments,
        bookings=bookings,
        inventory=inventory,
        notifications=notifications,
        paperwork=paperwork,
        people=people,
        pipelines=pipelines,
        sources=pipelines.sources,
        pipeline_runs=pipelines.runs,
        waiting=waiting,
        blocks=blocks,
        channels=pipelines.channels,
        continuing=telemetry.continuing,
    )
    jobs = providers.Container(
        JobsContainer, settings=settings, clock=clock, new_id=new_id, figures=telemetry.figures
    )
    documentation: Any = providers.Container(
        DocumentationContainer, embedder=embedding.prompt, **counted
    )
    schedules = providers.Container(SchedulesContainer, database=database, new_id=new_id)
