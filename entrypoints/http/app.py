"""The HTTP application, built around a container."""

from entrypoints.http.asgi import AsgiApp
from entrypoints.http.binding import Bound, Used
from entrypoints.http.client_address import Proxies
from entrypoints.http.cross_origin import CrossOrigin
from entrypoints.http.denied import Denying
from entrypoints.http.front_door import FrontDoor
from entrypoints.http.limits import Limits
from entrypoints.http.routes import methods_of, routes
from entrypoints.http.security import Guard
from entrypoints.http.security_headers import security_headers
from entrypoints.http.strictness import Strictness
from entrypoints.http.used_by_routes import used_by_routes
from entrypoints.wiring.container import Container


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


def create_routes(container: Container) -> Bound:
    """What answers behind the door, and closes what it uses when the server stops."""
    values = used_by_routes(container)
    shared = routes(
        names=frozenset(values),
        body_bytes=container.settings().http_body_bytes,
        simulated_payments=container.payment_providers.pages() is not None,
    )
    return Bound(
        routes=shared,
        used=Used(
            values=values,
            guard=Guard(
                authenticate=container.identity.authenticate(),
                authenticate_session=container.people.authenticate(),
                count=container.identity.count_requests(),
                tiers=container.identity.tiers(),
            ),
            strictness=Strictness(clock=container.clock(), methods=methods_of(shared)),
            denying=Denying(container.people.denials.counts()),
        ),
        closing=(
            container.identity.uses().close,
            container.documentation.asking().close,
            container.rates.close(),
            container.payment_providers.close(),
            container.telephony.lines.close(),
            container.call_quality.close(),
            container.crawling.egress().close,
            container.crawling.parsers().close,
            container.database().close,
        ),
    )
