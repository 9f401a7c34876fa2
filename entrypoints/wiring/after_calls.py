"""Wiring of what becomes of holds when the call in which they were made is over."""

from typing import Any

from dependency_injector import containers, providers

from adapters.readers.holds_of_calls import SqlHoldsOfCalls
from application.bookings.settle_holds_of_call import (
    HoldsOfEndedCalls,
    SettleHoldsOfCallHandler,
    SettleHoldsOfCallJob,
)
from domain.bookings.after_calls import AfterCalls
from domain.kernel.actors import Permission
from entrypoints.wiring.fitting import fitted, with_after_calls
from entrypoints.wiring.wrapping import Observe, use_case


class AfterCallsContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    settlements: providers.Dependency[object] = providers.Dependency()
    bookings: Any = providers.DependenciesContainer()
    business_settings: providers.Dependency[object] = providers.Dependency()

    holds_of_ended_calls = providers.Singleton(HoldsOfEndedCalls)
    settle_holds_of_call = use_case(
        Permission.WRITE_BOOKINGS,
        fitted(
            business_settings,
            providers.Singleton(
                SettleHoldsOfCallHandler,
                unit_of_work=settlements,
                holds_of_calls=providers.Singleton(SqlHoldsOfCalls, database),
                freeing=bookings.freeing,
                clock=clock,
                after=AfterCalls(),
            ),
            with_after_calls,
        ),
        observe,
    )
    settle_holds_of_call_job = providers.Singleton(
        SettleHoldsOfCallJob, settle=settle_holds_of_call
    )
