"""Wiring of what is kept on customers."""

from dependency_injector import containers, providers

from adapters.repositories.customers import SqlCustomerWork
from adapters.repositories.resealing import SqlResealing
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.bookings.erase_customer import EraseCustomerHandler
from application.bookings.export_customer import ExportCustomerHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe, use_case


class CustomersContainer(containers.DeclarativeContainer):
    settings: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    unit_of_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlCustomerWork.on),
        new_id=new_id,
        clock=clock,
    )
    resealing = providers.Singleton(SqlResealing, database)
    export_customer = use_case(
        Permission.MANAGE_PERSONAL_DATA,
        providers.Singleton(
            ExportCustomerHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    erase_customer = use_case(
        Permission.MANAGE_PERSONAL_DATA,
        providers.Singleton(
            EraseCustomerHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
