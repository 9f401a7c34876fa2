"""Wiring of the bookings feature."""

from dependency_injector import containers, providers

from adapters.readers.bookings import SqlBookingViews
from adapters.readers.cancellations import SqlCancellationViews
from adapters.readers.itineraries import SqlItineraryViews
from adapters.repositories.bookings import SqlBookingWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.bookings.add_to_itinerary import AddToItineraryHandler
from application.bookings.assign_units import AssignUnitsHandler
from application.bookings.cancel_booking import CancelBookingHandler
from application.bookings.cancel_bookings_of import (
    CancelSomeBookingsHandler,
)
from application.bookings.cancel_resource import CancelResourceHandler
from application.bookings.change_booking import ChangeBookingHandler
from application.bookings.change_contact import ChangeContactHandler
from application.bookings.confirm_booking import ConfirmBookingHandler
from application.bookings.confirm_itinerary import ConfirmItineraryHandler
from application.bookings.duplicates import Duplicates
from application.bookings.expire_holds import ExpireHoldsHandler
from application.bookings.extend_hold import ExtendHoldHandler
from application.bookings.extend_itinerary import ExtendItineraryHandler
from application.bookings.hold_booking import HoldBookingHandler
from application.bookings.hold_itinerary import HoldItineraryHandler
from application.bookings.quote_booking import QuoteBookingHandler
from application.bookings.quote_cancellation import QuoteCancellationHandler
from application.bookings.quote_change import QuoteChangeHandler
from application.bookings.reclaiming import Reclaiming
from application.bookings.release_booking import ReleaseBookingHandler
from application.bookings.release_itinerary import ReleaseItineraryHandler
from application.bookings.release_units import ReleaseUnitsHandler
from application.bookings.set_sales_terms import SetSalesTermsHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.fitting import (
    fitted,
    installation_values,
    policy_of,
    promised,
    quoted,
    with_house_rules,
    with_policy,
    with_prefix,
    with_terms,
)
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe, use_case


class BookingsContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    freeing: providers.Dependency[object] = providers.Dependency()
    business_settings: providers.Dependency[object] = providers.Dependency()

    hold_policy = providers.Singleton(
        policy_of, providers.Singleton(installation_values, settings)
    )
    hold_terms = hold_policy.provided.payment
    unit_of_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlBookingWork.on),
        new_id=new_id,
        clock=clock,
    )
    duplicates = providers.Singleton(Duplicates, unit_of_work=unit_of_work, clock=clock)
    reclaiming = providers.Singleton(
        Reclaiming, unit_of_work=unit_of_work, clock=clock, freeing=freeing
    )
    set_sales_terms = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(SetSalesTermsHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    quote_booking = use_case(
        Permission.WRITE_BOOKINGS,
        fitted(
            business_settings,
            providers.Singleton(
                QuoteBookingHandler,
                unit_of_work=unit_of_work,
                clock=clock,
                new_id=new_id,
                good_for=settings.provided.quotes_good_for,
            ),
            quoted,
            with_house_rules,
        ),
        observe,
    )
    hold_booking = use_case(
        Permission.WRITE_BOOKINGS,
        fitted(
            business_settings,
            providers.Singleton(
                HoldBookingHandler,
                unit_of_work=unit_of_work,
                clock=clock,
                new_id=new_id,
                chance=chance,
                reference_prefix=settings.provided.reference_prefix,
                policy=hold_policy,
                reclaiming=reclaiming,
                duplicates=duplicates,
            ),
            with_policy,
            with_prefix,
        ),
        observe,
    )
    extend_hold = use_case(
        Permission.WRITE_BOOKINGS,
        fitted(
            business_settings,
            providers.Singleton(
                ExtendHoldHandler, unit_of_work=unit_of_work, clock=clock, policy=hold_policy
            ),
            with_policy,
        ),
        observe,
    )
    confirm_booking = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(ConfirmBookingHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    release_booking = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            ReleaseBookingHandler, unit_of_work=unit_of_work, clock=clock, freeing=freeing
        ),
        observe,
    )
    cancel_booking = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            CancelBookingHandler, unit_of_work=unit_of_work, clock=clock, freeing=freeing
        ),
        observe,
    )
    change_contact = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(ChangeContactHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    expire_holds = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            ExpireHoldsHandler, unit_of_work=unit_of_work, clock=clock, freeing=freeing
        ),
        observe,
    )
    assign_units = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(AssignUnitsHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    release_units = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(ReleaseUnitsHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    quote_cancellation = use_case(
        Permission.WRITE_BOOKINGS,
        fitted(
            business_settings,
            providers.Singleton(
                QuoteCancellationHandler,
                unit_of_work=unit_of_work,
                clock=clock,
                new_id=new_id,
                good_for=settings.provided.promises_good_for,
            ),
            promised,
        ),
        observe,
    )
    quote_change = use_case(
        Permission.WRITE_BOOKINGS,
        fitted(
            business_settings,
            providers.Singleton(
                QuoteChangeHandler,
                unit_of_work=unit_of_work,
                clock=clock,
                new_id=new_id,
                good_for=settings.provided.promises_good_for,
            ),
            promised,
            with_house_rules,
        ),
        observe,
    )
    change_booking = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            ChangeBookingHandler,
            unit_of_work=unit_of_work,
            clock=clock,
            freeing=freeing,
            reclaiming=reclaiming,
        ),
        observe,
    )
    views = providers.Singleton(SqlBookingViews, database)
    itinerary_views = providers.Singleton(SqlItineraryViews, database)
    hold_itinerary = use_case(
        Permission.WRITE_BOOKINGS,
        fitted(
            business_settings,
            providers.Singleton(
                HoldItineraryHandler,
                unit_of_work=unit_of_work,
                clock=clock,
                new_id=new_id,
                chance=chance,
                reference_prefix=settings.provided.reference_prefix,
                terms=hold_terms,
                reclaiming=reclaiming,
                duplicates=duplicates,
            ),
            with_terms,
            with_prefix,
        ),
        observe,
    )
    add_to_itinerary = use_case(
        Permission.WRITE_BOOKINGS,
        fitted(
            business_settings,
            providers.Singleton(
                AddToItineraryHandler,
                unit_of_work=unit_of_work,
                clock=clock,
                new_id=new_id,
                chance=chance,
                reference_prefix=settings.provided.reference_prefix,
                terms=hold_terms,
                reclaiming=reclaiming,
                duplicates=duplicates,
            ),
            with_terms,
            with_prefix,
        ),
        observe,
    )
    extend_itinerary = use_case(
        Permission.WRITE_BOOKINGS,
        fitted(
            business_settings,
            providers.Singleton(
                ExtendItineraryHandler, unit_of_work=unit_of_work, clock=clock, terms=hold_terms
            ),
            with_terms,
        ),
        observe,
    )
    confirm_itinerary = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(ConfirmItineraryHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    release_itinerary = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            ReleaseItineraryHandler, unit_of_work=unit_of_work, clock=clock, freeing=freeing
        ),
        observe,
    )
    cancel_resource = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(CancelResourceHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    cancel_some_bookings = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            CancelSomeBookingsHandler, unit_of_work=unit_of_work, clock=clock, freeing=freeing
        ),
        observe,
    )
    cancellation_views = providers.Singleton(SqlCancellationViews, database)
