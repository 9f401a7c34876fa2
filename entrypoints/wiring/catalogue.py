"""Wiring of what is done with resources once they are added."""

from dependency_injector import containers, providers

from adapters.readers.calendar import SqlCalendarViews
from adapters.readers.catalogue import SqlCatalogueViews
from application.bookings.add_sessions import AddSessionsHandler
from application.bookings.change_resource import ChangeResourceHandler
from application.bookings.clone_resource import CloneResourceHandler
from application.bookings.copying import Copying
from application.bookings.delete_resource import DeleteResourceHandler
from application.inventory.complete_resource import CompleteResourceHandler
from application.inventory.publish_resource import PublishResourceHandler
from application.inventory.restore_resource import RestoreResourceHandler
from application.inventory.withdraw_resource import WithdrawResourceHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe, use_case


class CatalogueContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    unit_of_work: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    copying = providers.Singleton(Copying, new_id=new_id, clock=clock)
    clone_resource = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(
            CloneResourceHandler, unit_of_work=unit_of_work, clock=clock, copying=copying
        ),
        observe,
    )
    calendar_views = providers.Singleton(SqlCalendarViews, database)
    add_sessions = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(
            AddSessionsHandler, unit_of_work=unit_of_work, clock=clock, copying=copying
        ),
        observe,
    )
    change_resource = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(ChangeResourceHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    publish_resource = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(PublishResourceHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    withdraw_resource = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(WithdrawResourceHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    complete_resource = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(CompleteResourceHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    delete_resource = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(DeleteResourceHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    restore_resource = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(RestoreResourceHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    views = providers.Singleton(SqlCatalogueViews, database)
