"""The HTTP application, built around a container."""

from typing import Any

import msgspec
from litestar import Litestar
from litestar.di import Provide
from litestar.exceptions import HTTPException

from application.kernel.once import Replayed
from domain.kernel.refusals import Refusal
from entrypoints.http import bookings, events, health, openapi, quotes, resources
from entrypoints.http.failures import on_bug, on_http_exception, on_refusal, on_replay
from entrypoints.http.front_door import AsgiApp, FrontDoor
from entrypoints.http.security import Guard
from entrypoints.http.strictness import Strictness
from entrypoints.wiring.container import Container


def create_app(container: Container) -> AsgiApp:
    """Everything that answers HTTP, ready for an ASGI server."""
    return FrontDoor(
        app=create_routes(container), new_id=container.new_id(), seconds=container.seconds()
    )


def create_routes(container: Container) -> Litestar:
    strictness = Strictness()
    description: dict[str, bytes] = {}
    app = Litestar(
        route_handlers=[
            resources.router,
            quotes.router,
            bookings.router,
            events.router,
            health.router,
            openapi.router,
        ],
        dependencies={
            "add_resource": _always(container.inventory.add_resource()),
            "open_pools": _always(container.inventory.open_pools()),
            "inventory_views": _always(container.inventory.views()),
            "set_sales_terms": _always(container.bookings.set_sales_terms()),
            "quote_booking": _always(container.bookings.quote_booking()),
            "hold_booking": _always(container.bookings.hold_booking()),
            "extend_hold": _always(container.bookings.extend_hold()),
            "confirm_booking": _always(container.bookings.confirm_booking()),
            "release_booking": _always(container.bookings.release_booking()),
            "cancel_booking": _always(container.bookings.cancel_booking()),
            "change_contact": _always(container.bookings.change_contact()),
            "booking_views": _always(container.bookings.views()),
            "event_feed": _always(container.event_feed()),
            "health": _always(container.health()),
            "description": _always(description),
        },
        guards=[Guard(container.identity.authenticate())],
        before_request=strictness,
        exception_handlers={
            Refusal: on_refusal,
            Replayed: on_replay,
            HTTPException: on_http_exception,
            Exception: on_bug,
        },
        openapi_config=openapi.CONFIG,
        request_max_body_size=container.settings().http_body_bytes,
        logging_config=None,  # Litestar would otherwise reconfigure the root logger
        on_shutdown=[container.database().close],
    )
    strictness.learn(app)
    description["json"] = msgspec.json.encode(openapi.described(app))
    return app


def _always(value: Any) -> Provide:
    """Use cases are stateless, so each is built once and shared by all requests."""

    def provide() -> Any:
        return value

    return Provide(provide, sync_to_thread=False)
