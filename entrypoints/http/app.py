"""The HTTP application, built around a container."""

from typing import Any

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.exceptions import HTTPException

from application.kernel.once import Replayed
from domain.kernel.refusals import Refusal
from entrypoints.http import (
    account,
    api_keys,
    attendance,
    audit,
    availability,
    blocks,
    booking_calendar,
    booking_changes,
    booking_life,
    booking_search,
    booking_units,
    bookings,
    calendar,
    cancelled_resources,
    catalogue,
    certificates,
    clones,
    continuations,
    customers,
    description,
    discount_codes,
    events,
    flight_search,
    flights,
    health,
    imports,
    itineraries,
    known_payments,
    letters,
    members,
    organization,
    paper_steps,
    papers,
    passengers,
    payment_page,
    payments,
    problem_pages,
    provider_events,
    quotes,
    reconciliations,
    reference_page,
    refunds,
    resources,
    second_factor,
    session_series,
    sessions,
    settings,
    setup,
    staffing,
    suggestions,
    tickets,
    trainers,
    units,
    venues,
    waiting,
    well_known,
)
from entrypoints.http.asgi import AsgiApp
from entrypoints.http.client_address import Proxies
from entrypoints.http.cross_origin import CrossOrigin
from entrypoints.http.denied import Denying
from entrypoints.http.failures import on_bug, on_http_exception, on_replay
from entrypoints.http.front_door import FrontDoor
from entrypoints.http.limits import Limits
from entrypoints.http.paper_use_cases import used_by_papers
from entrypoints.http.payment_use_cases import used_by_payments
from entrypoints.http.people_use_cases import used_by_people
from entrypoints.http.security import Guard
from entrypoints.http.security_headers import security_headers
from entrypoints.http.strictness import Strictness
from entrypoints.wiring.container import Container

ROUTERS = (
    availability.router,
    suggestions.router,
    catalogue.router,
    resources.router,
    session_series.router,
    calendar.router,
    clones.router,
    units.router,
    booking_units.router,
    venues.router,
    trainers.router,
    staffing.router,
    quotes.router,
    discount_codes.router,
    bookings.router,
    continuations.router,
    customers.router,
    booking_changes.router,
    attendance.router,
    booking_life.router,
    booking_search.router,
    booking_calendar.router,
    papers.router,
    paper_steps.router,
    certificates.router,
    itineraries.router,
    imports.router,
    cancelled_resources.router,
    flight_search.router,
    flights.router,
    passengers.router,
    waiting.router,
    blocks.router,
    payments.router,
    known_payments.router,
    refunds.router,
    provider_events.router,
    reconciliations.router,
    events.router,
    audit.router,
    tickets.router,
    api_keys.router,
    organization.router,
    members.router,
    sessions.router,
    account.router,
    second_factor.router,
    letters.router,
    settings.router,
    setup.router,
    health.router,
    problem_pages.router,
    description.router,
    reference_page.router,
    well_known.router,
)


def create_app(container: Container) -> AsgiApp:
    """Everything that answers HTTP, ready for an ASGI server."""
    settings = container.settings()
    return FrontDoor(
        app=Limits(
            app=create_routes(container),
            seconds=settings.http_request_seconds,
            at_once=settings.http_requests_at_once,
        ),
        new_id=container.new_id(),
        seconds=container.seconds(),
        serving=container.telemetry.serving(),
        headers=security_headers(settings.public_url),
        cross_origin=CrossOrigin(settings.cors_origins),
        proxies=Proxies(trusted=settings.trusted_proxies, header=settings.forwarded_header),
    )


def create_routes(container: Container) -> Litestar:
    strictness = Strictness(clock=container.clock())
    app = Litestar(
        route_handlers=(*ROUTERS, *_payment_page(container)),
        dependencies={name: _always(value) for name, value in _used_by_routes(container).items()},
        guards=[
            Guard(
                authenticate=container.identity.authenticate(),
                authenticate_session=container.people.authenticate(),
                count=container.identity.count_requests(),
                tiers=container.identity.tiers(),
            )
        ],
        before_request=strictness,
        exception_handlers={
            Refusal: Denying(container.people.denials.counts()),
            Replayed: on_replay,
            HTTPException: on_http_exception,
            Exception: on_bug,
        },
        openapi_config=None,  # it knows neither our errors nor our headers
        request_max_body_size=container.settings().http_body_bytes,
        logging_config=None,  # Litestar would otherwise reconfigure the root logger
        on_shutdown=[
            container.identity.uses().close,
            container.rates.close(),
            container.payment_providers.close(),
            container.database().close,
        ],
    )
    strictness.learn(app)
    return app


def _payment_page(container: Container) -> tuple[Router, ...]:
    """Only where payments are simulated: a real provider has its own."""
    return () if container.payment_providers.pages() is None else (payment_page.router,)


