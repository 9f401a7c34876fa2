"""Wiring of what happens to bookings once they are made."""

from dependency_injector import containers, providers

from application.bookings.approve_booking import ApproveBookingHandler
from application.bookings.check_in_booking import CheckInBookingHandler
from application.bookings.complete_booking import CompleteBookingHandler
from application.bookings.complete_ended import CompleteEndedHandler
from application.bookings.continue_booking import ContinueBookingHandler
from application.bookings.decline_booking import DeclineBookingHandler
from application.bookings.mark_no_show import MarkNoShowHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.fitting import fitted, with_policy
from entrypoints.wiring.wrapping import Observe, use_case


class BookingLifeContainer(containers.DeclarativeContainer):
    unit_of_work: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    freeing: providers.Dependency[object] = providers.Dependency()
    hold_policy: providers.Dependency[object] = providers.Dependency()
    business_settings: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    approve_booking = use_case(
        Permission.WRITE_BOOKINGS,
        fitted(
            business_settings,
            providers.Singleton(
                ApproveBookingHandler, unit_of_work=unit_of_work, clock=clock, policy=hold_policy
            ),
            with_policy,
        ),
        observe,
    )
    decline_booking = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            DeclineBookingHandler, unit_of_work=unit_of_work, clock=clock, freeing=freeing
        ),
        observe,
    )
    check_in_booking = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(CheckInBookingHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    complete_booking = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(CompleteBookingHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    mark_no_show = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(MarkNoShowHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    complete_ended = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(CompleteEndedHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    continue_booking = use_case(
        Permission.WRITE_BOOKINGS,
        fitted(
            business_settings,
            providers.Singleton(
                ContinueBookingHandler, unit_of_work=unit_of_work, clock=clock, policy=hold_policy
            ),
            with_policy,
        ),
        observe,
    )
