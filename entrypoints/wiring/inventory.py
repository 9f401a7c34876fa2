"""Wiring of the inventory feature."""

from typing import Any

from dependency_injector import containers, providers

from adapters.readers.assets import SqlAssetViews
from adapters.readers.inventory import SqlInventoryViews
from adapters.readers.live import SqlExpiredIntents, SqlLiveViews
from adapters.readers.suggestions import SqlSuggestionViews
from adapters.readers.unfindable import SqlUnfindable
from adapters.readers.units import SqlUnitViews
from adapters.repositories.intents import SqlIntentWork
from adapters.repositories.inventory import SqlInventoryWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.inventory.add_asset import AddAssetHandler
from application.inventory.add_resource import AddResourceHandler
from application.inventory.add_unit import AddUnitHandler
from application.inventory.announce_intent import AnnounceIntentHandler
from application.inventory.cancel_intent import CancelIntentHandler
from application.inventory.change_asset import ChangeAssetHandler
from application.inventory.delete_asset import DeleteAssetHandler
from application.inventory.expire_intents import ExpireIntentsHandler
from application.inventory.make_findable import MakeFindableHandler
from application.inventory.open_pools import OpenPoolsHandler
from application.inventory.restore_asset import RestoreAssetHandler
from application.inventory.retire_unit import RetireUnitHandler
from application.inventory.staff_session import StaffSessionHandler
from application.inventory.subscribers import TellLevels
from domain.kernel.actors import Permission
from entrypoints.wiring.fitting import asking_few, installation_values, telling_few
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe, use_case


class InventoryContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    settings = providers.Dependency(instance_of=Settings)
    business_settings: providers.Dependency[object] = providers.Dependency()
    waiting: Any = providers.DependenciesContainer()

    unit_of_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlInventoryWork.on),
        new_id=new_id,
        clock=clock,
    )
    add_resource = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(
            AddResourceHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    open_pools = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(
            OpenPoolsHandler,
            unit_of_work=waiting.unit_of_work,
            clock=clock,
            waiting=waiting.offers,
        ),
        observe,
    )
    add_unit = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(AddUnitHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id),
        observe,
    )
    retire_unit = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(RetireUnitHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    add_asset = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(
            AddAssetHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    change_asset = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(ChangeAssetHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    delete_asset = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(DeleteAssetHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    restore_asset = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(RestoreAssetHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    staff_session = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(StaffSessionHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    asset_views = providers.Singleton(SqlAssetViews, database)
    unfindable = providers.Singleton(SqlUnfindable, database)
    make_findable = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(MakeFindableHandler, unit_of_work=unit_of_work),
        observe,
    )
    few_of = providers.Singleton(asking_few, business_settings)
    views = providers.Singleton(SqlInventoryViews, database, few_of)
    suggestion_views = providers.Singleton(SqlSuggestionViews, database=database, clock=clock)
    unit_views = providers.Singleton(SqlUnitViews, database)

    intent_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlIntentWork.on),
        new_id=new_id,
        clock=clock,
    )
    announce_intent = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            AnnounceIntentHandler, unit_of_work=intent_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    cancel_intent = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(CancelIntentHandler, unit_of_work=intent_work, clock=clock),
        observe,
    )
    expire_intents = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(ExpireIntentsHandler, unit_of_work=intent_work, clock=clock),
        observe,
    )
    expired_intents = providers.Singleton(SqlExpiredIntents, database)
    live_views = providers.Singleton(SqlLiveViews, database, few_of)
    tell_levels = providers.Singleton(
        TellLevels,
        clock=clock,
        few_of=providers.Singleton(
            telling_few, providers.Singleton(installation_values, settings)
        ),
    )