def _used_by_routes(container: Container) -> dict[str, Any]:
    inventory, bookings = container.inventory, container.bookings
    life = container.booking_life
    return {
        **used_by_people(container),
        **used_by_payments(container),
        **used_by_papers(container),
        "add_resource": inventory.add_resource(),
        "add_sessions": container.catalogue.add_sessions(),
        "clone_resource": container.catalogue.clone_resource(),
        "calendar_views": container.catalogue.calendar_views(),
        "clock": container.clock(),
        "catalogue_views": container.catalogue.views(),
        "change_resource": container.catalogue.change_resource(),
        "delete_resource": container.catalogue.delete_resource(),
        "publish_resource": container.catalogue.publish_resource(),
        "withdraw_resource": container.catalogue.withdraw_resource(),
        "complete_resource": container.catalogue.complete_resource(),
        "restore_resource": container.catalogue.restore_resource(),
        "open_pools": inventory.open_pools(),
        "add_unit": inventory.add_unit(),
        "retire_unit": inventory.retire_unit(),
        "add_asset": inventory.add_asset(),
        "change_asset": inventory.change_asset(),
        "delete_asset": inventory.delete_asset(),
        "restore_asset": inventory.restore_asset(),
        "staff_session": inventory.staff_session(),
        "asset_views": inventory.asset_views(),
        "unit_views": inventory.unit_views(),
        "assign_units": bookings.assign_units(),
        "release_units": bookings.release_units(),
        "inventory_views": inventory.views(),
        "suggestion_views": inventory.suggestion_views(),
        "set_up": container.onboarding.set_up(),
        "set_sales_terms": bookings.set_sales_terms(),
        "create_discount_code": container.discounts.create_discount_code(),
        "change_discount_code": container.discounts.change_discount_code(),
        "discount_code_views": container.discounts.views(),
        "quote_booking": bookings.quote_booking(),
        "hold_booking": bookings.hold_booking(),
        "extend_hold": bookings.extend_hold(),
        "confirm_booking": bookings.confirm_booking(),
        "release_booking": bookings.release_booking(),
        "cancel_booking": bookings.cancel_booking(),
        "quote_cancellation": bookings.quote_cancellation(),
        "quote_change": bookings.quote_change(),
        "change_as_quoted": bookings.change_booking(),
        "change_contact": bookings.change_contact(),
        "continue_booking": life.continue_booking(),
        "continuation_links": container.continuation_links(),
        "approve_booking": life.approve_booking(),
        "decline_booking": life.decline_booking(),
        "check_in_booking": life.check_in_booking(),
        "complete_booking": life.complete_booking(),
        "mark_no_show": life.mark_no_show(),
        "update_flight": container.flights.update_flight(),
        "flight_views": container.flights.views(),
        "choose_seats": container.flights.choose_seats(),
        "record_attendance": container.attendance.record_attendance(),
        "check_in_attendee": container.attendance.check_in_attendee(),
        "check_out_attendee": container.attendance.check_out_attendee(),
        "attendance_views": container.attendance.views(),
        "export_customer": container.customers.export_customer(),
        "erase_customer": container.customers.erase_customer(),
        "booking_views": bookings.views(),
        "hold_itinerary": bookings.hold_itinerary(),
        "add_to_itinerary": bookings.add_to_itinerary(),
        "extend_itinerary": bookings.extend_itinerary(),
        "confirm_itinerary": bookings.confirm_itinerary(),
        "release_itinerary": bookings.release_itinerary(),
        "itinerary_views": bookings.itinerary_views(),
        "cancel_resource": bookings.cancel_resource(),
        "cancellation_views": bookings.cancellation_views(),
        "join_waiting_list": container.waiting.join_waiting_list(),
        "withdraw_from_waiting_list": container.waiting.withdraw_from_waiting_list(),
        "waiting_views": container.waiting.views(),
        "open_block": container.blocks.open_block(),
        "release_block": container.blocks.release_block(),
        "block_views": container.blocks.views(),
        "start_import": container.pipelines.start_import(),
        "import_views": container.pipelines.views(),
        "audit_trail": container.audit_trail(),
        "event_feed": container.event_feed(),
        "organization_views": container.identity.organization_views(),
        "settings_views": container.identity.settings_views(),
        "change_setting": container.identity.change_setting(),
        "reset_setting": container.identity.reset_setting(),
        "note_metadata": container.identity.note_metadata(),
        "rename_organization": container.identity.rename_organization(),
        "issue_ticket": container.identity.issue_ticket(),
        "issue_api_key": container.identity.issue_api_key(),
        "change_api_key": container.identity.change_api_key(),
        "rotate_api_key": container.identity.rotate_api_key(),
        "revoke_api_key": container.identity.revoke_api_key(),
        "identity_views": container.identity.views(),
        "health": container.health(),
        "fitness": container.payment_providers.told_in_health(),
        "settings": container.settings(),
    }


def _always(value: Any) -> Provide:
    """Use cases are stateless, so each is built once and shared by all requests."""

    def provide() -> Any:
        return value

    return Provide(provide, sync_to_thread=False)
