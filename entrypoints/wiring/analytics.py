"""Wiring of numbers about calls and bookings."""

from typing import Any

from dependency_injector import containers, providers

from adapters.cache.remembered_figures import RememberedFigures
from adapters.cache.remembered_views import RememberedCallFigures
from adapters.readers.agent_presences import SqlPresenceViews
from adapters.readers.call_figures import SqlCallFigureViews
from adapters.readers.call_outcomes import SqlCallOutcomeViews
from adapters.readers.documentation_use import SqlDocumentationUse
from adapters.readers.live_figures import SqlLiveFigures
from adapters.readers.metered_rows import SqlCountedRows
from adapters.repositories.agent_presences import SqlRebuiltPresences
from adapters.repositories.rebuilt_bookings import SqlRebuiltBookings
from adapters.repositories.rebuilt_figures import SqlRebuilding
from application.analytics.agent_views import AgentPerformances
from application.analytics.asking import Asking
from application.analytics.count_calls import CountCalls
from application.analytics.figures_seen import CallFiguresSeen
from application.analytics.metering import Metering
from application.analytics.note_presences import NotePresences
from entrypoints.wiring.booking_figures import BookingFiguresContainer
from entrypoints.wiring.saved_views import SavedViewsContainer
from entrypoints.wiring.wrapping import Observe


class AnalyticsContainer(containers.DeclarativeContainer):
    settings: providers.Dependency[object] = providers.Dependency()
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    figures: providers.Dependency[object] = providers.Dependency()
    business_settings: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    booking_figures: Any = providers.Container(
        BookingFiguresContainer, database=database, clock=clock, figures=figures, new_id=new_id
    )
    count_bookings: Any = booking_figures.count_bookings
    count_calls = providers.Singleton(CountCalls)
    note_presences = providers.Singleton(NotePresences)
    asking: Any = providers.Singleton(Asking, settings=business_settings, clock=clock)
    remembered: Any = providers.Singleton(RememberedFigures, figures=figures)
    counted_calls = providers.Singleton(SqlCallFigureViews, database=database, clock=clock)
    call_views: Any = providers.Singleton(
        RememberedCallFigures, views=counted_calls, remembered=remembered
    )
    call_figures_seen = providers.Singleton(CallFiguresSeen, call_views)
    live_figures: Any = providers.Singleton(SqlLiveFigures, database=database)
    presence_views = providers.Singleton(SqlPresenceViews, database=database, clock=clock)
    agent_performances: Any = providers.Singleton(
        AgentPerformances, calls=call_views, presences=presence_views
    )
    outcome_views: Any = providers.Singleton(SqlCallOutcomeViews, database=database, clock=clock)
    metering: Any = providers.Singleton(
        Metering,
        calls=call_views,
        bookings=booking_figures.bookings,
        rows=providers.Singleton(SqlCountedRows, database),
    )
    documentation_use: Any = providers.Singleton(SqlDocumentationUse, database)
    rebuilt_bookings: Any = providers.Singleton(
        SqlRebuiltBookings, database=database, new_id=new_id
    )
    rebuilt_presences: Any = providers.Singleton(
        SqlRebuiltPresences, database=database, new_id=new_id
    )
    rebuilding: Any = providers.Singleton(SqlRebuilding, database=database, new_id=new_id)
    saved_views: Any = providers.Container(
        SavedViewsContainer,
        database=database,
        clock=clock,
        new_id=new_id,
        observe=observe,
        asking=asking,
        calls=call_views,
        bookings=booking_figures.bookings,
    )
