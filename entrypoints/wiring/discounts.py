"""Wiring of discount codes."""

from dependency_injector import containers, providers

from adapters.readers.discount_codes import SqlDiscountCodeViews
from application.bookings.change_discount_code import ChangeDiscountCodeHandler
from application.bookings.create_discount_code import CreateDiscountCodeHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe, use_case


class DiscountsContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    unit_of_work: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    create_discount_code = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(
            CreateDiscountCodeHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    change_discount_code = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(ChangeDiscountCodeHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    views = providers.Singleton(SqlDiscountCodeViews, database)
