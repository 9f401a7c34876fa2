"""Wiring of the telephone numbers of the desk."""

from dependency_injector import containers, providers

from adapters.readers.desk_numbers import SqlDeskNumberViews
from adapters.readers.number_orders import SqlNumberOrders
from adapters.repositories.desk_numbers import SqlDeskNumberWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.calls.keep_desk_numbers import (
    AddDeskNumberHandler,
    ChangeDeskNumberHandler,
    DeleteDeskNumberHandler,
)
from application.calls.number_market import NumberMarkets
from application.calls.order_desk_numbers import (
    BuyDeskNumberHandler,
    FindNumbersHandler,
    ReleaseDeskNumberHandler,
    SettleNumberOrdersHandler,
)
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe, use_case


class DeskNumbersContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    markets: providers.Dependency[NumberMarkets] = providers.Dependency()

    views = providers.Singleton(SqlDeskNumberViews, database)
    unit_of_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlDeskNumberWork.on),
        new_id=new_id,
        clock=clock,
    )
    add = use_case(
        Permission.WRITE_AGENTS,
        providers.Singleton(
            AddDeskNumberHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    change = use_case(
        Permission.WRITE_AGENTS,
        providers.Singleton(ChangeDeskNumberHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    delete = use_case(
        Permission.WRITE_AGENTS,
        providers.Singleton(DeleteDeskNumberHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    find = use_case(
        Permission.WRITE_AGENTS,
        providers.Singleton(FindNumbersHandler, markets=markets),
        observe,
    )
    buy = use_case(
        Permission.MANAGE_SETTINGS,
        providers.Singleton(
            BuyDeskNumberHandler,
            unit_of_work=unit_of_work,
            markets=markets,
            clock=clock,
            new_id=new_id,
        ),
        observe,
    )
    release = use_case(
        Permission.MANAGE_SETTINGS,
        providers.Singleton(
            ReleaseDeskNumberHandler, unit_of_work=unit_of_work, markets=markets, clock=clock
        ),
        observe,
    )
    orders = providers.Singleton(SqlNumberOrders, database)
    settle_orders = use_case(
        Permission.MANAGE_SETTINGS,
        providers.Singleton(
            SettleNumberOrdersHandler,
            unit_of_work=unit_of_work,
            markets=markets,
            orders=orders,
            clock=clock,
        ),
        observe,
    )
