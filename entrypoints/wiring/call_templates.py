"""Wiring of call templates."""

from dependency_injector import containers, providers

from adapters.readers.call_templates import SqlCallTemplateViews
from adapters.repositories.call_templates import SqlCallTemplateWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.calls.keep_templates import (
    AddCallTemplateHandler,
    ChangeCallTemplateHandler,
    DeleteCallTemplateHandler,
)
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe, use_case


class CallTemplatesContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    views = providers.Singleton(SqlCallTemplateViews, database)
    unit_of_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlCallTemplateWork.on),
        new_id=new_id,
        clock=clock,
    )
    add = use_case(
        Permission.WRITE_AGENTS,
        providers.Singleton(
            AddCallTemplateHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    change = use_case(
        Permission.WRITE_AGENTS,
        providers.Singleton(ChangeCallTemplateHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    delete = use_case(
        Permission.WRITE_AGENTS,
        providers.Singleton(DeleteCallTemplateHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
