"""Wiring of how customers begin to pay."""

from typing import Any, ClassVar

from dependency_injector import containers, providers

from application.bookings.pay_booking import PayBookingHandler
from application.bookings.pay_itinerary import PayItineraryHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.abuse import AbuseContainer
from entrypoints.wiring.fitting import fitted, with_abuse_rules, with_policy
from entrypoints.wiring.wrapping import Observe, use_case


class PayingContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    business_settings: providers.Dependency[object] = providers.Dependency()
    settlements: providers.Dependency[object] = providers.Dependency()
    at_the_provider: providers.Dependency[object] = providers.Dependency()
    taking_note: providers.Dependency[object] = providers.Dependency()
    hold_policy: providers.Dependency[object] = providers.Dependency()

    abuse: Any = providers.Container(AbuseContainer, database=database, clock=clock)
    asking: ClassVar[dict[str, Any]] = {
        "unit_of_work": settlements,
        "at_the_provider": at_the_provider,
        "taking_note": taking_note,
        "clock": clock,
        "new_id": new_id,
        "chance": chance,
        "policy": hold_policy,
        "checking": abuse.checking,
    }

    pay_booking = use_case(
        Permission.TAKE_PAYMENTS,
        fitted(
            business_settings,
            providers.Singleton(PayBookingHandler, **asking),
            with_policy,
            with_abuse_rules,
        ),
        observe,
    )
    pay_itinerary = use_case(
        Permission.TAKE_PAYMENTS,
        fitted(
            business_settings,
            providers.Singleton(PayItineraryHandler, **asking),
            with_policy,
            with_abuse_rules,
        ),
        observe,
    )
