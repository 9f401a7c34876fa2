"""Wiring of saved views."""

from typing import Any

from dependency_injector import containers, providers

from adapters.readers.saved_views import SqlKeptViews
from adapters.repositories.saved_views import SqlSavedViewWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.analytics.keep_views import (
    AddViewHandler,
    Askable,
    ChangeViewHandler,
    DeleteViewHandler,
)
from application.analytics.run_view import RunView
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe, use_case


class SavedViewsContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    asking: providers.Dependency[object] = providers.Dependency()
    calls: providers.Dependency[object] = providers.Dependency()
    bookings: providers.Dependency[object] = providers.Dependency()

    unit_of_work: Any = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlSavedViewWork.on),
        new_id=new_id,
        clock=clock,
    )
    views: Any = providers.Singleton(SqlKeptViews, database)
    run: Any = providers.Singleton(RunView, asking=asking, calls=calls, bookings=bookings)
    askable: Any = providers.Singleton(Askable, asking=asking)
    add: Any = use_case(
        Permission.READ_CALLS,
        providers.Singleton(
            AddViewHandler,
            unit_of_work=unit_of_work,
            askable=askable,
            clock=clock,
            new_id=new_id,
        ),
        observe,
        Permission.READ_BOOKINGS,
    )
    change: Any = use_case(
        Permission.READ_CALLS,
        providers.Singleton(
            ChangeViewHandler, unit_of_work=unit_of_work, askable=askable, clock=clock
        ),
        observe,
        Permission.READ_BOOKINGS,
    )
    delete: Any = use_case(
        Permission.READ_CALLS,
        providers.Singleton(DeleteViewHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
        Permission.READ_BOOKINGS,
    )
