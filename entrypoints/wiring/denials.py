"""Wiring of what is denied: counted at once, told to the trail in sums."""

from typing import Any

from dependency_injector import containers, providers

from adapters.repositories.denials import SqlDenialCounts, SqlDenialViews, SqlDenialWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.identity.tell_denials import TellDenialsHandler
from entrypoints.wiring.wrapping import Observe, observed


class DenialsContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    counts: Any = providers.Singleton(SqlDenialCounts, database=database, clock=clock)
    views = providers.Singleton(SqlDenialViews, database)
    tell = observed(
        providers.Singleton(
            TellDenialsHandler,
            unit_of_work=providers.Singleton(
                SqlUnitOfWork,
                database=database,
                work_on=providers.Object(SqlDenialWork.on),
                new_id=new_id,
                clock=clock,
            ),
            views=views,
            clock=clock,
        ),
        observe,
    )
