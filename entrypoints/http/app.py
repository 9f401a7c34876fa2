"""The HTTP application, built around a container."""

from litestar import Litestar, Router
from litestar.exceptions import HTTPException

from application.kernel.once import Replayed
from domain.kernel.refusals import Refusal
from entrypoints.http import (
    account,
    agents,
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
    call_news,
    call_notes,
    call_quality,
    call_steps,
    call_timeline,
    calls,
    cancelled_resources,
    catalogue,
    certificates,
    clones,
    continuations,
    customers,
    description,
    discount_codes,
    dispositions,
    escalation_steps,
    escalation_wishes,
    escalations,
    evaluations,
    events,
    flight_search,
    flights,
    gift_credits,
    hand_overs,
    health,
    imports,
    instalments,
    itineraries,
    itinerary_payments,
    known_payments,
    known_refunds,
    letters,
    members,
    organization,
    paper_steps,
    papers,
    passengers,
    payment_page,
    payment_reviews,
    payments,
    problem_pages,
    provider_events,
    queues,
    quotes,
    reconciliations,
    reference_page,
    refund_quotes,
    refunds,
    resources,
    reviews,
    scorecards,
    second_factor,
    session_series,
    sessions,
    settings,
    setup,
    staffing,
    suggestions,
    telephony_events,
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
from entrypoints.http.providing import provided
from entrypoints.http.security import Guard
from entrypoints.http.security_headers import security_headers
from entrypoints.http.strictness import Strictness
from entrypoints.http.used_by_routes import used_by_routes
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
    agents.router,
    queues.router,
    escalations.router,
    hand_overs.router,
    escalation_steps.router,
    escalation_wishes.router,
    payments.router,
    itinerary_payments.router,
    known_payments.router,
    instalments.router,
    gift_credits.router,
    payment_reviews.router,
    refund_quotes.router,
    refunds.router,
    known_refunds.router,
    provider_events.router,
    telephony_events.router,
    reconciliations.router,
    calls.router,
    call_news.router,
    call_notes.router,
    call_steps.router,
    call_timeline.router,
    dispositions.router,
    scorecards.router,
    evaluations.router,
    reviews.router,
    call_quality.router,
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
    routers, values = (*ROUTERS, *_payment_page(container)), used_by_routes(container)
    app = Litestar(
        route_handlers=[provided(router, values) for router in routers],
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
            container.telephony.lines.close(),
            container.database().close,
        ],
    )
    strictness.learn(app)
    return app


def _payment_page(container: Container) -> tuple[Router, ...]:
    """Only where payments are simulated: a real provider has its own."""
    return () if container.payment_providers.pages() is None else (payment_page.router,)
