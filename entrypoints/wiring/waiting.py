"""Wiring of waiting lists."""

from dependency_injector import containers, providers

from adapters.readers.waiting import SqlWaitingViews
from adapters.repositories.bookings import SqlBookingWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.bookings.call_off_waiting import CallOffWaitingHandler
from application.bookings.freeing import Freeing
from application.bookings.join_waiting_list import JoinWaitingListHandler
from application.bookings.lapse_waiting import LapseWaitingHandler
from application.bookings.offers import Offers
from application.bookings.withdraw_from_waiting_list import WithdrawFromWaitingListHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.fitting import fitted, installation_values, offering, with_house_rules
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe, use_case


class WaitingContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    business_settings: providers.Dependency[object] = providers.Dependency()

    unit_of_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlBookingWork.on),
        new_id=new_id,
        clock=clock,
    )
    offers = providers.Singleton(
        Offers,
        new_id=new_id,
        chance=chance,
        clock=clock,
        terms_of=providers.Singleton(offering, providers.Singleton(installation_values, settings)),
    )
    freeing = providers.Singleton(Freeing, offers=offers, clock=clock)
    join_waiting_list = use_case(
        Permission.WRITE_BOOKINGS,
        fitted(
            business_settings,
            providers.Singleton(
                JoinWaitingListHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
            ),
            with_house_rules,
        ),
        observe,
    )
    withdraw_from_waiting_list = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            WithdrawFromWaitingListHandler,
            unit_of_work=unit_of_work,
            clock=clock,
            offers=offers,
        ),
        observe,
    )
    lapse_waiting = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            LapseWaitingHandler, unit_of_work=unit_of_work, clock=clock, offers=offers
        ),
        observe,
    )
    call_off_waiting = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            CallOffWaitingHandler, unit_of_work=unit_of_work, clock=clock, offers=offers
        ),
        observe,
    )
    views = providers.Singleton(SqlWaitingViews, database)
