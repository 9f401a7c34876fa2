"""Wiring of what only flights have."""

from dependency_injector import containers, providers

from adapters.readers.flights import SqlFlightViews
from application.bookings.choose_seats import ChooseSeatsHandler
from application.bookings.update_flight import UpdateFlightHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe, use_case


class FlightsContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    unit_of_work: providers.Dependency[object] = providers.Dependency()
    freeing: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    update_flight = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(UpdateFlightHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    choose_seats = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            ChooseSeatsHandler, unit_of_work=unit_of_work, clock=clock, freeing=freeing
        ),
        observe,
    )
    views = providers.Singleton(SqlFlightViews, database)
